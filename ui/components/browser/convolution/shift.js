// A picture is moved: the feature map moves along exactly, the pooled map only roughly. The server sends the digits.

const CURVES = { left: 42, right: 290, top: 8, bottom: 150 };

class ShiftLab extends Widget {
  static look = "convolution";
  static corrected = "shiftlab_corrected";
  static address = "shift";
  static start = startShift;
  static toText = shiftText;
  static read = readShift;

  take(data) {
    this.pictures = data.pictures;
    super.take(data);
  }

  build() {
    const { words } = this;
    const choice = (name, choices, text) => {
      const select = make("select", { "aria-label": words[`shiftlab_${name}`], "data-name": name, onchange: () => this.change({ [name]: select.value }) });
      select.append(...choices.map((value) => make("option", { value, text: text(value) })));
      return { select, row: make("label", { class: "choice" }, make("span", { text: words[`shiftlab_${name}`] }), select) };
    };
    this.choices = {
      image: choice("image", SHIFT_IMAGES, (name) => fill(words.convlab_image_digit, { n: name.slice(5) })),
      preset: choice("preset", SHIFT_KERNELS, (name) => words[`convlab_preset_${name}`]),
      pooling: choice("pooling", SHIFT_POOLS, (name) => words[`convlab_operation_${name}`]),
    };
    const slider = (name, range) => makeSlider(name, words[`shiftlab_${name}`], range, (value) => this.change({ [name]: value }));
    this.sliders = { right: slider("right", SHIFT), down: slider("down", SHIFT), size: slider("size", POOL_SIZE) };
    const view = (name) => new PictureView(null, name.endsWith("_off") ? signedLook : chooseLook);
    this.views = Object.fromEntries(["sheet", "map", "pooled", "map_off", "pooled_off"].map((name) => [name, view(name)]));
    this.verdict = make("div", { class: "numbers", "aria-live": "polite" });
    this.curves = make("figure", { class: "picture curve" });
    const row = (...names) => make("div", { class: "three" }, ...names.map((name) => this.views[name].root));
    this.root.replaceChildren(
      this.makeNote(),
      make("div", { class: "bar" }, ...Object.values(this.choices).map(({ row: one }) => one)),
      make("div", { class: "settings" }, ...Object.values(this.sliders).map(({ row: one }) => one)),
      row("sheet", "map", "pooled"),
      this.verdict,
      make("div", { class: "three" }, this.views.map_off.root, this.views.pooled_off.root, this.curves),
    );
    this.observer ??= new ResizeObserver(() => this.run && this.drawViews());
    this.observer.disconnect();
    this.observer.observe(this.root);
  }

  leave() {
    this.observer?.disconnect();
    super.leave();
  }

  show() {
    const { state } = this;
    const { bytes, shape } = this.pictures[state.image];
    this.picture = fromBytes(fromBase64(bytes), ...shape);
    for (const [name, { select }] of Object.entries(this.choices)) select.value = state[name];
    for (const [name, slider] of Object.entries(this.sliders)) slider.show(state[name], String(state[name]));
    this.showNote();
    this.compare();
    this.drawViews();
    this.showVerdict();
    this.drawCurves();
    this.writeLater();
  }

  /** The moved picture's maps beside the still picture's maps, moved. */
  compare() {
    const { state } = this;
    this.still = runShifted(this.picture, state, 0, 0);
    this.run = runShifted(this.picture, state, state.right, state.down);
    const steps = [Math.round(state.right / state.size), Math.round(state.down / state.size)];
    this.mapOff = subtract(this.run.map, movePicture(this.still.map, state.right, state.down));
    this.pooledOff = subtract(this.run.pooled, movePicture(this.still.pooled, ...steps));
    const share = (error, of) => (norm(of) ? norm(error) / norm(of) : 0);
    this.errors = { map: share(this.mapOff, this.still.map), pooled: share(this.pooledOff, this.still.pooled) };
    this.root.dataset.errors = JSON.stringify(this.errors);
  }

  drawViews() {
    const { words, run } = this;
    const theme = readTheme(this.root);
    const pictures = { sheet: run.sheet, map: run.map, pooled: run.pooled, map_off: this.mapOff, pooled_off: this.pooledOff };
    for (const [name, picture] of Object.entries(pictures)) {
      const title = `${words[`shiftlab_${name}`]}: ${picture.height} × ${picture.width}`;
      const top = { map_off: Math.max(...this.still.map.data), pooled_off: Math.max(...this.still.pooled.data) }[name] ?? 0;
      this.views[name].set(picture, theme, top, title, title);
      this.views[name].draw(theme, []);
    }
  }

  showVerdict() {
    const { words, state, errors } = this;
    const percent = (share) => `${(100 * share).toFixed(share && share < 0.1 ? 1 : 0)} %`;
    const whole = state.right % state.size === 0 && state.down % state.size === 0;
    this.verdict.replaceChildren(
      make("p", { text: fill(words.shiftlab_equivariant, { share: percent(errors.map) }) }),
      make("p", { text: fill(words[whole ? "shiftlab_pooled_whole" : "shiftlab_pooled_part"], { share: percent(errors.pooled), size: state.size }) }),
    );
  }

  drawCurves() {
    const { words, colours } = this;
    const changes = changesByShift(this.picture, this.state);
    const names = ["sheet", "map", "pooled", "whole"];
    const most = Math.max(1, ...changes.flatMap((row) => Object.values(row)));
    const scales = makeScales(CURVES, [0, SHIFT.max], [0, most * 1.05]);
    const lines = names.map((name, at) => polyline(changes.map((row, right) => [right, row[name]]), scales, { stroke: colours[at], "stroke-width": 2.4, "stroke-dasharray": SERIES_DASHES[at].join(" ") || null }));
    const ticks = findTicks(0, most).map((value) => drawWords(CURVES.left - 6, scales.toY(value) + 4, `${Math.round(100 * value)} %`, "tick", "end"));
    const steps = Array.from({ length: SHIFT.max + 1 }, (_, right) => drawWords(scales.toX(right), CURVES.bottom + 16, String(right), "tick"));
    const here = scales.toX(this.state.right);
    const svg = draw(
      "svg",
      { viewBox: "0 0 300 188", role: "img", "aria-label": `${words.shiftlab_curves} ${names.map((name) => `${words[`shiftlab_curve_${name}`]}: ${changes.map((row) => `${Math.round(100 * row[name])} %`).join(", ")}`).join("; ")}` },
      draw("line", { x1: CURVES.left, x2: CURVES.right, y1: CURVES.bottom, y2: CURVES.bottom, class: "axis" }),
      draw("line", { x1: here, x2: here, y1: CURVES.top, y2: CURVES.bottom, class: "zero" }),
      lines,
      ticks,
      steps,
      drawWords(CURVES.right, 184, words.shiftlab_pixels, "tick", "end"),
    );
    const legend = names.map((name, at) => {
      const key = draw("svg", { viewBox: "0 0 26 8", class: "key", "aria-hidden": "true" }, polyline([[0, 4], [26, 4]], { toX: (x) => x, toY: (y) => y }, { stroke: colours[at], "stroke-width": 2.6, "stroke-dasharray": SERIES_DASHES[at].join(" ") || null }));
      return make("span", {}, key, document.createTextNode(` ${words[`shiftlab_curve_${name}`]}`));
    });
    this.curves.replaceChildren(make("figcaption", { text: words.shiftlab_curves }), svg, make("p", { class: "legend" }, ...legend));
    this.root.dataset.changes = JSON.stringify(changes[this.state.right]);
  }
}

export default (component) => mountWidget(ShiftLab, component);
