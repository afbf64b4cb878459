// Be the training: set the steps' heights by hand, by slider or by dragging, until they follow the target; no request.

const BUMP_BOX = { left: 44, right: 628, top: 12, bottom: 262 };
const BUMP_VIEW = { width: 640, height: 292 };

class Bumps extends Widget {
  static look = "bumps";
  static corrected = "bumplab_corrected";
  static address = "bumps";
  static start = startBumps;
  static toText = bumpsText;
  static read = readBumps;

  take(data) {
    this.target = data.target.map((y, at) => [(2 * at) / (data.target.length - 1) - 1, y]);
    this.reach = data.reach;
    super.take(data);
  }

  build() {
    const { words } = this;
    this.count = makeSlider("count", words.bumplab_count, STEPS, (n) => this.resize(n));
    this.steepness = makeSlider("steepness", words.bumplab_steepness, STEEPNESS, (steepness) => this.change({ steepness }));
    const button = (name, act) => make("button", { type: "button", "data-name": name, text: words[`bumplab_${name}`], onclick: act });
    const buttons = make("div", { class: "bar" }, button("follow", () => this.follow()), button("reset", () => this.change(startBumps())));
    this.figure = make("figure", { class: "picture" });
    this.heights = make("div", { class: "heights" });
    this.numbers = make("div", { class: "numbers", "aria-live": "polite" });
    this.root.replaceChildren(this.makeNote(), make("div", { class: "set" }, this.count.row, this.steepness.row, buttons), this.figure, this.heights, this.numbers);
    this.built = 0;
  }

  /** So many steps, each at the height that was there. */
  resize(n) {
    const { heights } = this.state;
    this.change({ heights: Array.from({ length: n }, (_, at) => heights[Math.floor(((at + 0.5) / n) * heights.length)]) });
  }

  follow() {
    this.change({ heights: meanHeights(this.target, this.state.heights.length) });
  }

  raise(at, height) {
    this.change({ heights: this.state.heights.map((old, number) => (number === at ? height : old)) });
  }

  show() {
    const { state, words } = this;
    const n = state.heights.length;
    if (this.built !== n) this.buildHeights(n);
    this.count.show(n, String(n));
    this.steepness.show(state.steepness, String(state.steepness));
    this.sliders.forEach((slider, at) => slider.show(state.heights[at]));
    this.showNote();
    this.drawPicture();
    const error = rmsOf(this.target, state);
    this.numbers.replaceChildren(make("p", { text: this.writeFormula() }), make("p", { class: "hint", text: fill(words.bumplab_error, { error: Number(error.toPrecision(3)), units: n - 1 }) }));
    this.root.dataset.error = error;
    this.writeLater();
  }

  buildHeights(n) {
    this.sliders = Array.from({ length: n }, (_, at) => makeSlider(`height${at}`, fill(this.words.bumplab_height, { n: at + 1 }), HEIGHT, (height) => this.raise(at, height)));
    this.heights.replaceChildren(...this.sliders.map(({ row }) => row));
    this.built = n;
  }

  /** With the numbers of the first edges. */
  writeFormula() {
    const { heights, steepness } = this.state;
    const terms = edgesOf(heights.length).map((edge, at) => {
      const jump = heights[at + 1] - heights[at];
      return `${jump < 0 ? "−" : "+"} ${two(Math.abs(jump))}·σ(${steepness}·(u ${edge <= 0 ? "+" : "−"} ${two(Math.abs(edge))}))`;
    });
    const shown = terms.length > 4 ? [...terms.slice(0, 3), "+ …", terms[terms.length - 1]] : terms;
    return `f(u) = ${two(heights[0])} ${shown.join(" ")}`;
  }

  get reachY() {
    const [low, high] = [Math.min(...this.target.map(([, y]) => y)), Math.max(...this.target.map(([, y]) => y))];
    return [Math.min(low, HEIGHT.min) - 0.1, Math.max(high, HEIGHT.max) + 0.1];
  }

  drawPicture() {
    const { state, words, colours, reach } = this;
    const reachY = this.reachY;
    const scales = makeScales(BUMP_BOX, [-1, 1], reachY);
    const us = Array.from({ length: 401 }, (_, at) => (2 * at) / 400 - 1);
    const grid = (y) => draw("line", { x1: BUMP_BOX.left, x2: BUMP_BOX.right, y1: scales.toY(y), y2: scales.toY(y), class: y === 0 ? "axis" : "grid" });
    const yTicks = findTicks(...reachY);
    const view = `0 0 ${BUMP_VIEW.width} ${BUMP_VIEW.height}`;
    const svg = draw(
      "svg",
      { viewBox: view, role: "img", "aria-label": fill(words.bumplab_alt, { error: Number(rmsOf(this.target, state).toPrecision(3)) }) },
      yTicks.map((y) => [grid(y), drawWords(BUMP_BOX.left - 6, scales.toY(y) + 4, say(y), "tick", "end")]),
      [-1, -0.5, 0, 0.5, 1].map((u) => drawWords(scales.toX(u), BUMP_BOX.bottom + 20, say(u * reach), "tick")),
      edgesOf(state.heights.length).map((edge) => draw("line", { x1: scales.toX(edge), x2: scales.toX(edge), y1: BUMP_BOX.top, y2: BUMP_BOX.bottom, class: "guide" })),
      polyline(this.target, scales, { stroke: colours[0], "stroke-width": 2.4 }),
      polyline(us.map((u) => [u, stairAt(u, state)]), scales, { stroke: colours[1], "stroke-width": 2.8, "stroke-dasharray": SERIES_DASHES[1].join(" ") }),
    );
    const lift = (event) => {
      const [x, y] = placeIn(svg, event);
      const n = state.heights.length;
      const at = clip(Math.floor(((scales.fromX(x) + 1) / 2) * n), 0, n - 1);
      this.raise(at, snapTo(HEIGHT, reachY[0] + ((BUMP_BOX.bottom - y) / (BUMP_BOX.bottom - BUMP_BOX.top)) * (reachY[1] - reachY[0])));
    };
    svg.addEventListener("pointerdown", lift);
    svg.addEventListener("pointermove", (event) => event.buttons & 1 && lift(event));
    const legend = make("p", { class: "legend" }, ...["target", "stairs"].map((name, at) => this.makeKey(name, at)));
    this.figure.replaceChildren(make("figcaption", { text: words.bumplab_title }), legend, svg);
  }

  makeKey(name, at) {
    const line = draw("svg", { viewBox: "0 0 26 8", class: "key" }, draw("line", { x1: 0, x2: 26, y1: 4, y2: 4, stroke: this.colours[at], "stroke-width": 3, "stroke-dasharray": SERIES_DASHES[at].join(" ") || null }));
    return make("span", {}, line, document.createTextNode(` ${this.words[`bumplab_${name}`]}`));
  }
}

export default (component) => mountWidget(Bumps, component);
