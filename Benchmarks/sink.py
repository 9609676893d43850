"""The smallest RTSP server that takes a publisher: it counts frames and says when the first one came."""
import re
import socket
import threading
import time


class Sink:
    """Listens on a free port of 127.0.0.1 until the `with` ends."""

    def __init__(self):
        self.frames = 0
        self.first_frame = None
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"rtsp://127.0.0.1:{self.listener.getsockname()[1]}/cam"

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection.makefile("rwb"),), daemon=True).start()

    def serve(self, stream):
        try:
            while first := stream.read(1):
                self.packet(stream) if first == b"$" else self.request(stream, first)
        except OSError:
            pass

    def packet(self, stream):
        """An interleaved packet; the last one of a frame carries the marker bit (RFC 3550, 5.1)."""
        channel, high, low = stream.read(3)
        data = stream.read(high << 8 | low)
        if channel == 0 and data[1] & 0x80:
            self.first_frame = self.first_frame or time.monotonic()
            self.frames += 1

    def request(self, stream, first):
        head = first.decode()
        while not head.endswith("\r\n\r\n"):
            head += stream.readline().decode()
        fields = dict(re.findall(r"^([\w-]+): (.*)\r$", head, re.M))
        stream.read(int(fields.get("Content-Length", fields.get("Content-length", 0))))
        answer = ["RTSP/1.0 200 OK", f"CSeq: {fields['CSeq']}", "Session: 1"]
        if "Transport" in fields:
            answer.append(f"Transport: {fields['Transport']}")
        if head.startswith("OPTIONS"):
            answer.append("Public: OPTIONS, ANNOUNCE, SETUP, RECORD, TEARDOWN")
        stream.write("\r\n".join([*answer, "", ""]).encode())
        stream.flush()
