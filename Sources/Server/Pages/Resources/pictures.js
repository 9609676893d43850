/** Shows the stream as pictures one after the other, where a browser plays nothing else. */
class LivePictures {
  static path = '/v1/stream/live.mjpeg';

  constructor(image) {
    this.image = image;
  }

  /** Shows pictures until something breaks; calls `arrived` with every one that comes. */
  async play(signal, arrived) {
    const response = await request(LivePictures.path, signal);
    const reader = response.body.getReader();
    let rest = new Uint8Array();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error('the host ended the stream');
      rest = LivePictures.join(rest, value);
      for (let found; (found = LivePictures.next(rest)); rest = rest.subarray(found.end)) {
        await this.show(rest.subarray(found.start, found.end));
        arrived();
      }
    }
  }

  async show(bytes) {
    const address = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
    this.image.src = address;
    await this.image.decode().catch(() => {});
    URL.revokeObjectURL(address);
  }

  /** Where the first whole picture is: after its part's headers, as long as they say. */
  static next(bytes) {
    for (let index = 3; index < Math.min(bytes.length, 2048); index += 1) {
      if (bytes[index] !== 10 || bytes[index - 1] !== 13 || bytes[index - 2] !== 10 || bytes[index - 3] !== 13) continue;
      const headers = new TextDecoder().decode(bytes.subarray(0, index));
      const length = Number(/content-length:\s*(\d+)/i.exec(headers)?.[1] ?? 0);
      const start = index + 1;
      return length > 0 && start + length <= bytes.length ? { start, end: start + length } : null;
    }
    return null;
  }

  static join(first, second) {
    const both = new Uint8Array(first.length + second.length);
    both.set(first);
    both.set(second, first.length);
    return both;
  }
}

/** Keeps a picture on the page, come what may. */
async function keepPlaying() {
  const isVideo = LiveVideo.isPossible();
  const screen = element(isVideo ? 'video' : 'pictures');
  element('video').hidden = !isVideo;
  element('pictures').hidden = isVideo;
  const player = isVideo ? new LiveVideo(screen) : new LivePictures(screen);
  for (let pause = 0.25; ; pause = Math.min(2 * pause, 5)) {
    await untilVisible();
    const started = performance.now();
    try {
      await playOnce(player, screen);
    } catch (error) {
      if (performance.now() - started > 10_000) pause = 0.25;
      screen.classList.add('stale');
      element('message').textContent = document.hidden ? '' : `No picture: ${sentence(error)}. Trying again …`;
    }
    await seconds(pause);
  }
}

async function playOnce(player, screen) {
  const quit = new AbortController();
  let last = performance.now();
  const stop = (why) => quit.abort(new Error(why));
  const hide = () => document.hidden && stop('the page is not seen');
  // A host that has frozen says nothing; a picture that lasts longer is sent again and again.
  const watch = setInterval(() => performance.now() - last > 5000 && stop('nothing has come for 5 s'), 1000);
  document.addEventListener('visibilitychange', hide);
  try {
    await player.play(quit.signal, () => {
      last = performance.now();
      if (!element('message').textContent && !screen.classList.contains('stale')) return;
      screen.classList.remove('stale');
      element('message').textContent = '';
    });
  } finally {
    quit.abort();
    clearInterval(watch);
    document.removeEventListener('visibilitychange', hide);
  }
}

function untilVisible() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((done) => document.addEventListener('visibilitychange', done, { once: true }));
}
