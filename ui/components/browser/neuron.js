// One neuron: its controls, and what follows from them. The server sends words and a starting state, and hears nothing.

const ADDRESS_PAUSE = 400; // ms; browsers refuse to change the address at every move of a slider
const MOUNTED = new WeakMap(); // where it is mounted → the neuron
const REMEMBERED = new Map(); // key → what it was set to when the reader left the tab, and the link that it came from

class Neuron {
  constructor(parent) {
    this.path = location.pathname;
    this.corrections = []; // of the link; null: it could not be read
    this.root = make("div", { class: "neuron" });
    parent.append(this.root);
    this.keepAddress = () => location.pathname === this.path && this.writeLater();
    window.navigation?.addEventListener("currententrychange", this.keepAddress); // the server may rewrite the address
  }

  /** What the server sends: at first, and again with another language or another link. */
  take({ key, initial, words, activations }) {
    const declared = JSON.stringify([words, activations]);
    const hasNewWords = declared !== this.declared;
    Object.assign(this, { key, words, activations, declared });
    const kept = REMEMBERED.get(key);
    const isKept = kept && (!initial || initial === kept.initial || initial === stateText(kept.state));
    if (isKept) this.state = kept.state;
    else this.read(initial);
    REMEMBERED.set(key, { initial: initial || kept?.initial, state: this.state });
    if (hasNewWords) this.build();
    this.root.classList.toggle("dark", readTheme(this.root).isDark);
    this.show();
  }

  read(initial) {
    const found = initial ? parseState(initial) : { state: copyState(START), changes: [] };
    this.state = found ? found.state : copyState(START);
    this.corrections = found ? found.changes : null;
  }

  leave() {
    clearTimeout(this.timer);
    window.navigation?.removeEventListener("currententrychange", this.keepAddress);
    this.root.remove();
  }

  // --- what is on the screen

  build() {
    this.sliders = SYMBOLS.map((symbol, at) => this.makeSlider(symbol, at));
    this.select = make("select", { onchange: () => this.change({ activation: this.select.value }) });
    this.select.append(...Object.entries(this.activations).map(([name, word]) => make("option", { value: name, text: word })));
    this.presets = Object.keys(PRESETS).map((name) => this.makePreset(name));
    this.note = make("p", { class: "note", role: "status" });
    this.diagram = make("div", { class: "diagram" });
    this.plot = make("figure", { class: "plot" });
    this.sum = make("p", { class: "line" });
    this.result = make("p", { class: "line", "aria-live": "polite" });
    this.table = make("div", { class: "table" });
    this.root.replaceChildren(
      this.makeBar(),
      this.note,
      make("div", { class: "main" }, this.makeControls(), this.diagram, this.plot, this.makeWritten(), this.table),
    );
  }

  makeWritten() {
    const legend = make("p", { class: "hint", text: this.words.neuron_legend });
    return make("div", { class: "written" }, make("div", { class: "numbers" }, this.sum, this.result), legend);
  }

  makeBar() {
    const { words } = this;
    const zero = () => this.change({ values: this.state.values.map((value, at) => (INPUTS.includes(at) ? 0 : value)) });
    return make(
      "div",
      { class: "bar" },
      make("label", { class: "choice" }, make("span", { text: words.neuron_activation }), this.select),
      make(
        "div",
        { class: "buttons", role: "group", "aria-label": words.neuron_presets },
        make("span", { text: words.neuron_presets }),
        ...this.presets,
      ),
      make(
        "div",
        { class: "buttons" },
        make("button", { type: "button", text: words.neuron_zero_inputs, onclick: zero }),
        make("button", { type: "button", text: words.neuron_reset, onclick: () => this.change(copyState(START)) }),
      ),
    );
  }

  makePreset(name) {
    const word = this.words[`neuron_preset_${name}`];
    return make("button", { type: "button", text: word, "data-preset": name, onclick: () => this.change(presetState(name)) });
  }

  makeControls() {
    const group = (name, places) =>
      make(
        "div",
        { class: "sliders", role: "group", "aria-label": this.words[name] },
        make("p", { class: "heading", text: this.words[name] }),
        ...places.map((at) => this.sliders[at].row),
      );
    return make("div", { class: "controls" }, group("neuron_inputs", INPUTS), group("neuron_weights", [...WEIGHTS, BIAS]));
  }

  makeSlider(symbol, at) {
    const kind = at === BIAS ? "neuron_bias" : at < WEIGHTS[0] ? "neuron_input" : "neuron_weight";
    const label = fill(this.words[kind], { name: symbol });
    const input = make("input", { type: "range", min: -LIMIT, max: LIMIT, step: STEP, "aria-label": label });
    const output = make("output");
    input.addEventListener("input", () => {
      const values = [...this.state.values];
      values[at] = snap(Number(input.value));
      this.change({ values });
    });
    return { input, output, row: make("label", { class: "slider" }, make("span", { class: "symbol", text: symbol }), input, output) };
  }

  // --- what follows from the state

  change(changed) {
    Object.assign(this.state, changed);
    this.corrections = [];
    this.show();
  }

  show() {
    const { values, activation } = this.state;
    const f = ACTIVATION_FUNCTIONS[activation];
    const z = weightedSum(values);
    const word = this.activations[activation];
    this.showControls();
    this.showNote();
    this.diagram.replaceChildren(drawDiagram(this.state, z, f(z), this.words, word));
    const caption = make("figcaption", { text: `f: ${word}` });
    this.plot.replaceChildren(caption, drawPlot(f, z, this.words, word));
    this.sum.replaceChildren(...this.writeSum(z));
    this.result.replaceChildren(...this.writeResult(z, f(z)));
    this.showTable();
    this.writeLater();
  }

  showControls() {
    this.sliders.forEach(({ input, output }, at) => {
      const value = this.state.values[at];
      if (Number(input.value) !== value) input.value = value;
      output.textContent = two(value);
      input.setAttribute("aria-valuetext", two(value));
      if (!INPUTS.includes(at)) input.className = signClass(value);
    });
    this.select.value = this.state.activation;
    for (const button of this.presets) button.setAttribute("aria-pressed", button.dataset.preset === this.state.preset);
  }

  showNote() {
    const { corrections, words } = this;
    this.note.hidden = corrections !== null && corrections.length === 0;
    if (corrections === null) this.note.textContent = words.neuron_unreadable;
    else this.note.textContent = fill(words.neuron_corrected, { changes: corrections.map((change) => this.sayChange(change)).join(", ") });
  }

  sayChange([name, asked, used]) {
    const wanted = asked.length > 16 ? `${asked.slice(0, 15)}…` : asked;
    const got = this.activations[used] ?? this.words[`neuron_preset_${used}`] ?? used.replace("-", "−");
    return `${name && `${name}: `}${wanted ? `“${wanted}”` : "–"} → ${got || "–"}`;
  }

  /** z with the reader's numbers; a line may break between two terms, never inside one. */
  writeSum(z) {
    const { values } = this.state;
    const terms = INPUTS.map((at) => [values[WEIGHTS[at]], values[at]]);
    const products = terms.map(([w, x]) => make("span", { class: `term ${signClass(w * x)}`, text: `${bracketed(w)}·${bracketed(x)}` }));
    const bias = make("span", { class: `term ${signClass(values[BIAS])}`, text: bracketed(values[BIAS]) });
    const added = [...products, bias].flatMap((term, at) => (at ? [" + ", term] : [term]));
    return [make("span", { class: "term", text: "z =" }), " ", ...added, " ", make("b", { class: "term", text: `= ${two(z)}` })];
  }

  writeResult(z, a) {
    const sign = Number(a.toFixed(4)) === a ? "=" : "≈";
    return ["a = f(z) = ", make("span", { class: "term", text: `f(${two(z)})` }), " ", make("b", { class: "term", text: `${sign} ${four(a)}` })];
  }

  showTable() {
    const { state, words } = this;
    if (!state.preset) return this.table.replaceChildren();
    const rows = truthTable(state);
    const title = fill(words.neuron_table, { name: words[`neuron_preset_${state.preset}`] });
    const heads = [...SYMBOLS.slice(0, rows[0].bits.length), words.neuron_table_wanted, words.neuron_table_got, "", ""];
    const focused = this.table.getRootNode().activeElement?.dataset?.row;
    const rule = fill(words.neuron_table_rule, { right: rows.filter((row) => row.isRight).length, total: rows.length });
    const rest = INPUTS.slice(rows[0].bits.length).some((at) => state.values[at] * state.values[WEIGHTS[at]] !== 0);
    this.table.replaceChildren(
      make("table", {}, make("caption", { text: title }), makeHead(heads), make("tbody", {}, ...rows.map((row) => this.makeRow(row)))),
      make("p", { class: "hint", text: rule }),
      rest ? make("p", { class: "hint", text: words.neuron_table_others }) : "",
    );
    if (focused) this.table.querySelector(`[data-row="${focused}"]`)?.focus();
  }

  makeRow({ bits, wanted, output, isRight }) {
    const { words } = this;
    const put = () => this.change({ values: [...bits, ...this.state.values.slice(bits.length)] });
    const said = `${words.neuron_table_row}: ${bits.map((bit, at) => `${SYMBOLS[at]} = ${bit}`).join(", ")}`;
    const button = make("button", { type: "button", text: "↖", title: said, "aria-label": said, "data-row": bits.join(""), onclick: put });
    const mark = make("span", { class: isRight ? "right" : "wrong", text: isRight ? `✓ ${words.neuron_table_right}` : `✗ ${words.neuron_table_wrong}` });
    const isHere = bits.every((bit, at) => this.state.values[at] === bit);
    const numbers = [...bits, wanted, four(output)].map((value) => make("td", { text: String(value) }));
    return make("tr", { class: isHere ? "here" : null }, ...numbers, make("td", {}, mark), make("td", {}, button));
  }

  writeLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => writeAddress(stateText(this.state)), ADDRESS_PAUSE);
  }
}

function makeHead(words) {
  return make("thead", {}, make("tr", {}, ...words.map((word) => make(word ? "th" : "td", { text: word, scope: word ? "col" : null }))));
}

export default function mountNeuron({ data, parentElement }) {
  const neuron = MOUNTED.get(parentElement) ?? new Neuron(parentElement);
  MOUNTED.set(parentElement, neuron);
  neuron.take(data);
  return () => {
    neuron.leave();
    MOUNTED.delete(parentElement);
  };
}
