// f and f′ in one picture with a probe to drag; moves in the browser alone. The server sends words and hears nothing.

const SVG = "http://www.w3.org/2000/svg";
const REACH = 6;
const STEP = 0.05;
const BOX = { left: 40, right: 690, top: 14, bottom: 306, width: 700, height: 334 };
const SAMPLES = 480;
const ADDRESS_PAUSE = 400; // ms; browsers refuse to change the address at every move of a slider
const START = { name: "sigmoid", x: 1.5, slope: null, second: "" };
const MOUNTED = new WeakMap();
const REMEMBERED = new Map(); // key → the state when the reader left the tab, and the link that it came from

function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flat(2));
  return element;
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const snap = (value) => Number((Math.round(value / STEP) * STEP).toFixed(2)) + 0;
const defaultSlope = (name) => (name in SLOPES ? SLOPES[name][0] : null);
const stateText = ({ name, x, slope, second }) => [name, x, slope ?? "", second].join(",").replace(/,+$/, "");

/** Read `?probe=name,x,slope,second`: the state, and whether anything in it had to be changed. */
function parseProbe(text) {
  const [name, x, slope, second] = text.split(",");
  const state = { ...START };
  if (Object.hasOwn(DERIVATIVES, name)) state.name = name;
  if (x !== undefined && x.trim() !== "" && Number.isFinite(Number(x))) state.x = snap(clamp(Number(x), -REACH, REACH));
  state.slope = defaultSlope(state.name);
  if (state.slope !== null && slope && Number.isFinite(Number(slope)))
    state.slope = clamp(Number(slope), SLOPES[state.name][1], SLOPES[state.name][2]);
  if (Object.hasOwn(DERIVATIVES, second ?? "")) state.second = second;
  const asked = { name, x: Number(x ?? START.x), slope: slope ? Number(slope) : state.slope, second: second ?? "" };
  const isChanged = Object.keys(state).some((field) => state[field] !== asked[field]);
  return { state, isChanged };
}

class Probe {
  constructor(parent) {
    this.path = location.pathname;
    this.root = make("div", { class: "probe" });
    parent.append(this.root);
    this.keepAddress = () => location.pathname === this.path && this.writeLater();
    window.navigation?.addEventListener("currententrychange", this.keepAddress); // the server may rewrite the address
  }

  take(data) {
    const declared = JSON.stringify([data.words, data.names]);
    const hasNewWords = declared !== this.declared;
    Object.assign(this, data, { declared });
    const kept = REMEMBERED.get(this.key);
    const isKept = kept && (!this.initial || this.initial === kept.initial || this.initial === stateText(kept.state));
    if (isKept) this.state = kept.state;
    else ({ state: this.state, isChanged: this.isCorrected } = this.initial ? parseProbe(this.initial) : { state: { ...START }, isChanged: false });
    REMEMBERED.set(this.key, { initial: this.initial || kept?.initial, state: this.state });
    if (hasNewWords) this.build();
    this.root.classList.toggle("dark", readTheme(this.root).isDark);
    this.show();
  }

  leave() {
    clearTimeout(this.timer);
    window.navigation?.removeEventListener("currententrychange", this.keepAddress);
    this.root.remove();
  }

  build() {
    const { words, names } = this;
    const options = () => Object.entries(names).map(([name, word]) => make("option", { value: name, text: word }));
    this.first = make("select", { onchange: () => this.change({ name: this.first.value, slope: defaultSlope(this.first.value) }) });
    this.first.append(...options());
    this.other = make("select", { onchange: () => this.change({ second: this.other.value }) });
    this.other.append(make("option", { value: "", text: words.probe_none }), ...options());
    this.x = this.makeSlider(words.probe_x, (value) => this.change({ x: snap(value) }));
    this.slope = this.makeSlider(words.probe_slope, (value) => this.change({ slope: value }));
    Object.assign(this.x.input, { min: -REACH, max: REACH, step: STEP });
    this.note = make("p", { class: "note", role: "status", text: words.probe_corrected });
    this.picture = make("div", { class: "picture" });
    this.picture.addEventListener("pointerdown", (event) => this.grab(event));
    this.picture.addEventListener("pointermove", (event) => event.buttons && this.drag(event));
    this.written = make("div", { class: "written", "aria-live": "polite" });
    this.facts = make("dl", { class: "facts" });
    this.legend = make("div", { class: "legend" });
    const choice = (word, select) => make("label", { class: "choice" }, make("span", { text: word }), select);
    this.root.replaceChildren(
      make("div", { class: "bar" }, choice(words.probe_function, this.first), choice(words.probe_second, this.other)),
      this.note,
      make(
        "div",
        { class: "main" },
        make("div", { class: "left" }, this.picture, this.legend, this.x.row, this.slope.row),
        make("div", { class: "right" }, this.written, this.facts),
      ),
    );
  }

  makeSlider(label, moved) {
    const input = make("input", { type: "range", "aria-label": label, oninput: () => moved(Number(input.value)) });
    const output = make("output");
    return { input, output, row: make("label", { class: "slider" }, make("span", { text: label }), input, output) };
  }

  grab(event) {
    this.picture.setPointerCapture(event.pointerId);
    this.drag(event);
  }

  drag(event) {
    const box = this.picture.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * BOX.width;
    this.change({ x: snap(clamp(((at - BOX.left) / (BOX.right - BOX.left)) * 2 * REACH - REACH, -REACH, REACH)) });
  }

  change(changed) {
    Object.assign(this.state, changed);
    this.isCorrected = false;
    this.show();
  }

  show() {
    const { name, x, slope, second } = this.state;
    const pair = findPair(name, slope);
    const other = second ? findPair(second, defaultSlope(second)) : null;
    this.note.hidden = !this.isCorrected;
    this.first.value = name;
    this.other.value = second;
    this.setSlider(this.x, x);
    this.slope.row.hidden = slope === null;
    if (slope !== null) {
      Object.assign(this.slope.input, { min: SLOPES[name][1], max: SLOPES[name][2], step: 0.01 });
      this.setSlider(this.slope, slope);
    }
    this.picture.replaceChildren(this.drawPicture(pair, other));
    this.showLegend();
    this.showWritten(pair);
    this.showFacts(pair);
    this.writeLater();
  }

  setSlider({ input, output }, value) {
    if (Number(input.value) !== value) input.value = value;
    output.textContent = value.toFixed(2).replace("-", "−");
    input.setAttribute("aria-valuetext", output.textContent);
  }

  drawPicture({ f, df }, other) {
    const { x, name } = this.state;
    const xs = Array.from({ length: SAMPLES + 1 }, (_, at) => -REACH + (2 * REACH * at) / SAMPLES);
    const curves = [f, df, ...(other ? [other.f, other.df] : [])].map((curve) => xs.map(curve));
    const low = Math.max(-3, Math.min(-0.2, ...curves.flat())) - 0.1;
    const high = Math.min(3, Math.max(1.2, ...curves.flat())) + 0.1;
    const toX = (value) => BOX.left + ((value + REACH) / (2 * REACH)) * (BOX.right - BOX.left);
    const toY = (value) => BOX.bottom - ((value - low) / (high - low)) * (BOX.bottom - BOX.top);
    const level = (value) => clamp(toY(value), BOX.top, BOX.bottom);
    const alt = fill(this.words.probe_plot, { activation: this.names[name], x: digits(x), f: digits(f(x)), df: digits(df(x)) });
    const points = (ys) => ys.map((y, at) => `${toX(xs[at]).toFixed(1)},${toY(y).toFixed(1)}`).join(" ");
    const kinds = ["f", "df", "f second", "df second"];
    return draw(
      "svg",
      { viewBox: `0 0 ${BOX.width} ${BOX.height}`, role: "img", "aria-label": alt },
      draw("clipPath", { id: "probe-area" }, draw("rect", { x: BOX.left, y: BOX.top, width: BOX.right - BOX.left, height: BOX.bottom - BOX.top })),
      findShade(df, REACH).map(([from, to]) => draw("rect", { x: toX(from), y: BOX.top, width: toX(to) - toX(from), height: BOX.bottom - BOX.top, class: "shade" })),
      this.drawAxes(toX, toY, low, high),
      curves.map((ys, at) => draw("polyline", { points: points(ys), class: `curve ${kinds[at]}`, "clip-path": "url(#probe-area)" })).reverse(),
      draw("line", { x1: toX(x), x2: toX(x), y1: BOX.top, y2: BOX.bottom, class: "line" }),
      draw("circle", { cx: toX(x), cy: level(df(x)), r: 6, class: "dot df" }),
      draw("circle", { cx: toX(x), cy: level(f(x)), r: 6, class: "dot f" }),
    );
  }

  drawAxes(toX, toY, low, high) {
    const words = (x, y, text, anchor) => draw("text", { x, y, "text-anchor": anchor }, text);
    const levels = [];
    for (let y = Math.ceil(low * 2) / 2; y <= high; y += high - low > 3.5 ? 1 : 0.5) levels.push(Math.round(y * 2) / 2);
    const steps = [-6, -4, -2, 0, 2, 4, 6];
    return [
      levels.map((y) => draw("line", { x1: BOX.left, x2: BOX.right, y1: toY(y), y2: toY(y), class: y === 0 ? "axis" : "grid" })),
      steps.map((x) => draw("line", { x1: toX(x), x2: toX(x), y1: BOX.top, y2: BOX.bottom, class: x === 0 ? "axis" : "grid" })),
      levels.map((y) => words(BOX.left - 6, toY(y) + 5, digits(y), "end")),
      steps.map((x) => words(toX(x), BOX.bottom + 20, digits(x), "middle")),
    ];
  }

  showLegend() {
    const { state, names, words } = this;
    const key = (kind, text) => make("span", {}, make("i", { class: `key ${kind}` }), document.createTextNode(text));
    const second = state.second ? [key("f second", `f: ${names[state.second]}`), key("df second", `f′: ${names[state.second]}`)] : [];
    this.legend.replaceChildren(key("f", `f: ${names[state.name]}`), key("df", `f′: ${names[state.name]}`), ...second, key("shade", words.probe_shade));
  }

  showWritten({ f, df }) {
    const { name, x, slope } = this.state;
    const formulas = FORMULAS[name](x, slope);
    const lines = [
      ["f", "f(x)", `f(${digits(x)})`, formulas.f, f(x)],
      ["df", "f′(x)", `f′(${digits(x)})`, formulas.df, df(x)],
    ].flatMap(([kind, general, here, [formula, numbers], value]) => [
      make("p", { class: `line ${kind}` }, ...typeset(`${general} = ${formula}`)),
      make("p", { class: "line numbers" }, ...typeset(`${here} = ${numbers} = `), make("b", {}, ...typeset(digits(value)))),
    ]);
    const chain = fill(this.words.probe_chain, { power: digits(df(x) ** 10) });
    const hasCorner = x === 0 && CORNERS[name]?.(slope);
    this.written.replaceChildren(...lines, make("p", { class: "hint" }, ...typeset(chain)));
    if (hasCorner) this.written.append(make("p", { class: "hint", text: this.words.probe_kink }));
  }

  showFacts(pair) {
    const { name, slope } = this.state;
    const { words } = this;
    const { mean, flat } = spreadFacts(pair);
    const bound = (value) => (Math.abs(value) === Infinity ? (value > 0 ? "∞" : "−∞") : digits(value));
    const span = (values) => `${bound(values[0])} … ${bound(values[1])}`;
    const isCentred = Math.abs(mean) < 1e-5;
    const rows = [
      [words.probe_range, span(findRange(name, slope, this.ranges))],
      [words.probe_largest, span(slopeRange(pair.df))],
      [words.probe_mean, `${isCentred ? "0" : digits(Number(mean.toFixed(4)))} (${isCentred ? words.probe_centred : words.probe_not_centred})`],
      [words.probe_saturated, `${(100 * flat).toFixed(1)} %`],
      [words.probe_source, this.sources[name]],
    ];
    this.facts.replaceChildren(...rows.flatMap(([term, value]) => [make("dt", { text: term }), make("dd", {}, ...typeset(value))]));
  }

  writeLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => writeProbe(stateText(this.state)), ADDRESS_PAUSE);
  }
}

/** Put the state into the address bar, without a step in the history; the starting values need no words. */
function writeProbe(text) {
  const query = new URLSearchParams(location.search);
  const wanted = text === stateText(START) ? "" : text;
  if (query.get("probe") === (wanted || null)) return;
  query.delete("probe");
  const parts = [query.toString(), wanted && `probe=${wanted}`].filter(Boolean);
  history.replaceState(history.state, "", location.pathname + (parts.length ? `?${parts.join("&")}` : "") + location.hash);
}

export default function mountProbe({ data, parentElement }) {
  const probe = MOUNTED.get(parentElement) ?? new Probe(parentElement);
  MOUNTED.set(parentElement, probe);
  probe.take(data);
  return () => {
    probe.leave();
    MOUNTED.delete(parentElement);
  };
}
