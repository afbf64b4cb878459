// A pad for one curve y(x): drawn by mouse, pen or finger from side to side, or moved with the arrow keys place by place.

const PAD = { left: 40, right: 628, top: 12, bottom: 232 };
const PAD_VIEW = { width: 640, height: 262 };
const PADS = new WeakMap(); // where it is mounted → the pad
const KEY_STEP = 5; // hundredths of the pad's height that an arrow key moves

class Pad {
  constructor(parent) {
    this.root = make("div", { class: "widget sketch" });
    parent.append(this.root);
    this.at = 0;
  }

  take({ words, heights, count, tallest, full, reach }, setStateValue) {
    this.send = (said) => setStateValue("heights", said);
    const declared = JSON.stringify([words, heights, reach]);
    if (declared !== this.declared) {
      Object.assign(this, { words, declared, count, tallest, full, reach });
      if (!this.isDrawing) this.heights = resample(heights, count);
      this.at = Math.min(this.at, count - 1);
      this.build();
    }
    this.paint();
  }

  build() {
    const view = `0 0 ${PAD_VIEW.width} ${PAD_VIEW.height}`;
    const range = { "aria-valuemin": -this.tallest / this.full, "aria-valuemax": this.tallest / this.full };
    const hadFocus = this.svg?.getRootNode().activeElement === this.svg;
    this.svg = draw("svg", { viewBox: view, role: "slider", tabindex: 0, "aria-label": this.words.sketch_pad, ...range });
    this.svg.addEventListener("pointerdown", (event) => this.begin(event));
    this.svg.addEventListener("pointermove", (event) => this.isDrawing && this.stroke(event));
    for (const name of ["pointerup", "pointercancel"]) this.svg.addEventListener(name, () => this.end());
    this.svg.addEventListener("keydown", (event) => this.press(event));
    const flat = make("button", { type: "button", "data-name": "flat", text: this.words.sketch_flat, onclick: () => this.flatten() });
    this.root.replaceChildren(make("p", { class: "hint", text: this.words.sketch_hint }), this.svg, make("div", { class: "bar" }, flat));
    if (hadFocus) this.svg.focus();
  }

  scales() {
    return makeScales(PAD, [0, this.count - 1], [-this.tallest, this.tallest]);
  }

  begin(event) {
    event.preventDefault();
    this.svg.focus();
    this.svg.setPointerCapture(event.pointerId);
    this.isDrawing = true;
    this.last = null;
    this.stroke(event);
  }

  /** Every place between this one and the last gets a height. */
  stroke(event) {
    const [x, y] = placeIn(this.svg, event);
    const place = clip(Math.round(this.scales().fromX(x)), 0, this.count - 1);
    const share = (PAD.bottom - y) / (PAD.bottom - PAD.top);
    const height = clip(Math.round((2 * share - 1) * this.tallest), -this.tallest, this.tallest);
    const [from, before] = this.last ?? [place, height];
    const far = Math.abs(place - from);
    for (let step = 0; step <= far; step++) {
      const along = far ? step / far : 1;
      this.heights[from + Math.sign(place - from) * step] = Math.round(before + along * (height - before));
    }
    this.last = [place, height];
    this.at = place;
    this.paint();
  }

  end() {
    if (!this.isDrawing) return;
    this.isDrawing = false;
    this.tell();
  }

  press(event) {
    const across = { ArrowLeft: -1, ArrowRight: 1, Home: -this.count, End: this.count }[event.key];
    const up = { ArrowUp: KEY_STEP, ArrowDown: -KEY_STEP }[event.key];
    if (across === undefined && up === undefined) return;
    event.preventDefault();
    this.at = clip(this.at + (across ?? 0), 0, this.count - 1);
    if (up === undefined) return this.paint();
    this.heights[this.at] = clip(this.heights[this.at] + up, -this.tallest, this.tallest);
    this.paint();
    this.tell();
  }

  flatten() {
    this.heights = Array(this.count).fill(0);
    this.paint();
    this.tell();
  }

  tell() {
    this.send(this.heights.join(","));
  }

  paint() {
    const scales = this.scales();
    const theme = readTheme(this.root);
    const height = this.heights[this.at];
    const place = ((2 * this.at) / (this.count - 1) - 1) * this.reach;
    this.svg.setAttribute("aria-valuenow", height / this.full);
    this.svg.setAttribute("aria-valuetext", fill(this.words.sketch_value, { x: two(place), y: two(height / this.full) }));
    this.svg.replaceChildren(
      ...[-1, -0.5, 0, 0.5, 1].map((share) => draw("line", { x1: PAD.left, x2: PAD.right, y1: scales.toY(share * this.tallest), y2: scales.toY(share * this.tallest), class: share ? "grid" : "axis" })),
      ...[-1, 0, 1].map((share) => drawWords(PAD.left - 6, scales.toY(share * this.tallest) + 4, say((share * this.tallest) / this.full), "tick", "end")),
      ...[-1, -0.5, 0, 0.5, 1].map((share) => drawWords(scales.toX(((share + 1) / 2) * (this.count - 1)), PAD.bottom + 20, say(share * this.reach), "tick")),
      polyline(this.heights.map((one, at) => [at, one]), scales, { stroke: theme.series[0], "stroke-width": 2.8 }),
      draw("circle", { cx: scales.toX(this.at), cy: scales.toY(height), r: 5, fill: theme.series[1], class: "point" }),
    );
    this.root.dataset.heights = this.heights.join(",");
  }
}

/** Heights at `count` equally spaced places, with straight lines between those that are known. */
function resample(heights, count) {
  if (!heights.length) return Array(count).fill(0);
  return Array.from({ length: count }, (_, at) => {
    const place = (at / (count - 1)) * (heights.length - 1);
    const left = Math.min(Math.floor(place), heights.length - 1);
    const right = Math.min(left + 1, heights.length - 1);
    return Math.round(heights[left] + (place - left) * (heights[right] - heights[left]));
  });
}

export default ({ data, parentElement, setStateValue }) => {
  const pad = PADS.get(parentElement) ?? new Pad(parentElement);
  PADS.set(parentElement, pad);
  pad.take(data, setStateValue);
  return () => {
    pad.root.remove();
    PADS.delete(parentElement);
  };
};
