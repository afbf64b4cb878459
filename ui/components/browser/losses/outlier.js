// Nine numbers on a line and the four constants that four losses choose for them; drag a number and all four move at once.

const SIDE = 22; // left and right of the line
const WIDTH = { least: 300, most: 900 };
const HEIGHT = 292;
const LINE_Y = 150; // of the numbers
const LABEL_Y = [24, 50, 76, 102]; // of the four fits
const LOSS_BOX = { top: 190, bottom: 262 };
const SHORT = ["MSE", "MAE", "Huber", "Pinball"];
const N_PLACES = 120;
const RADIUS = 9;

class OutlierPicture extends Widget {
  static look = "losses";
  static corrected = "losslab_corrected";
  static address = "outlier";
  static start = startOutlier;
  static toText = outlierText;
  static read = readOutlier;

  build() {
    const { words } = this;
    const set = (name) => (value) => this.change({ [name]: value });
    this.sliders = {
      outlier: makeSlider("outlier", words.losslab_outlier, PLACE, (value) => this.move(OUTLIER, value)),
      delta: makeSlider("delta", `${words.losslab_parameter_huber} δ`, DELTA, set("delta")),
      q: makeSlider("q", `${words.losslab_parameter_pinball} q`, QUANTILE, set("q")),
    };
    this.picture = make("figure", { class: "picture wide" });
    this.table = make("div", { class: "table" });
    const reset = make("button", { type: "button", text: words.losslab_reset, onclick: () => this.change(startOutlier()) });
    const controls = make("div", { class: "controls row" }, ...Object.values(this.sliders).map(({ row }) => row), reset);
    const hint = make("p", { class: "hint", text: words.losslab_drag });
    this.root.replaceChildren(this.makeNote(), controls, this.picture, hint, this.table);
    this.svg = null;
    this.observer ??= new ResizeObserver(() => this.svg && this.drawPicture());
    this.observer.disconnect();
    this.observer.observe(this.picture);
  }

  leave() {
    this.observer?.disconnect();
    super.leave();
  }

  /** One unit of the picture is one pixel, so that its letters keep their size on a narrow screen. */
  get width() {
    return clip(this.picture.clientWidth || WIDTH.most, WIDTH.least, WIDTH.most);
  }

  scales({ top, bottom } = { top: 0, bottom: 1 }) {
    return makeScales({ left: SIDE, right: this.width - SIDE, top, bottom }, [PLACE.min, PLACE.max], [0, 1]);
  }

  move(at, value) {
    const values = [...this.state.values];
    values[at] = snapTo(PLACE, value);
    this.change({ values });
  }

  show() {
    const { state } = this;
    this.sliders.outlier.show(state.values[OUTLIER]);
    this.sliders.delta.show(state.delta);
    this.sliders.q.show(state.q);
    this.showNote();
    this.fits = fitAll(state.values, state);
    this.drawPicture();
    this.showTable();
    this.root.dataset.fits = JSON.stringify(this.fits.map(({ low, high }) => [low, high]));
    this.writeLater();
  }

  names() {
    const { words, state } = this;
    return [words.losslab_mse, words.losslab_mae, `${words.losslab_huber} (δ = ${two(state.delta)})`, `${words.losslab_pinball} (q = ${two(state.q)})`];
  }

  /** The dots stay the same elements while they are dragged; everything else is drawn anew. */
  drawPicture() {
    if (!this.svg) this.buildSvg();
    const scales = this.scales();
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${HEIGHT}`);
    const { state, colours } = this;
    this.svg.setAttribute("aria-label", fill(this.words.losslab_outlier_alt, Object.fromEntries(FIT_NAMES.map((name, at) => [name, two(this.fits[at].best)]))));
    this.dots.forEach((dot, at) => {
      dot.setAttribute("cx", scales.toX(state.values[at]));
      dot.setAttribute("aria-valuenow", state.values[at]);
      dot.setAttribute("aria-valuetext", two(state.values[at]));
      dot.setAttribute("fill", at === OUTLIER ? colours[4] : "var(--st-text-color)");
    });
    this.behind.replaceChildren(...this.drawLine(scales), ...this.drawFits(scales), ...this.drawLosses());
  }

  buildSvg() {
    this.behind = draw("g");
    this.dots = this.state.values.map((_, at) => this.makeDot(at));
    this.svg = draw("svg", { viewBox: `0 0 ${this.width} ${HEIGHT}`, role: "group" }, this.behind, this.dots);
    this.svg.addEventListener("pointermove", (event) => {
      if (this.dragged !== undefined) this.move(this.dragged, this.scales().fromX(placeIn(this.svg, event)[0]));
    });
    const drop = () => (this.dragged = undefined);
    for (const name of ["pointerup", "pointercancel"]) this.svg.addEventListener(name, drop);
    this.picture.replaceChildren(this.svg);
  }

  makeDot(at) {
    const label = at === OUTLIER ? this.words.losslab_outlier : fill(this.words.losslab_number, { n: at + 1 });
    const range = { "aria-valuemin": PLACE.min, "aria-valuemax": PLACE.max, "aria-label": label };
    const dot = draw("circle", { cy: LINE_Y, r: at === OUTLIER ? RADIUS + 2 : RADIUS, tabindex: 0, role: "slider", class: "dot", ...range });
    dot.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      dot.focus();
      this.dragged = at;
      this.svg.setPointerCapture(event.pointerId);
    });
    dot.addEventListener("keydown", (event) => this.press(event, at));
    return dot;
  }

  press(event, at) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    this.move(at, clip(this.state.values[at] + steps * PLACE.step, PLACE.min, PLACE.max));
  }

  drawLine({ toX }) {
    const ticks = findTicks(PLACE.min, PLACE.max);
    return [
      draw("line", { x1: SIDE, x2: this.width - SIDE, y1: LINE_Y, y2: LINE_Y, class: "axis" }),
      ...ticks.map((value) => drawWords(toX(value), LINE_Y + 26, say(value), "tick")),
    ];
  }

  /** A pole for each fit, from its own label down through the numbers; a bar where many constants are equally good. */
  drawFits({ toX }) {
    const drawn = this.fits.map(({ low, high, best }, at) => {
      const colour = this.colours[at];
      const x = toX(best);
      const anchor = x > 0.7 * this.width ? "end" : "start";
      const words = drawWords(x + (anchor === "end" ? -7 : 7), LABEL_Y[at] + 4, `${SHORT[at]} ${two(best)}`, "name", anchor);
      words.style.fill = colour;
      const look = { stroke: colour, "stroke-width": 2.6, "stroke-dasharray": SERIES_DASHES[at].join(" ") || null };
      const pole = draw("line", { x1: x, x2: x, y1: LABEL_Y[at] - 8, y2: LINE_Y + 10, ...look });
      const ends = { x1: toX(low), x2: toX(high), y1: LABEL_Y[at] + 10, y2: LABEL_Y[at] + 10 };
      const bar = high - low > 1e-9 ? [draw("line", { ...ends, stroke: colour, "stroke-width": 4, opacity: 0.6 })] : [];
      return { lines: [pole, ...bar], words };
    });
    return [...drawn.flatMap(({ lines }) => lines), ...drawn.map(({ words }) => words)];
  }

  /** The mean loss of every constant, each on a scale of its own, with its lowest place marked. */
  drawLosses() {
    const { state, colours, words } = this;
    const places = Array.from({ length: N_PLACES + 1 }, (_, at) => PLACE.min + ((PLACE.max - PLACE.min) * at) / N_PLACES);
    const drawn = FIT_NAMES.flatMap((name, at) => {
      const f = meanLoss(name, state);
      const largest = Math.max(...places.map(f), 1e-9);
      const scales = this.scales(LOSS_BOX);
      const look = { stroke: colours[at], "stroke-width": 2, "stroke-dasharray": SERIES_DASHES[at].join(" ") || null };
      const lowest = this.fits[at].best;
      const mark = draw("circle", { cx: scales.toX(lowest), cy: scales.toY(f(lowest) / largest), r: 4.5, fill: colours[at] });
      return [polyline(places.map((place) => [place, f(place) / largest]), scales, look), mark];
    });
    return [drawWords(SIDE, LOSS_BOX.bottom + 22, words.losslab_mean_loss, "tick", "start"), ...drawn];
  }

  showTable() {
    const { words, state, colours } = this;
    const rest = fitAll(state.values.slice(0, OUTLIER), state);
    const ordered = [...state.values].sort((a, b) => a - b);
    const how = [
      `(${state.values.map(bracketed).join(" + ")}) / ${state.values.length}`,
      fill(words.losslab_how_median, { n: (ordered.length + 1) / 2, count: ordered.length }),
      words.losslab_how_huber,
      fill(words.losslab_how_quantile, { share: `${Math.round(state.q * 100)} %` }),
    ];
    const kinds = ["mean", "median", "huber", "quantile"].map((kind) => words[`losslab_is_${kind}`]);
    const row = (name, at) => {
      const { low, high, best } = this.fits[at];
      const found = high - low > 1e-9 ? `${two(low)} … ${two(high)}` : two(best);
      const moved = best - rest[at].best;
      const head = make("th", { scope: "row" }, make("i", { class: "swatch" }), document.createTextNode(name));
      head.firstChild.style.background = colours[at];
      return make("tr", {}, head, ...[kinds[at], found, two(rest[at].best), `${moved > 0.005 ? "+" : ""}${two(moved)}`].map((text) => make("td", { text })), make("td", { class: "how", text: how[at] }));
    };
    const heads = ["losslab_loss", "losslab_best", "losslab_with", "losslab_without", "losslab_moved", "losslab_how"];
    const head = make("tr", {}, ...heads.map((name) => make("th", { scope: "col", text: words[name] })));
    this.table.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...this.names().map(row))));
  }
}

export default (component) => mountWidget(OutlierPicture, component);
