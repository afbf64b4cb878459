// The four stages of a head as rows of bars that follow six sliders; a slot that is pointed at gets its numbers.

const ROW = { high: 50, gap: 20, first: 86 };
const LEFT = 8;
const HEAD_WIDTH = { least: 280, most: 820 };
const ARROW = 17; // pixels from the middle of an arrow to its tip

class AddressingHead extends Widget {
  static look = "addressing";
  static corrected = "ntmhead_corrected";
  static address = "head";
  static start = startHead;
  static toText = headText;
  static read = readHead;

  build() {
    const { words } = this;
    const slider = (name) => makeSlider(name, words[`ntmhead_${name}`], HEAD_RANGES[name], (value) => this.change({ [name]: value, repeats: 0 }));
    this.sliders = Object.fromEntries(HEAD_NAMES.slice(0, -1).map((name) => [name, slider(name)]));
    const button = (name, act) => make("button", { type: "button", text: words[`ntmhead_${name}`], onclick: act });
    const again = button("again", () => this.change({ repeats: Math.min(HEAD_RANGES.repeats.max, this.state.repeats + 1) }));
    const reset = button("reset", () => this.change(startHead()));
    this.count = make("span", { class: "hint", "aria-live": "polite" });
    const bar = make("div", { class: "bar" }, again, reset, this.count);
    const controls = make("div", { class: "controls" }, ...Object.values(this.sliders).map(({ row }) => row), bar);
    this.picture = make("figure", { class: "picture" });
    this.numbers = make("div", { class: "numbers", "aria-live": "polite" });
    const right = make("div", {}, this.picture, make("p", { class: "hint", text: words.ntmhead_hint }));
    this.root.replaceChildren(this.makeNote(), make("div", { class: "head" }, controls, right), this.numbers);
    this.seen = null;
    this.observer ??= new ResizeObserver(() => this.stages && this.drawPicture());
    this.observer.disconnect();
    this.observer.observe(this.picture);
  }

  leave() {
    this.observer?.disconnect();
    super.leave();
  }

  show() {
    const { state, words } = this;
    for (const [name, slider] of Object.entries(this.sliders)) {
      const said = { key: `${state.key}°`, slot: String(state.slot) }[name];
      slider.show(state[name], said);
    }
    this.showNote();
    this.stages = stagesOf(state);
    this.count.textContent = fill(words.ntmhead_count, { n: state.repeats + 1 });
    this.drawPicture();
    this.showNumbers();
    this.root.dataset.weights = JSON.stringify(this.stages.sharpened);
    this.writeLater();
  }

  /** The slot whose numbers are told: the one that is pointed at, else the heaviest. */
  get slot() {
    const { sharpened } = this.stages;
    return this.seen ?? sharpened.indexOf(Math.max(...sharpened));
  }

  look(at) {
    if (this.seen === at) return;
    this.seen = at;
    this.drawPicture();
    this.showNumbers();
  }

  get width() {
    return clip(this.picture.clientWidth || HEAD_WIDTH.most, HEAD_WIDTH.least, HEAD_WIDTH.most);
  }

  placeOf(at) {
    const each = (this.width - 2 * LEFT) / ANGLES.length;
    return [LEFT + each * at, each];
  }

  drawPicture() {
    const { words } = this;
    const height = ROW.first + STAGES.length * (ROW.high + ROW.gap) + 4;
    const alt = fill(words.ntmhead_alt, { slot: this.slot + 1, weight: two(this.stages.sharpened[this.slot]) });
    const view = { viewBox: `0 0 ${this.width} ${height}`, role: "group", "aria-label": alt };
    const rows = STAGES.map((name, row) => this.drawRow(name, row));
    const columns = ANGLES.map((_, at) => this.drawColumn(at, height));
    const [left, each] = this.placeOf(this.slot);
    const marked = draw("rect", { x: left + 1, y: 18, width: each - 2, height: height - 20, class: "seen" });
    const focused = this.picture.contains(document.activeElement) || this.picture.getRootNode().activeElement?.closest?.(".column");
    const svg = draw("svg", view, marked, drawWords(LEFT, 13, words.ntmhead_memory, "tick", "start"), this.drawMemory(), rows, columns);
    this.picture.replaceChildren(svg);
    if (focused) columns[this.slot].focus();
  }

  /** What the slots hold, as arrows, each with the key behind it. */
  drawMemory() {
    return ANGLES.map((angle, at) => {
      const [left, each] = this.placeOf(at);
      const middle = [left + each / 2, 42];
      return [
        this.drawArrow(middle, this.state.key, { stroke: this.colours[1], "stroke-width": 2, "stroke-dasharray": "3 2" }),
        this.drawArrow(middle, angle, { stroke: "var(--st-text-color)", "stroke-width": 2.5 }),
        drawWords(middle[0], 76, String(at + 1), "tick"),
      ];
    });
  }

  drawArrow([x, y], degrees, look) {
    const tip = (turn, far) => {
      const radians = ((degrees + turn) * Math.PI) / 180;
      return `${(x + far * Math.cos(radians)).toFixed(1)},${(y - far * Math.sin(radians)).toFixed(1)}`;
    };
    const points = [`${x},${y}`, tip(0, ARROW), tip(18, ARROW - 6), tip(0, ARROW), tip(-18, ARROW - 6)];
    return draw("polyline", { points: points.join(" "), fill: "none", ...look });
  }

  drawRow(name, row) {
    const top = ROW.first + row * (ROW.high + ROW.gap) + ROW.gap - 4;
    const bars = this.stages[name].flatMap((value, at) => {
      const [left, each] = this.placeOf(at);
      const high = Math.max(0.6, value * ROW.high);
      const bar = draw("rect", { x: left + 0.18 * each, width: 0.64 * each, y: top + ROW.high - high, height: high, fill: row ? this.colours[0] : "var(--faint)" });
      const said = value >= 0.005 && each > 34 ? [drawWords(left + each / 2, top + ROW.high - high - (value > 0.7 ? -15 : 4), two(value), value > 0.7 ? "inside" : "tick")] : [];
      return [bar, ...said];
    });
    const base = draw("line", { x1: LEFT, x2: this.width - LEFT, y1: top + ROW.high, y2: top + ROW.high, class: "axis" });
    return [bars, base, drawWords(LEFT, top - 4, this.words[`ntmhead_${name}`], "name", "start")];
  }

  /** The part of the picture that belongs to a slot: pointing or the keys choose it. */
  drawColumn(at, height) {
    const [left, each] = this.placeOf(at);
    const label = `${this.words.ntmhead_slot_n} ${at + 1}: ${two(this.stages.sharpened[at])}`;
    const column = draw("rect", { x: left, y: 0, width: each, height, class: "column", tabindex: at === this.slot ? 0 : -1, role: "button", "aria-label": label });
    column.addEventListener("pointerenter", () => this.look(at));
    column.addEventListener("click", () => this.look(at));
    column.addEventListener("keydown", (event) => this.press(event, at));
    return column;
  }

  press(event, at) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.look((at + step + ANGLES.length) % ANGLES.length);
  }

  showNumbers() {
    const { words, state, stages, slot } = this;
    const n = ANGLES.length;
    const [before, after] = [(slot + n - 1) % n, (slot + 1) % n];
    const scores = cosines(state.key).map((cosine) => Math.exp(state.strength * cosine));
    const [back, stay, on] = kernelOf(state.move).map(two);
    const powers = stages.shifted.map((value) => value ** state.power);
    const gated = (at) => two(stages.gated[at]);
    const sides = {
      content: `e^(${two(state.strength)} · ${bracketed(cosines(state.key)[slot])}) / Σ = ${say(scores[slot])} / ${say(sum(scores))}`,
      gated: `${two(state.gate)} · ${two(stages.content[slot])} + ${two(1 - state.gate)} · ${two(stages.previous[slot])}`,
      shifted: `${back} · ${gated(after)} + ${stay} · ${gated(slot)} + ${on} · ${gated(before)}`,
      sharpened: `${two(stages.shifted[slot])}^${two(state.power)} / Σ = ${say(powers[slot])} / ${say(sum(powers))}`,
    };
    const lines = Object.entries(sides).map(([name, side]) => make("p", { text: `${words[`ntmhead_short_${name}`]}: ${side} = ${two(stages[name][slot])}` }));
    this.numbers.replaceChildren(make("p", { class: "hint", text: `${words.ntmhead_slot_n} ${slot + 1}` }), ...lines);
  }
}

export default (component) => mountWidget(AddressingHead, component);
