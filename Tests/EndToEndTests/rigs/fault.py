#!/usr/bin/python3
"""A peer that misbehaves, on 127.0.0.1, in front of an RTSP server or instead of one.

  fault.py --port 8570 hang                     accepts and never answers
  fault.py --port 8570 status 404               answers every request with that status
  fault.py --port 8570 --to 8554 stall 3        passes everything, and reads no more after 3 s of a connection
  fault.py --port 8570 --to 8554 reset 3        passes everything, and resets after 3 s
  fault.py --port 8570 --to 8554 rate 500       passes at most 500 kbit/s upstream

Prints {"event": "listening", "port": 8570} when ready, then {"event": "connected"} for each connection. Port 0 takes a free one.
"""
import argparse
import asyncio
import json
import re
import socket
import struct

FOREVER = 86400


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


async def hang(_reader, _writer):
    await asyncio.sleep(FOREVER)


async def refuse(reader, writer, status):
    while True:
        request = (await reader.readuntil(b"\r\n\r\n")).decode(errors="replace")
        number = re.search(r"(?im)^cseq: *(\d+)", request)
        length = re.search(r"(?im)^content-length: *(\d+)", request)
        await reader.readexactly(int(length[1]) if length else 0)
        writer.write(
            f"RTSP/1.0 {status} Refused\r\nCSeq: {number[1] if number else 0}\r\nWWW-Authenticate: Basic realm=\"test\"\r\n\r\n".encode())
        await writer.drain()


async def copy(reader, writer, kilobits=None):
    while data := await reader.read(4096 if kilobits else 65536):
        if kilobits:
            await asyncio.sleep(len(data) * 8 / (kilobits * 1000))
        writer.write(data)
        await writer.drain()
    writer.close()


async def relay(reader, writer, to, fault, amount):
    up_reader, up_writer = await asyncio.open_connection("127.0.0.1", to)
    upstream = copy(reader, up_writer, amount if fault == "rate" else None)
    flows = [asyncio.create_task(upstream), asyncio.create_task(copy(up_reader, writer))]
    done, _ = await asyncio.wait(flows, timeout=None if fault == "rate" else amount, return_when=asyncio.FIRST_COMPLETED)
    for flow in flows:
        flow.cancel()
    if not done and fault == "stall":
        writer.transport.pause_reading()
        await asyncio.sleep(FOREVER)
    if not done and fault == "reset":
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    up_writer.transport.abort()


async def serve(given):
    async def client(reader, writer):
        say("connected")
        try:
            if given.fault == "hang":
                await hang(reader, writer)
            elif given.fault == "status":
                await refuse(reader, writer, int(given.amount))
            else:
                await relay(reader, writer, given.to, given.fault, given.amount)
        except (OSError, asyncio.IncompleteReadError):
            writer.transport.abort()

    server = await asyncio.start_server(client, "127.0.0.1", given.port)
    say("listening", port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--to", type=int, default=8554)
    parser.add_argument("fault", choices=["hang", "status", "stall", "reset", "rate"])
    parser.add_argument("amount", type=float, nargs="?", default=0)
    try:
        asyncio.run(serve(parser.parse_args()))
    except KeyboardInterrupt:
        pass
