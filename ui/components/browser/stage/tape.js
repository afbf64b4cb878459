// The frames of one run in the browser, and the playhead that moves over them.

class Tape {
  constructor() {
    this.speed = 1;
    this.pace = 15; // frames a second at speed 1
    this.clear("");
  }

  clear(run) {
    Object.assign(this, { run, frames: [], received: 0, position: 0, furthest: 0, playing: false, arrivals: [] });
  }

  /** Put frames that are not here yet in the order of their steps; the playhead stays on its frame. */
  add(frames) {
    const [here, before] = [this.current, this.index];
    this.received += frames.length;
    const known = new Set(this.frames.map(({ step }) => step));
    this.frames = [...this.frames, ...frames.filter(({ step }) => !known.has(step))].sort((a, b) => a.step - b.step);
    if (here) this.position += this.frames.indexOf(here) - before;
  }

  /** A message with so many new frames has come. */
  expect(count) {
    this.arrivals = [...this.arrivals, { at: performance.now(), count }].slice(-6);
  }

  get last() {
    return this.frames.length - 1;
  }

  get index() {
    return Math.max(0, Math.min(this.last, Math.floor(this.position + 1e-6)));
  }

  get current() {
    return this.frames[this.index];
  }

  get step() {
    return this.current ? this.current.step : 0;
  }

  get atEnd() {
    return this.index >= this.last;
  }

  seek(position) {
    this.position = Math.max(0, Math.min(this.last, position));
    this.furthest = Math.max(this.furthest, this.index);
  }

  /** To the latest frame at or before a step. */
  seekStep(step) {
    const after = this.frames.findIndex((frame) => frame.step > step);
    this.seek(after === -1 ? this.last : after - 1);
  }

  /** Move on by the time that has passed; a run slower than the playback sets the pace, so that the picture never jerks. */
  advance(seconds, isLive) {
    if (!this.playing || this.last < 1) return;
    let rate = this.pace * this.speed;
    if (isLive) rate = Math.min(rate, Math.max(this.arrivalRate(), 2 * (this.last - this.position), 0.5));
    this.seek(Math.min(this.position + seconds * rate, this.last));
  }

  /** Frames a second over the last few messages. */
  arrivalRate() {
    if (this.arrivals.length < 2) return this.pace;
    const span = (this.arrivals[this.arrivals.length - 1].at - this.arrivals[0].at) / 1000;
    return this.arrivals.slice(1).reduce((sum, arrival) => sum + arrival.count, 0) / Math.max(span, 0.05);
  }

  /** An array of the frame at the playhead; one that it leaves out has not changed since an earlier frame. */
  array(name) {
    for (let index = this.index; index >= 0; index--) {
      const found = this.frames[index]?.arrays[name];
      if (found) return found;
    }
    return null;
  }

  scalar(name) {
    return this.current?.scalars[name];
  }
}
