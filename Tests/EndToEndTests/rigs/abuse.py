#!/usr/bin/python3
"""Sends a server what no client should: random bytes, floods of headers, heads and bodies that never end.

Prints one JSON object: {"sent": N, "statuses": {"400": n, ...}, "unanswered": n}. Every loop is bounded.
"""
import argparse
import collections
import json
import random
import socket

WORDS = [b"GET ", b"POST ", b"PATCH ", b"/v1/controls", b"/v1/camera/roi", b"/%", b" HTTP/1.1\r\n", b" HTTP/9.9\r\n", b"Host: x\r\n",
         b"Content-Length: ", b"Transfer-Encoding: chunked\r\n", b"99999999999999999999\r\n", b"-1\r\n", b"\r\n\r\n", b"0\r\n\r\n", b"ffffffff\r\n",
         b"{", b"}", b"\"", b"[" * 600, b"\x00", b"\xff\xfe", b"Upgrade: h2c\r\n", b"Expect: 100-continue\r\n", b"X-API-Key: ", b"\n", b"\r"]


def request(generator):
    kind = generator.random()
    if kind < 0.3:
        return generator.randbytes(generator.randrange(1, 400))
    if kind < 0.9:
        return b"".join(generator.choice(WORDS) for _ in range(generator.randrange(1, 14)))
    whole = bytearray(b'PATCH /v1/controls HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n{"image.brightness":0.5}')
    for _ in range(generator.randrange(1, 6)):
        whole[generator.randrange(len(whole))] = generator.randrange(256)
    return bytes(whole)


def exchange(port, data):
    """The status of the first answer; nothing when the server just closes, or waits for more."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(64)
        except (ConnectionError, socket.timeout):
            return ""
    parts = answer.split(b" ")
    return parts[1].decode(errors="replace") if answer.startswith(b"HTTP/") and len(parts) > 1 else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    statuses = collections.Counter(exchange(arguments.port, request(generator)) for _ in range(arguments.count))
    flood = b"GET /health HTTP/1.1\r\nHost: x\r\n"
    for head in (flood + b"".join(b"X-%d: y\r\n" % number for number in range(5000)) + b"\r\n", flood + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
                 b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n"):
        statuses[exchange(arguments.port, head)] += 1
    unanswered = statuses.pop("", 0)
    print(json.dumps({"sent": arguments.count + 3, "statuses": statuses, "unanswered": unanswered}))


main()
