// One composition by hand: two vectors of two numbers, the weights of one number of their parent, everything written out.

const NAMES = ["a₁", "a₂", "b₁", "b₂"];
const N_CELLS = 44; // of the picture, each way
const SIDE = 1.15; // the picture goes from −1.15 to 1.15
const PICTURE = { size: 260, left: 34, bottom: 30, top: 8, right: 8 };

class CompositionPicture extends Widget {
  static look = "composition";
  static corrected = "composelab_corrected";
  static address = "compose";
  static start = startComposition;
  static toText = compositionText;
  static read = readComposition;

  build() {
    const { words } = this;
    this.sliders = NAMES.map((name, at) => makeSlider(name, `${name} – ${words[`composelab_part_${at}`]}`, PART, (value) => this.set("parts", at, value)));
    this.weights = NAMES.map((name, at) => this.makeCell("w", at, `W ${name}`));
    this.entries = Array.from({ length: N_PARTS ** 2 }, (_, at) => this.makeCell("v", at, `V ${NAMES[Math.floor(at / N_PARTS)]} ${NAMES[at % N_PARTS]}`));
    const presets = ["flat", "flip", "random"].map((name) => make("button", { type: "button", text: words[`composelab_${name}`], onclick: () => this.preset(name) }));
    this.numbers = make("div", { class: "numbers", "aria-live": "polite" });
    this.corners = make("div", { class: "table" });
    this.picture = make("figure", { class: "picture" });
    const controls = make("div", { class: "controls" }, ...this.sliders.map(({ row }) => row));
    const weights = make("div", { class: "table" }, this.makeWeights());
    const left = make("div", { class: "column" }, controls, weights, make("div", { class: "bar" }, ...presets));
    const right = make("div", { class: "column" }, this.picture, this.corners);
    this.root.replaceChildren(this.makeNote(), make("div", { class: "columns" }, left, right), this.numbers);
    this.buildPicture();
  }

  makeCell(part, at, label) {
    const input = make("input", { type: "number", ...WEIGHT, "aria-label": label });
    input.addEventListener("change", () => this.set(part, at, input.value === "" ? 0 : Number(input.value)));
    input.addEventListener("input", () => input.value !== "" && Number.isFinite(Number(input.value)) && this.set(part, at, Number(input.value)));
    return input;
  }

  makeWeights() {
    const { words } = this;
    const head = make("tr", {}, make("th"), ...NAMES.map((text) => make("th", { text, scope: "col" })));
    const row = (text, cells) => make("tr", {}, make("th", { text, scope: "row" }), ...cells.map((cell) => make("td", {}, cell)));
    const rows = NAMES.map((name, at) => row(`V ${name}`, this.entries.slice(N_PARTS * at, N_PARTS * (at + 1))));
    return make("table", { "aria-label": words.composelab_weights }, make("thead", {}, head), make("tbody", {}, row("W", this.weights), ...rows));
  }

  set(part, at, value) {
    const values = [...this.state[part]];
    values[at] = snapTo(part === "parts" ? PART : WEIGHT, value);
    this.change({ [part]: values });
  }

  preset(name) {
    const v = Array(N_PARTS ** 2).fill(0);
    if (name === "flat") return this.change({ w: [...startComposition().w], v });
    if (name === "random") {
      const draw = () => snapTo(WEIGHT, 4 * Math.random() - 2);
      return this.change({ w: NAMES.map(draw), v: v.map(draw) });
    }
    v[NEGATES * N_PARTS + JUDGES] = -2;
    return this.change({ w: [0, 0, 0, 0], v });
  }

  show() {
    const { state } = this;
    this.sliders.forEach((slider, at) => slider.show(state.parts[at]));
    const focused = this.root.getRootNode().activeElement;
    const put = (input, value) => input !== focused && (input.value = value);
    this.weights.forEach((input, at) => put(input, state.w[at]));
    this.entries.forEach((input, at) => put(input, state.v[at]));
    this.showNote();
    this.showNumbers();
    this.showCorners();
    this.drawPicture();
    this.root.dataset.p = compose(state, state.parts).p.toFixed(6);
    this.writeLater();
  }

  showNumbers() {
    const { words } = this;
    const { parts, w, v } = this.state;
    const { linear, bilinear, p, plain } = compose(this.state, parts);
    const products = w.map((weight, at) => `${at && weight >= 0 ? "+ " : ""}${two(weight)}·${bracketed(parts[at])}`.replace(/^−/, at ? "− " : "−"));
    const terms = v.flatMap((value, at) => (value ? [`${bracketed(value)}·${bracketed(parts[Math.floor(at / N_PARTS)])}·${bracketed(parts[at % N_PARTS])}`] : []));
    const lines = [
      `W x = ${products.join(" ")} = ${two(linear)}`,
      terms.length ? `xᵀV x = ${terms.join(" + ")} = ${two(bilinear)}` : `xᵀV x = 0 – ${words.composelab_empty}`,
      `${words.composelab_plain}: p₁ = tanh(${two(linear)}) = ${two(plain)}`,
      `${words.composelab_tensor}: p₁ = tanh(${two(linear)} ${bilinear < 0 ? "−" : "+"} ${two(Math.abs(bilinear))}) = ${two(p)}`,
    ];
    this.numbers.replaceChildren(...lines.map((text) => make("p", { text })));
  }

  showCorners() {
    const { words } = this;
    const judged = judgeCorners(this.state);
    const rows = judged.map(({ wanted, p, isRight }, at) =>
      make("tr", {}, ...[words[`composelab_corner_${at}`], wanted > 0 ? "+" : "−", two(p), isRight ? "✓" : "✗"].map((text, place) => make(place ? "td" : "th", { text, scope: place ? null : "row" }))),
    );
    const head = make("tr", {}, ...["phrase", "wanted", "found", "right"].map((name) => make("th", { scope: "col", text: words[`composelab_${name}`] })));
    const n = judged.filter(({ isRight }) => isRight).length;
    const verdict = make("p", { class: "verdict", text: fill(words.composelab_verdict, { n }) });
    this.corners.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)), verdict);
    this.root.dataset.right = n;
  }

  // --- the picture: p₁ for every a₁ and b₁

  get scales() {
    const { size, left, bottom, top, right } = PICTURE;
    return makeScales({ left, right: size - right, top, bottom: size - bottom }, [-SIDE, SIDE], [-SIDE, SIDE]);
  }

  buildPicture() {
    const { size } = PICTURE;
    const { toX, toY } = this.scales;
    const cell = (toX(SIDE) - toX(-SIDE)) / N_CELLS;
    const centre = (at) => SIDE * ((2 * at + 1) / N_CELLS - 1);
    this.cells = Array.from({ length: N_CELLS ** 2 }, (_, at) => {
      const [a, b] = [centre(at % N_CELLS), centre(Math.floor(at / N_CELLS))];
      return { a, b, rect: draw("rect", { x: toX(a) - cell / 2, y: toY(b) - cell / 2, width: cell + 0.4, height: cell + 0.4 }) };
    });
    this.marks = draw("g");
    const axes = [-1, 0, 1].flatMap((value) => [drawWords(toX(value), size - 14, say(value), "tick"), drawWords(26, toY(value) + 4, say(value), "tick", "end")]);
    const names = [drawWords(toX(0.55), size - 14, "a₁ →", "tick"), drawWords(26, toY(0.55), "b₁ ↑", "tick", "end")];
    this.svg = draw("svg", { viewBox: `0 0 ${size} ${size}`, role: "img" }, this.cells.map(({ rect }) => rect), axes, names, this.marks);
    this.svg.addEventListener("pointerdown", (event) => this.place(event));
    this.svg.addEventListener("pointermove", (event) => event.buttons && this.place(event));
    this.picture.replaceChildren(make("figcaption", { text: this.words.composelab_picture }), this.svg);
  }

  place(event) {
    const [x, y] = placeIn(this.svg, event);
    const { fromX } = this.scales;
    const { size, top, bottom } = PICTURE;
    const b = SIDE - ((y - top) / (size - top - bottom)) * 2 * SIDE;
    this.change({ parts: withPair(this.state.parts, snapTo(PART, fromX(x)), snapTo(PART, b)) });
  }

  drawPicture() {
    const { state } = this;
    const { toX, toY } = this.scales;
    const theme = readTheme(this.root);
    for (const { a, b, rect } of this.cells) rect.style.fill = css(diverging(compose(state, withPair(state.parts, a, b)).p, theme));
    const corners = judgeCorners(state).map(({ a, b, wanted, isRight }) => [
      draw("circle", { cx: toX(a), cy: toY(b), r: 9, class: isRight ? "corner" : "corner off" }),
      drawWords(toX(a), toY(b) + 4.5, wanted > 0 ? "+" : "−", "sign"),
    ]);
    const here = draw("circle", { cx: toX(state.parts[NEGATES]), cy: toY(state.parts[JUDGES]), r: 5, class: "here" });
    this.marks.replaceChildren(...corners.flat(), here);
    const said = { n: judgeCorners(state).filter(({ isRight }) => isRight).length, p: two(compose(state, state.parts).p) };
    this.svg.setAttribute("aria-label", fill(this.words.composelab_alt, { n: String(said.n), p: said.p }));
  }
}

export default (component) => mountWidget(CompositionPicture, component);
