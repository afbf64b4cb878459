// Gibbs steps by hand: pixels and hidden units of a tiny RBM as tiles; everything is computed here, nothing is asked for.

const N_TRACE = 12; // pictures of the trace
const MANY = 25; // steps at one click

class GibbsSteps extends Widget {
  static look = "gibbs";
  static corrected = "gibbs_corrected";
  static address = "gibbs";
  static start = startGibbs;
  static toText = gibbsText;
  static read = readGibbs;

  /** `trained` are the parameters of the run on the page, once it has some. */
  take(data) {
    this.machines = { hand: handMachine(), random: randomMachine(), trained: data.trained };
    this.selected ??= 0;
    this.trace ??= [];
    super.take(data);
  }

  build() {
    const { words } = this;
    this.source = make("select", { "aria-label": words.gibbs_weights, onchange: () => this.choose(this.source.value) });
    this.pixels = make("div", { class: "pixels", role: "group", "aria-label": words.gibbs_visible });
    this.units = make("div", { class: "units", role: "group", "aria-label": words.gibbs_hidden });
    this.numbers = make("div", { class: "numbers", "aria-live": "polite" });
    this.strip = make("div", { class: "trace", role: "img", "aria-label": words.gibbs_trace });
    const button = (word, act) => make("button", { type: "button", text: words[word], onclick: act });
    const bar = make(
      "div",
      { class: "bar" },
      make("label", { class: "choice" }, make("span", { text: words.gibbs_weights }), this.source),
      button("gibbs_draw_hidden", () => this.move(() => this.drawHidden())),
      button("gibbs_draw_visible", () => this.move(() => this.drawVisible())),
      button("gibbs_many", () => this.move(() => this.drawMany())),
      button("gibbs_reset", () => this.choose(this.state.source)),
    );
    const layer = (word, tiles) => make("figure", { class: "layer" }, make("figcaption", { text: words[word] }), tiles);
    const layers = make("div", { class: "layers" }, layer("gibbs_visible", this.pixels), layer("gibbs_hidden", this.units));
    this.root.replaceChildren(this.makeNote(), bar, layers, this.numbers, layer("gibbs_trace", this.strip));
  }

  /** The machine that is shown: until something is trained there is no trained one. */
  get machine() {
    return this.machines[this.state.source] ?? this.machines.hand;
  }

  choose(source) {
    this.trace = [];
    this.selected = 0;
    this.change({ ...startGibbs(), source, h: Array(this.machines[source].hidden.length).fill(0) });
  }

  move(act) {
    act();
    this.change({});
  }

  drawHidden() {
    const { state, machine } = this;
    this.drawn = machine.hidden.map((_, unit) => uniform(state.seed, state.draws, unit));
    state.h = this.drawn.map((number, unit) => Number(number < logistic(intoHidden(machine, state.v, unit))));
    state.draws += 1;
  }

  drawVisible() {
    const { state, machine } = this;
    state.v = machine.visible.map((_, pixel) => Number(uniform(state.seed, state.draws, 100 + pixel) < logistic(intoVisible(machine, state.h, pixel))));
    state.draws += 1;
    this.drawn = null;
    this.trace = [...this.trace, state.v].slice(-N_TRACE);
  }

  drawMany() {
    for (let step = 0; step < MANY; step++) {
      this.drawHidden();
      this.drawVisible();
    }
  }

  flip(pixel) {
    this.state.v[pixel] = 1 - this.state.v[pixel];
    this.drawn = null;
    this.change({});
  }

  show() {
    const { state, machine, words } = this;
    if (!this.machines[state.source]) state.source = "hand";
    if (state.h.length !== machine.hidden.length) state.h = Array(machine.hidden.length).fill(0);
    this.selected = Math.min(this.selected, machine.hidden.length - 1);
    const offered = SOURCES.filter((name) => this.machines[name]);
    this.source.replaceChildren(...offered.map((name) => make("option", { value: name, text: words[`gibbs_${name}`], selected: name === state.source })));
    this.source.value = state.source;
    this.showNote();
    this.showTiles();
    this.showNumbers();
    this.root.dataset.energy = energies(machine, state.v, state.h).total;
    this.root.dataset.draws = state.draws;
    this.writeLater();
  }

  /** The tiles stay the same elements, so that the keyboard's focus stays where it is. */
  showTiles() {
    const { state, machine, words } = this;
    const sure = (p) => p.toFixed(2);
    this.fill(this.pixels, N_PIXELS, (pixel) => this.flip(pixel), (tile, pixel) => {
      const p = logistic(intoVisible(machine, state.h, pixel));
      tile.firstChild.className = `unit ${state.v[pixel] ? "on" : "off"}`;
      tile.lastChild.textContent = sure(p);
      tile.setAttribute("aria-pressed", Boolean(state.v[pixel]));
      tile.setAttribute("aria-label", fill(words.gibbs_pixel_alt, { n: pixel + 1, p: sure(p) }));
    });
    const theme = readTheme(this.root);
    const largest = Math.max(...machine.weight.flat().map(Math.abs), 1e-9);
    this.fill(this.units, machine.hidden.length, (unit) => this.select(unit), (tile, unit) => {
      const p = logistic(intoHidden(machine, state.v, unit));
      const cells = machine.weight.map((row) => make("i", { style: `background:${css(diverging(row[unit] / largest, theme))}` }));
      tile.firstChild.replaceChildren(...cells);
      tile.firstChild.className = `filter ${state.h[unit] ? "on" : "off"}`;
      tile.classList.toggle("chosen", unit === this.selected);
      tile.lastChild.textContent = `${state.h[unit] ? words.gibbs_on : words.gibbs_off} · ${sure(p)}`;
      tile.setAttribute("aria-label", fill(words.gibbs_unit_alt, { n: unit + 1, p: sure(p), state: state.h[unit] ? words.gibbs_on : words.gibbs_off }));
    });
    this.strip.replaceChildren(...this.trace.map((v) => make("span", { class: "small" }, ...v.map((on) => make("i", { class: on ? "on" : "off" })))));
  }

  fill(parent, count, act, paint) {
    while (parent.children.length > count) parent.lastChild.remove();
    while (parent.children.length < count) {
      const at = parent.children.length;
      parent.append(make("button", { type: "button", class: "tile", onclick: () => act(at) }, make("span"), make("small")));
    }
    [...parent.children].forEach(paint);
  }

  select(unit) {
    this.selected = unit;
    this.change({});
  }

  /** E term by term, F, and how the chosen unit comes to its probability. */
  showNumbers() {
    const { state, machine, words, selected } = this;
    const found = energies(machine, state.v, state.h);
    const terms = `E = −b·v − c·h − vᵀWh = ${two(found.visible)} + ${bracketed(found.hidden)} + ${bracketed(found.pairs)} = ${two(found.total)}`;
    const weights = machine.weight.filter((_, pixel) => state.v[pixel]).map((row) => ` + ${bracketed(row[selected])}`);
    const into = intoHidden(machine, state.v, selected);
    const n = subscript(selected + 1);
    const sum = `p(h${n} = 1 | v) = σ(c${n} + Σ vᵢWᵢ${n}) = σ(${two(machine.hidden[selected])}${weights.join("")}) = σ(${two(into)}) = ${logistic(into).toFixed(2)}`;
    const drawn = this.drawn?.[selected];
    const said = drawn === undefined ? words.gibbs_not_drawn : fill(drawn < logistic(into) ? words.gibbs_drawn_on : words.gibbs_drawn_off, { u: drawn.toFixed(2), p: logistic(into).toFixed(2) });
    this.numbers.replaceChildren(
      make("p", { text: terms }),
      make("p", { text: `F(v) = ${two(found.free)}` }),
      make("p", { text: sum }),
      make("p", { class: "hint", text: said }),
    );
  }
}

export default (component) => mountWidget(GibbsSteps, component);
