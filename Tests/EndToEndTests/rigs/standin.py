#!/usr/bin/python3
"""An RTSP media server in the small, for tests: takes one H.264 publisher and shows it to any number of players.

A newcomer replaces the publisher before it, as MediaMTX does. Every event is one JSON object on a line of standard output:
  {"event": "listening", "port": 8554}     {"event": "published"}     {"event": "unpublished", "frames": 120}     {"event": "player"}

Packages: python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad
"""
import argparse
import json
import signal
import sys

import gi

for name in ("Gst", "GstRtsp", "GstRtspServer", "GstApp"):
    gi.require_version(name, "1.0")
from gi.repository import GLib, Gst, GstApp, GstRtsp, GstRtspServer  # noqa: E402, F401

CAPS = "video/x-h264,stream-format=byte-stream,alignment=au"
RECORD = f"( rtph264depay name=depay0 ! h264parse config-interval=-1 ! {CAPS} ! appsink name=end emit-signals=true sync=false )"
PLAY = f"( appsrc name=source is-live=true do-timestamp=true format=time caps={CAPS} ! rtph264pay name=pay0 pt=96 )"


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


class Path:
    """What one path carries: at most one publisher, and the players that watch it."""

    def __init__(self):
        self.publisher = None
        self.frames = 0
        self.players = {}

    def replace(self, client):
        old, self.publisher = self.publisher, client
        if old not in (None, client):
            old.close()

    def leave(self, client):
        if self.publisher is client:
            self.publisher = None
            say("unpublished", frames=self.frames)

    def record(self, _factory, media):
        self.frames = 0
        media.get_element().get_by_name("end").connect("new-sample", self.relay)
        say("published")

    def play(self, _factory, media):
        source = media.get_element().get_by_name("source")
        self.players[source] = False  # whether it has had a key frame
        media.connect("unprepared", lambda _: self.players.pop(source, None))
        say("player")

    def relay(self, sink):
        buffer = sink.emit("pull-sample").get_buffer()
        is_key = not buffer.has_flags(Gst.BufferFlags.DELTA_UNIT)
        data = buffer.extract_dup(0, buffer.get_size())
        self.frames += 1
        for source, has_begun in list(self.players.items()):
            if has_begun or is_key:
                self.players[source] = True
                source.emit("push-buffer", Gst.Buffer.new_wrapped(data))
        return Gst.FlowReturn.OK


def mount(path, pipeline, configure, is_record):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(pipeline)
    factory.connect("media-configure", configure)
    if is_record:
        factory.set_transport_mode(GstRtspServer.RTSPTransportMode.RECORD)
        factory.set_latency(0)
    points = GstRtspServer.RTSPMountPoints()
    points.add_factory(path, factory)
    return points


def serve(port, path):
    stream = Path()
    publishing = mount(path, RECORD, stream.record, True)
    playing = mount(path, PLAY, stream.play, False)

    def turn(client, points):
        # A path serves one direction; which one is only known from the first request that needs it.
        client.set_mount_points(points)
        return GstRtsp.RTSPStatusCode.OK

    def describe(client, _context):
        turn(client, playing)
        return GstRtsp.RTSPStatusCode.OK if stream.publisher else GstRtsp.RTSPStatusCode.NOT_FOUND

    def connected(_server, client):
        client.set_mount_points(publishing)
        client.connect("pre-announce-request", lambda c, _: turn(c, publishing))
        client.connect("announce-request", lambda c, _: stream.replace(c))
        client.connect("pre-describe-request", describe)
        client.connect("closed", stream.leave)

    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(port))
    # With the usual single thread, a player waiting for its first picture starves the publisher that would send it.
    server.get_thread_pool().set_max_threads(-1)
    server.connect("client-connected", connected)
    if server.attach(None) == 0:
        sys.exit(f"port {port} is in use")
    GLib.timeout_add_seconds(2, lambda: server.get_session_pool().cleanup() >= 0)
    say("listening", port=server.get_bound_port())
    return server


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--port", type=int, default=0, help="0 takes a free one")
    arguments.add_argument("--path", default="/cam")
    given = arguments.parse_args()
    Gst.init(None)
    keep = serve(given.port, given.path)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    GLib.MainLoop().run()
