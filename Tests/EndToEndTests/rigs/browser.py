#!/usr/bin/env python3
"""Looks at a page in headless Chromium and says what its live picture shows, one line of JSON for each look.

The simulated camera paints a code into the lower right corner (Sources/Painting/Code.swift). It is read back from the video element
through a canvas and compared with the browser's clock, which is this machine's.
"""
import argparse
import base64
import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

# In the page: looks at every frame that the video element shows, or at every picture in its place, and keeps what the code in it says.
WATCH = """
const video = document.getElementById('video');
const image = document.getElementById('pictures');
const screen = video.hidden ? image : video;
const seen = window.__seen = [];
const canvas = document.createElement('canvas');
const context = canvas.getContext('2d', { willReadFrequently: true });
function read() {
  const [width, height] = [screen.videoWidth ?? screen.naturalWidth, screen.videoHeight ?? screen.naturalHeight];
  const side = Math.max(Math.min(Math.floor(height / 90), Math.floor(width / 160)) & ~1, 2);
  canvas.width = 34 * side;
  canvas.height = 4 * side;
  context.drawImage(screen, width - canvas.width, height - canvas.height, canvas.width, canvas.height, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const bytes = [];
  for (let index = 0; index < 64; index += 1) {
    const x = (1 + index % 32) * side + side / 2;
    const y = (1 + Math.floor(index / 32)) * side + side / 2;
    const bit = data[4 * (y * canvas.width + x) + 1] > 128 ? 1 : 0;
    bytes[index >> 3] = (bytes[index >> 3] ?? 0) << 1 | bit;
  }
  const sum = bytes.slice(0, 7).reduce((sum, byte) => ((sum << 1 | sum >> 7) + byte) & 255, 0);
  const now = Math.floor(performance.timeOrigin + performance.now());
  const painted = bytes[4] << 16 | bytes[5] << 8 | bytes[6];
  seen.push({
    good: bytes[0] === 0xB2 && bytes[7] === sum, source: bytes[1], number: bytes[2] << 8 | bytes[3],
    delay: (now - painted) & 0xFFFFFF, width, height,
  });
  if (seen.length > 1000) seen.shift();
}
function next() {
  const look = () => {
    try { read(); } catch (error) { seen.push({ good: false, error: String(error) }); }
    next();
  };
  if (screen === video) video.requestVideoFrameCallback(look);
  else image.addEventListener('load', look, { once: true });
}
next();
"""

TAKE = """
const frames = window.__seen.splice(0);
const video = document.getElementById('video');
const { buffered } = video;
return {
  frames, message: document.getElementById('message').textContent, width: video.videoWidth, height: video.videoHeight,
  behind: buffered.length ? buffered.end(buffered.length - 1) - video.currentTime : null,
  kept: buffered.length ? buffered.end(buffered.length - 1) - buffered.start(0) : null,
};
"""


class Browser:
    """A session of chromedriver."""

    def __init__(self, port, size, dark):
        arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
            f"--window-size={size}", "--hide-scrollbars", "--disable-background-networking", "--no-first-run",
        ]
        if dark:
            arguments.append("--force-dark-mode")
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={port}", "--silent"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.base = f"http://127.0.0.1:{port}"
        self.session = None
        self.wait_for_driver()
        # Without the log level the browser's own complaints would not be kept.
        capabilities = {"goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.session = answer["sessionId"]

    def wait_for_driver(self):
        for _ in range(100):
            try:
                if self.call("GET", "/status")["ready"]:
                    return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise SystemExit("chromedriver does not answer")

    def call(self, method, path, body=None):
        if self.session:
            path = f"/session/{self.session}{path}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def run(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", "/screenshot")))

    def complaints(self):
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"}) if entry["level"] == "SEVERE"]

    def close(self):
        try:
            if self.session:
                self.call("DELETE", "")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        self.driver.kill()
        self.driver.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--port", type=int, required=True, help="where chromedriver listens")
    parser.add_argument("--seconds", type=float, default=5, help="how long to look")
    parser.add_argument("--every", type=float, default=0.5, help="seconds between two lines")
    parser.add_argument("--size", default="1280,1000")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--key", action="append", default=[], help="typed when the page asks for one; the next one when it asks again")
    parser.add_argument("--screenshot", help="a PNG of the page at the end")
    parser.add_argument("--without-mse", action="store_true", help="as in a browser without Media Source Extensions")
    parser.add_argument("--no-video", action="store_true", help="only look at the page")
    options = parser.parse_args()
    # Whoever starts this may have signals blocked. Ended from outside, the browser goes too.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    browser = Browser(options.port, options.size, options.dark)
    try:
        look(browser, options)
    finally:
        browser.close()


def type_key(browser, key):
    """Types a key once the page has asked for it, and waits for what it says to that."""
    for _ in range(50):
        if browser.run("return !document.getElementById('key-form').hidden"):
            break
        time.sleep(0.1)
    browser.run(f"document.getElementById('key').value = {json.dumps(key)}; document.getElementById('key-form').requestSubmit()")
    for _ in range(50):
        said = browser.run("return document.getElementById('key-problem').textContent")
        if said or browser.run("return document.getElementById('key-form').hidden"):
            break
        time.sleep(0.1)
    print(json.dumps({"key": key, "problem": said}), flush=True)


def look(browser, options):
    if options.without_mse:
        script = "delete window.MediaSource; delete window.ManagedMediaSource;"
        browser.call("POST", "/goog/cdp/execute", {"cmd": "Page.addScriptToEvaluateOnNewDocument", "params": {"source": script}})
    browser.call("POST", "/url", {"url": options.url})
    for key in options.key:
        type_key(browser, key)
    if not options.no_video:
        browser.run(WATCH)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        time.sleep(options.every)
        if not options.no_video:
            print(json.dumps(browser.run(TAKE)), flush=True)
    if options.screenshot:
        browser.screenshot(options.screenshot)
    print(json.dumps({"title": browser.run("return document.title"), "complaints": browser.complaints()}), flush=True)


if __name__ == "__main__":
    main()
