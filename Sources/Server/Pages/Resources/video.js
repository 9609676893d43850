/** Plays the stream's fragments and stays close behind the camera. */
class LiveVideo {
  static path = '/v1/stream/live.mp4';
  // Safari on a phone has only the managed one.
  static Source = window.ManagedMediaSource ?? window.MediaSource;

  /** Seconds behind the newest frame that are made up for by playing a little faster, where frames come evenly and where they do not. */
  static late = { least: 0.08, most: 0.3 };
  /** Seconds that are jumped over. */
  static tooLate = 0.5;
  /** Seconds of the past that are kept. */
  static past = 10;

  static isPossible() {
    return Boolean(LiveVideo.Source?.isTypeSupported('video/mp4; codecs="avc1.42C01F"'));
  }

  constructor(video) {
    this.video = video;
    video.disableRemotePlayback = true;
    this.late = LiveVideo.late.least;
    // Every time the frames run out it stays a little farther behind, and comes closer again within minutes. After a jump they always do.
    this.jumped = 0;
    video.onwaiting = () => {
      if (performance.now() - this.jumped > 2000) this.late = Math.min(1.25 * this.late, LiveVideo.late.most);
    };
  }

  /** Plays until something breaks; calls `arrived` with every piece that comes. */
  async play(signal, arrived) {
    const response = await request(LiveVideo.path, signal);
    const type = response.headers.get('Content-Type');
    if (!LiveVideo.Source.isTypeSupported(type)) throw new Error(`this browser does not play ${type}`);
    const buffer = await this.open(type);
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error('the host ended the stream');
      await this.append(buffer, value);
      this.keepUp(buffer);
      arrived();
    }
  }

  /** A new source in place of the last one, whose last picture stays until then. */
  async open(type) {
    const source = new LiveVideo.Source();
    const address = URL.createObjectURL(source);
    await new Promise((opened) => {
      source.onsourceopen = opened;
      this.video.src = address;
    });
    URL.revokeObjectURL(address);
    return source.addSourceBuffer(type);
  }

  append(buffer, bytes) {
    return new Promise((done, fail) => {
      buffer.onupdateend = done;
      buffer.onerror = () => fail(new Error('the browser cannot decode the picture'));
      buffer.appendBuffer(bytes);
    });
  }

  keepUp(buffer) {
    const { video } = this;
    const ranges = buffer.buffered;
    if (ranges.length === 0) return;
    const newest = ranges.end(ranges.length - 1);
    const behind = newest - video.currentTime;
    if (behind > LiveVideo.tooLate || behind < 0) {
      video.currentTime = Math.max(newest - 0.05, ranges.start(ranges.length - 1));
      this.jumped = performance.now();
    }
    video.playbackRate = behind > this.late ? 1.1 : 1;
    this.late = Math.max(0.9995 * this.late, LiveVideo.late.least);
    if (video.paused) video.play().catch(() => {});
    if (ranges.start(0) < video.currentTime - 2 * LiveVideo.past) buffer.remove(0, video.currentTime - LiveVideo.past);
  }
}
