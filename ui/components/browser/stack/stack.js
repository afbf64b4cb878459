// A stack of layers as a table that computes itself: sizes, parameters, multiply-adds, receptive field, without a request.

const FIELD = 200; // side of the picture of the receptive field
const SHAPE = (shape) => shape.join(" × ");

class StackTable extends Widget {
  static look = "stack";
  static corrected = "stacklab_corrected";
  static address = "stack";
  static start = startStack;
  static toText = stackText;
  static read = readStack;

  build() {
    const { words } = this;
    const button = (text, act, name) => make("button", { type: "button", text, "data-name": name, onclick: act });
    const presets = Object.keys(STACKS).map((name) => button(words[`stacklab_preset_${name}`], () => this.change(presetStack(name)), name));
    this.slider = makeSlider("size", words.stacklab_size, SIZE, (size) => this.change({ size }));
    this.sizes = USUAL_SIZES.map((size) => button(String(size), () => this.change({ size }), `size${size}`));
    this.depth = button("", () => this.change({ channels: this.state.channels === 1 ? 3 : 1 }), "channels");
    this.chain = make("div", { class: "chain", role: "img" });
    this.body = make("tbody");
    this.foot = make("tfoot");
    const heads = ["layer", "shape", "parameters", "work", "field"].map((name) => make("th", { scope: "col", text: words[`stacklab_${name}`] }));
    const table = make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col", text: "#" }), ...heads, make("th"))), this.body, this.foot);
    this.adders = NEW_LAYERS.map((text) => button(`+ ${text}`, () => this.insert(text), `add ${text.split(" ")[0]}`));
    this.opened = make("div", { class: "numbers", "aria-live": "polite" });
    this.field = make("figure", { class: "field" });
    this.root.replaceChildren(
      this.makeNote(),
      make("div", { class: "bar" }, make("span", { text: words.stacklab_presets }), ...presets),
      make("div", { class: "bar sizes" }, this.slider.row, ...this.sizes, this.depth),
      this.chain,
      make("div", { class: "table" }, table),
      make("div", { class: "bar adders" }, ...this.adders),
      make("div", { class: "explained" }, this.opened, this.field),
    );
    this.inputs = null;
  }

  setRow(at, text) {
    this.change({ rows: this.state.rows.map((row, number) => (number === at ? text : row)), chosen: at });
  }

  /** Behind the chosen row. */
  insert(text) {
    const { rows, chosen } = this.state;
    this.change({ rows: [...rows.slice(0, chosen + 1), text, ...rows.slice(chosen + 1)], chosen: rows.length ? chosen + 1 : 0 });
  }

  remove(at) {
    this.change({ rows: this.state.rows.filter((_, number) => number !== at), chosen: Math.max(0, at - 1) });
  }

  choose(chosen) {
    if (this.state.chosen !== chosen) this.change({ chosen });
  }

  show() {
    const { state, words } = this;
    this.inputShape = [state.channels, state.size, state.size];
    Object.assign(this, describeStack(state.rows, this.inputShape));
    this.showNote();
    this.slider.show(state.size, String(state.size));
    this.depth.textContent = words[`stacklab_channels_${state.channels}`];
    for (const size of this.sizes) size.setAttribute("aria-pressed", size.textContent === String(state.size));
    for (const adder of this.adders) adder.disabled = state.rows.length >= MAX_LAYERS;
    this.showChain();
    this.showRows();
    this.showFoot();
    this.showOpened();
    this.showField();
    this.root.dataset.reports = JSON.stringify(this.reports.map(({ shape, nParameters, nMultiplyAdds, receptiveField }) => [shape, nParameters, nMultiplyAdds, receptiveField]));
    this.writeLater();
  }

  /** Halved again and again: whole as long as the side is even. */
  showChain() {
    const { words, state } = this;
    const sides = halve(state.size);
    const n = countHalvings(state.size);
    const said = fill(words.stacklab_halved, { n, size: state.size, odd: state.size / 2 ** n, power: String(2 ** n) });
    const steps = sides.map((side, at) => {
      const isLost = at > 0 && sides[at - 1] % 2 === 1;
      return make("span", { class: isLost ? "lost" : null, text: `${at ? (isLost ? "↛ " : "→ ") : ""}${side}` });
    });
    this.chain.setAttribute("aria-label", said);
    this.chain.replaceChildren(...steps, make("p", { class: "hint", text: said }));
  }

  /** Inputs stay while their number does, so that typing is not interrupted. */
  showRows() {
    const { state, words } = this;
    if (this.inputs?.length !== state.rows.length || this.madeFor !== words) {
      this.inputs = state.rows.map((_, at) => this.makeInput(at));
      this.rows = this.inputs.map((input, at) => this.makeRow(input, at));
      this.madeFor = words;
      this.body.replaceChildren(...this.rows.map(({ row }) => row));
    }
    const total = this.total();
    this.rows.forEach(({ row, cells }, at) => {
      const report = this.reports[at];
      if (!this.inputs[at].matches(":focus")) this.inputs[at].value = state.rows[at];
      row.classList.toggle("chosen", at === state.chosen);
      row.classList.toggle("refused", this.refusal?.layer === at + 1);
      cells.forEach((cell) => cell.replaceChildren());
      if (!report) return;
      cells[0].textContent = SHAPE(report.shape);
      this.fillShare(cells[1], report.nParameters, total.nParameters, 0);
      this.fillShare(cells[2], report.nMultiplyAdds, total.nMultiplyAdds, 1);
      cells[3].textContent = `${report.receptiveField}`;
    });
  }

  makeInput(at) {
    const input = make("input", { type: "text", "aria-label": fill(this.words.stacklab_row, { n: at + 1 }), maxlength: 40, spellcheck: "false" });
    input.addEventListener("input", () => this.setRow(at, input.value));
    input.addEventListener("focus", () => this.choose(at));
    return input;
  }

  makeRow(input, at) {
    const cells = Array.from({ length: 4 }, () => make("td"));
    const drop = (event) => {
      event.stopPropagation(); // the row, which is gone, would choose itself
      this.remove(at);
    };
    const remove = make("button", { type: "button", text: "✕", title: this.words.stacklab_remove, "aria-label": fill(this.words.stacklab_remove_row, { n: at + 1 }), onclick: drop });
    const row = make("tr", { onclick: () => this.choose(at) }, make("th", { scope: "row", text: String(at + 1) }), make("td", {}, input), ...cells, make("td", {}, remove));
    return { row, cells };
  }

  /** A number with a bar for its share of all. */
  fillShare(cell, value, total, number) {
    const bar = make("i", { class: "share" });
    bar.style.width = `${total ? (100 * value) / total : 0}%`;
    bar.style.background = this.colours[number];
    cell.replaceChildren(make("span", { text: value ? withCommas(value) : "0" }), bar);
  }

  total() {
    const sum = (name) => this.reports.reduce((all, report) => all + report[name], 0);
    return { nParameters: sum("nParameters"), nMultiplyAdds: sum("nMultiplyAdds") };
  }

  showFoot() {
    const { words, refusal } = this;
    const { nParameters, nMultiplyAdds } = this.total();
    const totals = ["", words.stacklab_total, "", withCommas(nParameters), withCommas(nMultiplyAdds), "", ""].map((text) => make("td", { text }));
    const rows = [make("tr", {}, ...totals)];
    if (refusal) {
      const said = make("p", { class: "note", role: "status", text: fill(words[`error_${refusal.code}`], refusal) });
      const cell = make("td", { colspan: 7 }, said);
      rows.unshift(make("tr", {}, cell));
    }
    this.foot.replaceChildren(...rows);
  }

  /** The chosen layer's arithmetic with its numbers. */
  showOpened() {
    const { words, state } = this;
    const report = this.reports[state.chosen];
    const lines = report ? explainLayer(report, this.reports[state.chosen - 1] ?? { shape: this.inputShape, receptiveField: 1, jump: 1 }, words) : [];
    const title = fill(words.stacklab_opened, { n: state.chosen + 1, layer: state.rows[state.chosen] ?? "" });
    this.opened.replaceChildren(make("p", {}, make("b", { text: title })), ...lines.map((text) => make("p", { text })));
    this.opened.hidden = !lines.length;
  }

  /** The input as a square, and in it what one output of the chosen layer sees. */
  showField() {
    const { words, state } = this;
    const report = this.reports[state.chosen];
    this.field.hidden = !report;
    if (!report) return;
    const side = (report.receptiveField / state.size) * FIELD;
    const corner = (FIELD - Math.min(side, FIELD)) / 2;
    const said = fill(words[report.receptiveField > state.size ? "stacklab_field_over" : "stacklab_field_in"], { field: report.receptiveField, size: state.size });
    const picture = draw(
      "svg",
      { viewBox: `-1 -1 ${FIELD + 2} ${FIELD + 2}`, role: "img", "aria-label": said },
      draw("rect", { x: 0, y: 0, width: FIELD, height: FIELD, class: "input" }),
      draw("rect", { x: corner, y: corner, width: Math.min(side, FIELD), height: Math.min(side, FIELD), fill: this.colours[1], "fill-opacity": 0.5, stroke: this.colours[1] }),
    );
    this.field.replaceChildren(picture, make("figcaption", { text: said }));
  }
}

/** Size, parameters, multiply-adds and receptive field of a layer, each with the numbers put in. */
function explainLayer({ layer, shape, nParameters, nMultiplyAdds, receptiveField }, given, words) {
  const { kind, units, kernel, stride, padding, dilation } = layer;
  const [channels, ...sides] = given.shape;
  const line = (name, text) => `${words[`stacklab_${name}`]}: ${text}`;
  const parameters = (text) => line("parameters", `${text} = ${withCommas(nParameters)}`);
  const work = (text) => line("work", `${text} = ${withCommas(nMultiplyAdds)}`);
  if (kind === "conv" || POOLS.includes(kind)) {
    const size = line("side", `⌊(${sides[0]} + 2·${padding} − ${dilation}·(${kernel} − 1) − 1) / ${stride}⌋ + 1 = ${shape[1]}`);
    const field = line("field", `${given.receptiveField} + ${dilation}·(${kernel} − 1)·${given.jump} = ${receptiveField}`);
    if (kind !== "conv") return [size, words.stacklab_pool, field];
    return [size, parameters(`${units}·(${channels}·${kernel}·${kernel} + 1)`), work(`${units}·${channels}·${kernel}·${kernel} · ${shape[1]}·${shape[2]}`), field];
  }
  if (kind === "linear") return [parameters(`${units}·(${channels} + 1)`), work(`${units}·${channels}`)];
  if (kind === "flatten") return [line("values", `${SHAPE(given.shape)} = ${withCommas(shape[0])}`), line("field", `${given.receptiveField} + (${Math.max(1, ...sides)} − 1)·${given.jump} = ${receptiveField}`)];
  if (kind === "batchnorm") return [parameters(`2·${channels}`), work(SHAPE(given.shape))];
  if (kind === "dropout") return [words.stacklab_dropout];
  return [kind === "prelu" ? words.stacklab_prelu : words.stacklab_elementwise];
}

export default (component) => mountWidget(StackTable, component);
