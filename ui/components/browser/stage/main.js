// The stage: plays one run. It holds the frames, asks for those it lacks, and draws; the feed carries bytes and asks.

const AT_ONCE = 12; // frames opened together
const SILENCE = 2500; // ms without an answer after which it asks again
const GOING = ["running", "queued"];
const PANELS = { plot: PlotPanel, network: NetworkPanel, lines: LinesPanel, profile: ProfilePanel, bars: BarsPanel, histogram: HistogramPanel, sentence: SentencePanel, graph: GraphPanel, table: TablePanel, tiles: TilesPanel, matrix: MatrixPanel, text: TextPanel, words: WordsPanel, tree: TreePanel };
const hub = (window.dlcoreHub ??= { stages: new Map(), feeds: new Map() });

class Stage {
  constructor(root) {
    this.root = root;
    this.tape = new Tape();
    this.header = { phase: "idle", step: 0, n_steps: 1 };
    this.arrived = Promise.resolve();
    this.unanswered = 0;
    this.wanted = false; // whether this reader wants the run to go on
    this.observer = new ResizeObserver(() => this.redraw());
    this.themeWatch = setInterval(() => this.checkTheme(), 700);
  }

  /** What the page declares; called again when that changes. */
  configure(declaration) {
    const declared = JSON.stringify(declaration);
    if (declared === this.declared) return;
    const { id, panels, labels, editable, shortcuts, group, compact, pace } = declaration;
    Object.assign(this, { declared, id, labels, editable, shortcuts, group, compact });
    this.tape.pace = pace;
    hub.stages.set(id, this);
    const speed = this.toolbar?.speed.value;
    this.toolbar = new Toolbar(this);
    if (speed) this.toolbar.speed.value = speed;
    this.panels = panels.map((panel) => new PANELS[panel.type](panel, this));
    const area = make("div", { class: "panels" }, ...this.panels.map((panel) => panel.element));
    this.root.replaceChildren(this.toolbar.element, area);
    this.observer.disconnect();
    this.observer.observe(area);
    const waiting = hub.feeds.get(id)?.waiting;
    if (waiting) this.receive(waiting.header, waiting.body);
    this.redraw();
  }

  dispose() {
    this.observer.disconnect();
    clearTimeout(this.timer);
    clearInterval(this.themeWatch);
    this.tape.playing = false;
    if (hub.stages.get(this.id) === this) hub.stages.delete(this.id);
  }

  get isLive() {
    return !ENDED.includes(this.header.phase) && (this.wanted || this.header.wait_ms != null);
  }

  /** The run has ended and all its frames are here. */
  get isComplete() {
    return ENDED.includes(this.header.phase) && this.tape.received >= this.header.n_frames;
  }

  get n_steps() {
    return this.header.n_steps || 1;
  }

  // --- what the reader does

  /** Do the same on every stage of the group, this one included. */
  together(act) {
    const group = this.group ? [...hub.stages.values()].filter((other) => other.group === this.group) : [this];
    group.forEach((each) => each.root.isConnected && act(each));
  }

  playOrPause(isPausing) {
    this.showsNewest = false;
    if (isPausing) {
      this.tape.playing = this.wanted = false;
      if (!ENDED.includes(this.header.phase)) this.send("pause");
    } else {
      if (ENDED.includes(this.header.phase) && this.tape.atEnd) this.tape.seek(0);
      this.tape.playing = true;
      if (!ENDED.includes(this.header.phase)) this.send("start");
    }
    this.redraw();
  }

  oneStep() {
    const next = this.tape.step + 1;
    this.tape.playing = this.wanted = false;
    if (this.tape.frames[this.tape.index + 1]?.step === next) this.tape.seek(this.tape.index + 1);
    else {
      this.awaitedStep = next;
      this.send("step", { at: this.tape.step });
    }
    this.redraw();
  }

  stop() {
    const wasLive = this.isLive;
    this.tape.playing = this.wanted = false;
    if (wasLive) this.send("stop");
    this.showsNewest = wasLive;
    this.tape.seek(this.tape.last);
    this.redraw();
  }

  rewind() {
    this.show(0);
  }

  show(step) {
    this.showsNewest = false;
    this.tape.playing = false;
    this.tape.seekStep(step);
    this.redraw();
  }

  fork(field, value) {
    this.send("fork", { at: this.tape.step, field, value });
  }

  // --- talking to the server

  /** Ask for the frames that are missing, perhaps with a command. */
  send(command = null, values = {}) {
    if (command === "start") this.wanted = true;
    const feed = hub.feeds.get(this.id);
    clearTimeout(this.timer);
    if (!feed || !this.root.isConnected) return;
    this.unanswered += 1;
    feed.ask({ run: this.tape.run, have: this.tape.received, command, ...values });
    this.timer = setTimeout(() => this.send(), SILENCE * Math.min(this.unanswered, 4));
    this.redraw();
  }

  get silence() {
    return this.unanswered > 3;
  }

  receive(header, body) {
    this.arrived = this.arrived.then(() => this.take(header, body)).catch((problem) => console.error("stage", problem));
  }

  async take(header, body) {
    const { tape } = this;
    this.unanswered = 0;
    clearTimeout(this.timer);
    const isNew = header.run !== tape.run;
    const isFork = isNew && header.root === this.header.root;
    const goesOn = isFork && header.n_edits >= this.header.n_edits; // not when a fork was taken back
    const place = tape.step;
    if (isNew) this.changeRun(header.run);
    const isForgotten = !isNew && knowsLess(header, tape.received);
    if (isForgotten) tape.received = 0; // the same frames are made again
    if (header.first > tape.received) return this.send();
    this.header = header;
    const isStranger = isForgotten || (!isNew && header.nonce === 0); // a session that was never asked: ours is gone
    if (isStranger && this.wanted && !ENDED.includes(header.phase)) return this.send("start");
    const fresh = splitBlobs(body, header.sizes).slice(tape.received - header.first);
    tape.expect(fresh.length);
    for (let start = 0; start < fresh.length; start += AT_ONCE) {
      tape.add(await Promise.all(fresh.slice(start, start + AT_ONCE).map(openFrame)));
      if (!isFork) this.redraw(); // the first ones are shown while the others are being opened
    }
    if (isFork) tape.seekStep(place);
    if (goesOn) return this.playOrPause(false);
    const isJoining = isNew && !isFork && !this.wanted && GOING.includes(header.phase); // what somebody else trains
    if ((isNew && !isFork && !header.autoplay) || this.showsNewest || isJoining) tape.seek(tape.last);
    if (isJoining) tape.playing = true;
    if (!GOING.includes(header.phase)) this.showsNewest = false;
    if (ENDED.includes(header.phase)) this.wanted = false;
    if (this.awaitedStep !== undefined && tape.frames.some((frame) => frame.step === this.awaitedStep)) {
      tape.seekStep(this.awaitedStep);
      this.awaitedStep = undefined;
    }
    if (header.wait_ms != null) this.timer = setTimeout(() => this.send(), header.wait_ms);
    this.redraw();
  }

  /** The page shows another run. */
  changeRun(run) {
    this.tape.clear(run);
    this.wanted = false;
    this.awaitedStep = undefined;
  }

  // --- drawing

  /** Draw at the next animation frame, and on and on while the tape plays. */
  redraw() {
    if (this.pending) return;
    this.pending = requestAnimationFrame((now) => {
      this.pending = null;
      if (!this.root.isConnected) return;
      const seconds = this.before ? Math.min(0.25, (now - this.before) / 1000) : 0;
      this.tape.advance(seconds, this.isLive);
      if (this.tape.atEnd && this.isComplete) this.tape.playing = false;
      this.before = this.tape.playing ? now : 0;
      this.draw();
      if (this.tape.playing) this.redraw();
    });
  }

  draw() {
    this.toolbar.update(this.tape, this.header);
    this.root.classList.toggle("waiting", !this.tape.frames.length);
    if (!this.tape.frames.length) return;
    const state = [this.tape.run, this.tape.index, this.tape.received, this.theme?.text].join();
    if (this.tape.playing && state === this.drawn) return;
    this.drawn = state;
    this.theme = readTheme(this.root);
    this.theme.series.forEach((colour, number) => this.root.style.setProperty(`--series${number}`, colour));
    const spotlight = this.spotlight;
    for (const panel of this.panels) panel.draw(this.tape, this.theme);
    if (spotlight !== this.spotlight) this.redraw();
    this.root.dataset.step = this.tape.step;
  }

  /** The hidden unit that the reader looks at, or null. */
  get spotlight() {
    return this.panels.find((panel) => panel instanceof NetworkPanel)?.spotlight ?? null;
  }

  checkTheme() {
    if (this.root.isConnected && this.theme && readTheme(this.root).text !== this.theme.text) this.redraw();
  }
}

/** Whether the server has fewer frames of the run than came from it: it was started again, or made room. */
function knowsLess({ n_frames, first, sizes }, received) {
  return n_frames < first || Math.max(n_frames, first + sizes.length) < received;
}

export default function mountStage({ data, parentElement }) {
  const root = parentElement.querySelector(".stage");
  root.stage ??= new Stage(root);
  root.stage.configure(data);
  return () => setTimeout(() => root.isConnected || root.stage.dispose(), 100);
}
