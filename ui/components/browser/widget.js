// What widgets that need no server share: SVG, axes, sliders, and a state in the address bar.

const SVG = "http://www.w3.org/2000/svg";
const ADDRESS_PAUSE = 400; // ms; browsers refuse to change the address at every move of a slider
const MOUNTED = new WeakMap(); // where it is mounted → the widget
const REMEMBERED = new Map(); // key → its state when the reader left the tab, and the link that it came from

const clip = (value, low, high) => Math.min(high, Math.max(low, value));

/** Two decimals, a true minus sign. */
const two = (value) => (value.toFixed(2) === "-0.00" ? "0.00" : value.toFixed(2).replace("-", "−"));
const bracketed = (value) => (value < 0 ? `(${two(value)})` : two(value));
const snapTo = ({ min, max, step }, value) => Number(clip(min + Math.round((value - min) / step) * step, min, max).toFixed(6));

/** Whether everything that a link asks for is what it gets; what it leaves out was not asked for. */
function isGranted(asked, used) {
  const got = used.split(",");
  return asked.split(",").every((part, at) => part.trim() === "" || part === got[at] || Number(part) === Number(got[at] ?? NaN));
}

function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
  element.append(...children.flat(3));
  return element;
}

function drawWords(x, y, words, kind = "", anchor = "middle") {
  return draw("text", { x, y, "text-anchor": anchor, class: kind }, words);
}

/** About so many multiples of 1, 2 or 5 times a power of ten. */
function findTicks(low, high, count = 4) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(6)));
}

/** From numbers to places in a box, for an axis each. */
function makeScales({ left, right, top, bottom }, [lowX, highX], [lowY, highY]) {
  return {
    toX: (x) => left + ((x - lowX) / (highX - lowX)) * (right - left),
    toY: (y) => bottom - ((y - lowY) / (highY - lowY)) * (bottom - top),
    fromX: (at) => lowX + ((at - left) / (right - left)) * (highX - lowX),
  };
}

function polyline(points, scales, attributes) {
  const at = ([x, y]) => `${scales.toX(x).toFixed(1)},${scales.toY(y).toFixed(1)}`;
  return draw("polyline", { points: points.map(at).join(" "), fill: "none", ...attributes });
}

/** A labelled slider; `change` gets its new value. */
function makeSlider(name, label, range, change) {
  const input = make("input", { type: "range", ...range, "aria-label": label, "data-name": name });
  const output = make("output");
  input.addEventListener("input", () => change(snapTo(range, Number(input.value))));
  const row = make("label", { class: "slider" }, make("span", { text: label }), output, input);
  const show = (value, said = two(value)) => {
    if (Number(input.value) !== value) input.value = value;
    output.textContent = said;
    input.setAttribute("aria-valuetext", said);
  };
  return { row, input, show };
}

/** Where an event is in the coordinates of an SVG's viewBox. */
function placeIn(svg, event) {
  const box = svg.getBoundingClientRect();
  const view = svg.viewBox.baseVal;
  return [((event.clientX - box.left) / box.width) * view.width, ((event.clientY - box.top) / box.height) * view.height];
}

/** Put `name=text` into the address bar, without a step in the history; nothing for the starting state. */
function writeAddress(name, text) {
  const query = new URLSearchParams(location.search);
  if (query.get(name) === (text || null)) return;
  query.delete(name);
  const parts = [query.toString(), text && `${name}=${text}`].filter(Boolean);
  history.replaceState(history.state, "", location.pathname + (parts.length ? `?${parts.join("&")}` : "") + location.hash);
}

/**
 * A widget whose whole state is one text in the address bar; subclasses say how it is read, built and shown, and have
 * `look`, the class of its root, and `corrected`, the word that says that a link asked for what cannot be.
 */
class Widget {
  constructor(parent) {
    this.path = location.pathname;
    this.root = make("div", { class: `widget ${this.constructor.look}` });
    parent.append(this.root);
    this.keepAddress = () => location.pathname === this.path && this.writeLater();
    window.navigation?.addEventListener("currententrychange", this.keepAddress); // the server may rewrite the address
  }

  /** What the server sends: at first, and again with another language or another link. */
  take({ key, initial, words }) {
    const declared = JSON.stringify(words);
    const isNew = declared !== this.declared;
    Object.assign(this, { key, words, declared });
    const kept = REMEMBERED.get(key);
    const isKept = kept && (!initial || initial === kept.initial || initial === this.constructor.toText(kept.state));
    if (isKept) this.state = kept.state;
    else {
      const read = initial ? this.constructor.read(initial) : null;
      this.state = read ?? this.constructor.start();
      this.corrected = initial && !isGranted(initial, this.constructor.toText(this.state));
    }
    REMEMBERED.set(key, { initial: initial || kept?.initial, state: this.state });
    if (isNew) this.build();
    this.root.classList.toggle("dark", readTheme(this.root).isDark);
    this.show();
  }

  change(changed) {
    Object.assign(this.state, changed);
    this.corrected = false;
    this.show();
  }

  get colours() {
    return readTheme(this.root).series;
  }

  makeNote() {
    this.note = make("p", { class: "note", role: "status" });
    return this.note;
  }

  showNote() {
    this.note.hidden = !this.corrected;
    this.note.textContent = this.corrected ? this.words[this.constructor.corrected] : "";
  }

  writeLater() {
    clearTimeout(this.timer);
    const text = this.constructor.toText(this.state);
    const isStart = text === this.constructor.toText(this.constructor.start());
    const name = this.address ?? this.constructor.address; // of two of a kind on a page, each has its own
    this.timer = setTimeout(() => writeAddress(name, isStart ? "" : text), ADDRESS_PAUSE);
  }

  leave() {
    clearTimeout(this.timer);
    window.navigation?.removeEventListener("currententrychange", this.keepAddress);
    this.root.remove();
  }
}

function mountWidget(Kind, { data, parentElement }) {
  const widget = MOUNTED.get(parentElement) ?? new Kind(parentElement);
  MOUNTED.set(parentElement, widget);
  widget.take(data);
  return () => {
    widget.leave();
    MOUNTED.delete(parentElement);
  };
}
