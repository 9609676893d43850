#!/usr/bin/python3
"""Plays a stream with ffmpeg for some seconds and prints what arrived as one JSON object.

  probe.py URL [--seconds 5] [--grid 1x1]

  frames          decoded                          width, height   of the stream
  fps             decoded a second, from the second second on
  errors          lines ffmpeg called errors, the first five in error_lines
  key_frame_gaps  packets from one key frame to the next
  luma            mean luma of all frames, 16 (black) to 235 (white)
  regions         mean luma in each cell of the grid, row by row
  luma_by_frame   mean luma of each frame
  first_frame_ms  from the start of ffmpeg

Exit: 0 frames came and none was broken; 1 errors; 2 nothing came.
"""
import argparse
import json
import os
import re
import selectors
import subprocess
import sys
import time

BENIGN = re.compile(r"Immediate exit|Exiting normally|Broken pipe|monotonically increasing dts|Last message repeated")
PACKET = re.compile(rb"^0, *-?\d+, *-?\d+, *\d+, *(\d+), 0x[0-9a-f]+(?:, F=(0x[0-9a-f]+))?", re.M)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--grid", default="1x1", help="columns x rows of regions")
    return parser.parse_args()


def start(url, columns, rows, pictures, packets):
    transport = ["-rtsp_transport", "tcp", "-timeout", "3000000"] if url.startswith("rtsp:") else []
    return subprocess.Popen(
        ["ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info", "-fflags", "nobuffer", "-flags", "low_delay",
         "-threads", "1", *transport, "-i", url,
         "-map", "0:v:0", "-vf", f"scale={columns}:{rows}:flags=area:out_range=tv,format=yuv444p,extractplanes=y", "-fps_mode", "passthrough", "-flush_packets", "1",
         "-f", "rawvideo", f"pipe:{pictures}",
         "-map", "0:v:0", "-c", "copy", "-flush_packets", "1", "-f", "framecrc", f"pipe:{packets}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, pass_fds=(pictures, packets))


def play(url, seconds, columns, rows):
    """What ffmpeg wrote to its three outputs, and when each picture came."""
    (pictures, to_pictures), (packets, to_packets) = os.pipe(), os.pipe()
    began = time.monotonic()
    player = start(url, columns, rows, to_pictures, to_packets)
    os.close(to_pictures)
    os.close(to_packets)
    text = {pictures: b"", packets: b"", player.stderr.fileno(): b""}
    times = []
    selector = selectors.DefaultSelector()
    for source in text:
        selector.register(source, selectors.EVENT_READ)
    while selector.get_map():
        now = time.monotonic()
        if now > (times[0] + seconds if times else began + seconds + 10):
            break
        for key, _ in selector.select(0.1):
            data = os.read(key.fd, 1 << 20)
            if not data:
                selector.unregister(key.fd)
            text[key.fd] += data
        times += [time.monotonic()] * (len(text[pictures]) // (columns * rows) - len(times))
    player.terminate()
    try:
        player.wait(2)
    except subprocess.TimeoutExpired:
        player.kill()
    return text[pictures], text[packets], text[player.stderr.fileno()].decode(errors="replace"), times, began


def mean(values):
    return round(sum(values) / len(values), 2) if values else None


def report(url, seconds, columns, rows):
    pictures, packets, messages, times, began = play(url, seconds, columns, rows)
    cells = columns * rows
    frames = [pictures[i : i + cells] for i in range(0, len(pictures) - cells + 1, cells)]
    errors = [line for line in messages.splitlines() if re.search(r"\[(error|fatal|panic)\]", line) and not BENIGN.search(line)]
    # framecrc marks a packet that is not a key frame with its flags.
    keys = [i for i, packet in enumerate(PACKET.finditer(packets)) if packet[2] is None]
    size = re.search(r"Video: h264.*?, (\d+)x(\d+)", messages)
    steady = [t for t in times if t > times[0] + 1]
    return {
        "url": url,
        "frames": len(frames),
        "width": int(size[1]) if size else None,
        "height": int(size[2]) if size else None,
        "fps": round((len(steady) - 1) / (steady[-1] - steady[0]), 2) if len(steady) > 2 else None,
        "errors": len(errors),
        "error_lines": errors[:5],
        "key_frame_gaps": [b - a for a, b in zip(keys, keys[1:])],
        "luma": mean([value for frame in frames for value in frame]),
        "regions": [mean([frame[cell] for frame in frames]) for cell in range(cells)],
        "luma_by_frame": [mean(frame) for frame in frames],
        "first_frame_ms": round((times[0] - began) * 1000) if times else None,
    }


if __name__ == "__main__":
    given = parse()
    columns, rows = (int(number) for number in given.grid.split("x"))
    result = report(given.url, given.seconds, columns, rows)
    print(json.dumps(result))
    sys.exit(2 if not result["frames"] else 1 if result["errors"] else 0)
