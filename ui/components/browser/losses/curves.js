// Loss and gradient against the prediction, with the numbers in the formula; the server sends words and hears nothing.

const BOX = { left: 40, right: 372, top: 14, bottom: 206 };
const VIEW = { width: 380, height: 236 };
const N_SAMPLES = 200;
const JUMP = 0.45; // a derivative that changes more between two samples has no value in between
const KINDS = ["loss", "gradient"];

class LossCurves extends Widget {
  static look = "losses";
  static corrected = "losslab_corrected";
  static address = "curve";
  static start = () => startCurves();
  static toText = curvesText;
  static read = readCurves;

  build() {
    const { words } = this;
    this.select = make("select", { "aria-label": words.losslab_loss, onchange: () => this.choose(this.select.value) });
    for (const [group, names] of Object.entries(GROUPS)) {
      const options = names.map((name) => make("option", { value: name, text: words[`losslab_${name}`] }));
      this.select.append(make("optgroup", { label: words[`losslab_group_${group}`] }, ...options));
    }
    this.others = make("input", { type: "checkbox", onchange: () => this.change({ others: this.others.checked }) });
    this.controls = make("div", { class: "controls" });
    this.pictures = KINDS.map(() => make("figure", { class: "picture" }));
    this.numbers = make("div", { class: "numbers", "aria-live": "polite" });
    this.legend = make("p", { class: "legend" });
    const reset = make("button", { type: "button", text: words.losslab_reset, onclick: () => this.choose(this.state.name) });
    const bar = make(
      "div",
      { class: "bar" },
      make("label", { class: "choice" }, make("span", { text: words.losslab_loss }), this.select),
      make("label", { class: "choice" }, this.others, make("span", { text: words.losslab_others })),
      reset,
    );
    this.root.replaceChildren(bar, this.makeNote(), make("div", { class: "curves" }, this.controls, ...this.pictures), this.legend, this.numbers);
    this.built = null;
  }

  choose(name) {
    this.change({ ...startCurves(name), others: this.state.others });
  }

  /** The sliders that this loss has. */
  buildSliders() {
    const { words, state } = this;
    const classes = groupOf(state.name) === "classes";
    const score = groupOf(state.name) !== "numbers";
    const set = (name) => (value) => this.change({ [name]: value });
    const slider = (name, label, range) => makeSlider(name, label, { min: range.min, max: range.max, step: range.step }, set(name));
    const parameter = PARAMETERS[state.name];
    this.sliders = {
      prediction: slider("prediction", classes ? `${words.losslab_logit} z₁` : score ? `${words.losslab_logit} z` : `${words.losslab_prediction} ŷ`, PREDICTION),
      ...(classes && { z2: slider("z2", `${words.losslab_logit} z₂`, PREDICTION), z3: slider("z3", `${words.losslab_logit} z₃`, PREDICTION) }),
      target: slider("target", `${words.losslab_target} ${state.name === "kl" ? "y₁" : "y"}`, TARGETS[state.name]),
      ...(parameter && { parameter: slider("parameter", `${words[`losslab_parameter_${state.name}`]} ${parameter.symbol}`, parameter) }),
    };
    this.controls.replaceChildren(...Object.values(this.sliders).map(({ row }) => row));
    this.built = state.name;
  }

  show() {
    const { state } = this;
    if (this.built !== state.name) this.buildSliders();
    this.select.value = state.name;
    this.others.checked = state.others;
    for (const [name, slider] of Object.entries(this.sliders)) {
      const whole = TARGETS[state.name].step >= 1 && name === "target";
      slider.show(state[name], whole ? String(state[name]).replace("-", "−") : two(state[name]));
    }
    this.showNote();
    KINDS.forEach((kind, at) => this.drawPicture(kind, this.pictures[at]));
    this.showNumbers();
    this.showLegend();
    this.root.dataset.loss = alone(state.name, state).loss(state.prediction);
    this.root.dataset.gradient = alone(state.name, state).gradient(state.prediction);
    this.writeLater();
  }

  /** The chosen loss first, then those of its group if they are wanted. */
  get shown() {
    const { name, others } = this.state;
    return [name, ...(others ? GROUPS[groupOf(name)].filter((other) => other !== name) : [])];
  }

  drawPicture(kind, figure) {
    const { state, words, colours } = this;
    const xs = Array.from({ length: N_SAMPLES + 1 }, (_, at) => PREDICTION.min + ((PREDICTION.max - PREDICTION.min) * at) / N_SAMPLES);
    const curves = this.shown.map((name) => xs.map((x) => [x, alone(name, state)[kind](x)]));
    const scales = makeScales(BOX, [PREDICTION.min, PREDICTION.max], this.reach(kind, curves));
    const here = alone(state.name, state)[kind](state.prediction);
    const [x, y] = [scales.toX(state.prediction), scales.toY(here)];
    const alt = fill(words.losslab_alt, { what: words[`losslab_${kind}`], loss: words[`losslab_${state.name}`], at: two(state.prediction), value: four(here) });
    const clipId = `${this.key}-${kind}`.replace(/\W/g, "-");
    const svg = draw(
      "svg",
      { viewBox: `0 0 ${VIEW.width} ${VIEW.height}`, role: "img", "aria-label": alt },
      draw("clipPath", { id: clipId }, draw("rect", { x: BOX.left, y: BOX.top, width: BOX.right - BOX.left, height: BOX.bottom - BOX.top })),
      this.drawAxes(scales, this.reach(kind, curves)),
      draw(
        "g",
        { "clip-path": `url(#${clipId})` },
        curves.map((curve, at) => this.drawCurve(kind, curve, scales, at, colours)).reverse(),
      ),
      draw("line", { x1: x, x2: x, y1: BOX.bottom, y2: clip(y, BOX.top, BOX.bottom), class: "guide" }),
      draw("circle", { cx: x, cy: clip(y, BOX.top, BOX.bottom), r: 6, fill: colours[0], class: "point" }),
    );
    svg.addEventListener("pointerdown", (event) => this.follow(svg, scales, event));
    svg.addEventListener("pointermove", (event) => event.buttons & 1 && this.follow(svg, scales, event));
    figure.replaceChildren(make("figcaption", { text: words[`losslab_${kind}`] }), svg);
  }

  /** Steps are drawn as steps: a derivative that jumps gets no slanted line. */
  drawCurve(kind, curve, scales, at, colours) {
    const steep = (one, other) => kind === "gradient" && Math.abs(other[1] - one[1]) > JUMP;
    const pieces = [[]];
    curve.forEach((place, number) => {
      if (number && steep(curve[number - 1], place)) pieces.push([]);
      pieces[pieces.length - 1].push(place);
    });
    const look = { stroke: colours[at % colours.length], "stroke-width": at ? 1.6 : 2.8, "stroke-dasharray": SERIES_DASHES[at % SERIES_DASHES.length].join(" ") || null };
    return pieces.map((piece) => polyline(piece, scales, look));
  }

  drawAxes({ toX, toY }, [low, high]) {
    const across = (value) => draw("line", { x1: BOX.left, x2: BOX.right, y1: toY(value), y2: toY(value), class: value === 0 ? "axis" : "grid" });
    const upright = (value) => draw("line", { x1: toX(value), x2: toX(value), y1: BOX.top, y2: BOX.bottom, class: value === 0 ? "axis" : "grid" });
    const [xs, ys] = [findTicks(PREDICTION.min, PREDICTION.max), findTicks(low, high)];
    const symbol = { numbers: "ŷ", yes_no: "z", classes: "z₁" }[groupOf(this.state.name)];
    return [
      ys.map(across),
      xs.map(upright),
      ys.map((value) => drawWords(BOX.left - 6, toY(value) + 4, say(value), "tick", "end")),
      xs.map((value) => drawWords(toX(value), BOX.bottom + 16, say(value), "tick")),
      drawWords(BOX.right, BOX.bottom - 6, symbol, "symbol", "end"),
    ];
  }

  /** The same for every prediction, so that the curve keeps its place while the point moves on it. */
  reach(kind, curves) {
    const values = curves.flat().map(([, value]) => value);
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    if (kind === "loss") return [0, Math.min(12, Math.max(2, high)) * 1.05];
    const most = Math.min(6, Math.max(1, -low, high)) * 1.1;
    return [-most, most];
  }

  follow(svg, scales, event) {
    event.preventDefault();
    this.change({ prediction: snapTo(PREDICTION, scales.fromX(placeIn(svg, event)[0])) });
  }

  showNumbers() {
    const equals = ROUNDED.includes(this.state.name) ? " ≈ " : " = ";
    const lines = writeLoss(this.state).map(([symbols, numbers, result]) => {
      const middle = numbers ? [" = ", make("span", { class: "term", text: numbers }), equals] : [" = "];
      return make("p", {}, make("span", { class: "term", text: symbols }), ...middle, make("b", { class: "term", text: result }));
    });
    this.numbers.replaceChildren(...lines);
  }

  showLegend() {
    const { words, colours } = this;
    const names = this.shown.length > 1 ? this.shown : [];
    this.legend.replaceChildren(
      ...names.map((name, at) => {
        const parameter = name !== this.state.name && PARAMETERS[name] ? ` (${PARAMETERS[name].symbol} = ${PARAMETERS[name].start})` : "";
        const line = draw("svg", { viewBox: "0 0 26 8", class: "key", "aria-hidden": "true" }, polyline([[0, 4], [26, 4]], { toX: (x) => x, toY: (y) => y }, { stroke: colours[at % colours.length], "stroke-width": 2.6, "stroke-dasharray": SERIES_DASHES[at % SERIES_DASHES.length].join(" ") || null }));
        return make("span", {}, line, document.createTextNode(` ${words[`losslab_${name}`]}${parameter}`));
      }),
    );
  }
}

export default (component) => mountWidget(LossCurves, component);
