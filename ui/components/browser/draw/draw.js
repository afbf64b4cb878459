// The sheet: strokes by mouse, pen or finger, an eraser, and sample digits as buttons; what is on it is sent when a stroke ends.

const STROKE = 2.3 / SAMPLE_SIDE; // how thick a stroke is, as a share of the sheet: about as in MNIST
const ERASER = 2.5; // times as thick
const SHEETS = new WeakMap(); // where it is mounted → the sheet

class Sheet {
  constructor(parent) {
    this.root = make("div", { class: "draw" });
    this.tool = "pen";
    parent.append(this.root);
  }

  take({ words, samples, kept }, setStateValue) {
    this.send = (drawing) => setStateValue("drawing", drawing);
    const declared = JSON.stringify(words);
    if (declared !== this.declared) {
      Object.assign(this, { words, declared });
      this.build(samples);
    }
    if (!this.isUsed && kept) this.lay(fromBase64(kept), SIDE);
    this.isUsed = true;
    this.paint();
  }

  build(samples) {
    const { words } = this;
    const before = this.canvas;
    this.canvas = make("canvas", { width: SIDE * FINE, height: SIDE * FINE, role: "img", "aria-label": words.draw_sheet });
    if (before) this.pen.drawImage(before, 0, 0);
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
      this.canvas.addEventListener(name, (event) => this[name](event));
    }
    this.tools = ["pen", "eraser"].map((name) => make("button", { type: "button", "data-tool": name, text: words[`draw_${name}`], onclick: () => this.choose(name) }));
    const clear = make("button", { type: "button", "data-tool": "clear", text: words.draw_clear, onclick: () => this.clear() });
    const all = fromBase64(samples);
    this.samples = Array.from({ length: 10 }, (_, digit) => all.subarray(digit * SAMPLE_SIDE ** 2, (digit + 1) * SAMPLE_SIDE ** 2));
    this.offers = this.samples.map((sample, digit) =>
      make("button", { type: "button", class: "sample", title: fill(words.draw_sample, { n: digit }), "aria-label": fill(words.draw_sample, { n: digit }), onclick: () => this.show(sample) }),
    );
    const offered = make("div", { class: "samples", role: "group", "aria-label": words.draw_samples }, make("span", { text: words.draw_samples }), ...this.offers);
    this.root.replaceChildren(this.canvas, make("div", { class: "tools" }, ...this.tools, clear), offered);
    this.choose(this.tool);
  }

  get pen() {
    return this.canvas.getContext("2d", { willReadFrequently: true });
  }

  get colour() {
    return toRgb(readTheme(this.root).text);
  }

  /** Everything in the page's colours, which may have changed from light to dark. */
  paint() {
    const colour = this.colour;
    const { pen, canvas } = this;
    pen.globalCompositeOperation = "source-in";
    pen.fillStyle = css(colour);
    pen.fillRect(0, 0, canvas.width, canvas.height);
    this.offers.forEach((offer, digit) => offer.replaceChildren(inkCanvas(this.samples[digit], SAMPLE_SIDE, colour)));
  }

  choose(name) {
    this.tool = name;
    for (const tool of this.tools) tool.setAttribute("aria-pressed", tool.dataset.tool === name);
  }

  clear() {
    this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.choose("pen");
    this.tell();
  }

  /** Ink (side)² in place of what is there. */
  lay(ink, side) {
    const { pen, canvas } = this;
    pen.globalCompositeOperation = "source-over";
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(inkCanvas(ink, side, this.colour), 0, 0, canvas.width, canvas.height);
  }

  show(sample) {
    this.lay(sample, SAMPLE_SIDE);
    this.tell();
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * this.canvas.width, ((event.clientY - box.top) / box.height) * this.canvas.height];
  }

  pointerdown(event) {
    if (event.button !== 0 || this.pointer !== undefined) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.last = this.place(event);
    this.stroke(this.last);
  }

  pointermove(event) {
    if (event.pointerId !== this.pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length ? events : [event]) this.stroke(this.place(one));
  }

  pointerup(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = undefined;
    this.tell();
  }

  pointercancel(event) {
    this.pointerup(event);
  }

  stroke(to) {
    const { pen, canvas } = this;
    const isEraser = this.tool === "eraser";
    pen.globalCompositeOperation = isEraser ? "destination-out" : "source-over";
    pen.strokeStyle = css(this.colour);
    pen.lineWidth = canvas.width * STROKE * (isEraser ? ERASER : 1);
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...this.last);
    pen.lineTo(...to);
    pen.stroke();
    this.last = to;
  }

  tell() {
    const { pen, canvas } = this;
    const ink = averageInk(pen.getImageData(0, 0, canvas.width, canvas.height).data);
    const drawing = ink.some((value) => value > 0) ? toBase64(ink) : "";
    this.root.dataset.ink = ink.reduce((sum, value) => sum + value, 0);
    this.send(drawing);
  }
}

export default ({ data, parentElement, setStateValue }) => {
  const sheet = SHEETS.get(parentElement) ?? new Sheet(parentElement);
  SHEETS.set(parentElement, sheet);
  sheet.take(data, setStateValue);
  return () => {
    sheet.root.remove();
    SHEETS.delete(parentElement);
  };
};
