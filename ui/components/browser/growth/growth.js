// Parameters against the side of the picture, on logarithmic axes, with the numbers in the formula; no request.

const GROWTH_BOX = { left: 62, right: 468, top: 14, bottom: 250 };
const GROWTH_VIEW = { width: 480, height: 292 };
const SIDES = [8, 16, 32, 64, 128, 256, 512];
const FEWEST = 2; // powers of ten on the axis
const MOST = 9;

const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

class Growth extends Widget {
  static look = "growth";
  static corrected = "growthlab_corrected";
  static address = "growth";
  static start = startGrowth;
  static toText = growthText;
  static read = readGrowth;

  build() {
    const { words } = this;
    const ranges = { side: SIDE, ...COUNTS };
    this.sliders = Object.fromEntries(
      Object.entries(ranges).map(([name, range]) => [name, makeSlider(name, words[`growthlab_${name}`], range, (value) => this.change({ [name]: value }))]),
    );
    this.figure = make("figure", { class: "picture" });
    this.numbers = make("div", { class: "numbers", "aria-live": "polite" });
    const controls = make("div", { class: "controls" }, ...Object.values(this.sliders).map(({ row }) => row));
    this.root.replaceChildren(this.makeNote(), make("div", { class: "grown" }, controls, this.figure), this.numbers);
  }

  show() {
    const { state } = this;
    for (const [name, slider] of Object.entries(this.sliders)) slider.show(state[name], name === "side" ? `${state.side} × ${state.side}` : String(state[name]));
    this.counts = Object.fromEntries(NETS.map((net) => [net, countParameters(net, state)]));
    this.showNote();
    this.drawCurves();
    this.numbers.replaceChildren(...NETS.map((net, at) => this.writeFormula(net, at)), this.writeRatio());
    this.root.dataset.counts = JSON.stringify(this.counts);
    this.writeLater();
  }

  drawCurves() {
    const { state, words, colours, counts } = this;
    const scales = makeScales(GROWTH_BOX, [Math.log2(SIDE.min), Math.log2(SIDE.max)], [FEWEST, MOST]);
    const at = (side, count) => [Math.log2(side), Math.log10(count)];
    const curves = NETS.map((net, number) => {
      const points = Array.from({ length: (SIDE.max - SIDE.min) / SIDE.step + 1 }, (_, step) => SIDE.min + step * SIDE.step).map((side) => at(side, countParameters(net, { ...state, side })));
      const look = { stroke: colours[number], "stroke-width": 2.8, "stroke-dasharray": SERIES_DASHES[number].join(" ") || null };
      const [x, y] = at(state.side, counts[net]);
      return [polyline(points, scales, look), draw("circle", { cx: scales.toX(x), cy: scales.toY(y), r: 6, fill: colours[number], class: "point" })];
    });
    const alt = fill(words.growthlab_alt, { side: state.side, ...Object.fromEntries(NETS.map((net) => [net, grouped(counts[net])])) });
    const view = `0 0 ${GROWTH_VIEW.width} ${GROWTH_VIEW.height}`;
    const svg = draw("svg", { viewBox: view, role: "img", "aria-label": alt }, this.drawAxes(scales), curves);
    const legend = make("p", { class: "legend" }, ...NETS.map((net, number) => this.makeKey(net, number)));
    this.figure.replaceChildren(make("figcaption", { text: words.growthlab_title }), legend, svg);
  }

  makeKey(net, at) {
    const line = draw("svg", { viewBox: "0 0 26 8", class: "key" }, draw("line", { x1: 0, x2: 26, y1: 4, y2: 4, stroke: this.colours[at], "stroke-width": 3, "stroke-dasharray": SERIES_DASHES[at].join(" ") || null }));
    return make("span", {}, line, document.createTextNode(` ${this.words[`growthlab_${net}`]}`));
  }

  drawAxes({ toX, toY }) {
    const powers = Array.from({ length: MOST - FEWEST + 1 }, (_, at) => FEWEST + at);
    const raised = (power) => draw("tspan", { dy: -5, "font-size": 10 }, String(power));
    return [
      powers.map((power) => [
        draw("line", { x1: GROWTH_BOX.left, x2: GROWTH_BOX.right, y1: toY(power), y2: toY(power), class: "grid" }),
        draw("text", { x: GROWTH_BOX.left - 6, y: toY(power) + 4, "text-anchor": "end", class: "tick" }, "10", raised(power)),
      ]),
      SIDES.map((side) => [
        draw("line", { x1: toX(Math.log2(side)), x2: toX(Math.log2(side)), y1: GROWTH_BOX.top, y2: GROWTH_BOX.bottom, class: "grid" }),
        drawWords(toX(Math.log2(side)), GROWTH_BOX.bottom + 18, String(side), "tick"),
      ]),
      drawWords((GROWTH_BOX.left + GROWTH_BOX.right) / 2, GROWTH_VIEW.height - 4, this.words.growthlab_across, "tick"),
    ];
  }

  /** (inputs + 1) · outputs for every layer, and their sum. */
  writeFormula(net, at) {
    const { state, words, colours, counts } = this;
    const inputs = { mlp: `${state.side}²·${state.channels}`, flat: null, pooled: null }[net];
    const parts = LAYERS[net](state).map(([from, to], layer, all) => {
      const isLast = layer === all.length - 1;
      const small = Math.floor(state.side / 2 ** state.layers);
      if (net === "mlp") return `(${layer ? from : inputs} + 1)·${to}`;
      if (!isLast) return `(3²·${from / 9} + 1)·${to}`;
      return net === "flat" ? `(${small}²·${state.filters} + 1)·${to}` : `(${from} + 1)·${to}`;
    });
    const swatch = make("i", { class: "swatch" });
    swatch.style.background = colours[at];
    const head = make("b", { text: `${words[`growthlab_${net}`]}: ` });
    return make("p", {}, swatch, head, document.createTextNode(`${parts.join(" + ")} = ${grouped(counts[net])}`));
  }

  writeRatio() {
    const { words, counts, state } = this;
    const twice = { ...state, side: 2 * state.side };
    const factor = (net) => Number((countParameters(net, twice) / counts[net]).toPrecision(3));
    const values = { ratio: Number((counts.mlp / counts.pooled).toPrecision(3)), mlp: factor("mlp"), flat: factor("flat"), pooled: factor("pooled"), megabytes: Number(((4 * counts.mlp) / 1e6).toPrecision(3)) };
    return make("p", { class: "hint", text: fill(words.growthlab_ratio, values) });
  }
}

export default (component) => mountWidget(Growth, component);
