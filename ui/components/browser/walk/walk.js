// A walk from one made image to another: the server sends all its pictures once, the slider plays them here.

const BIG = 176; // CSS pixels of the large picture
const PACE = 60; // ms a picture

class LatentWalk {
  constructor(parent) {
    this.root = make("div", { class: "widget walk" });
    parent.append(this.root);
  }

  take({ walk, words }) {
    const declared = JSON.stringify([walk.images, walk.nearest, words]);
    if (declared !== this.declared) {
      this.stop();
      Object.assign(this, { walk, words, declared, at: 0 });
      this.images = cut(fromBase64(walk.images), walk.side);
      this.nearest = cut(fromBase64(walk.nearest), walk.side);
      this.build();
    }
    this.show();
  }

  build() {
    const { words } = this;
    this.big = make("canvas", { role: "img", "aria-label": words.latentwalk_alt });
    const last = this.images.length - 1;
    this.slider = makeSlider("place", words.latentwalk_place, { min: 0, max: last, step: 1 }, (at) => this.go(at));
    this.button = make("button", { type: "button", "aria-label": words.latentwalk_play, text: "▶", onclick: () => this.play() });
    this.verdict = make("p", { class: "numbers", "aria-live": "polite" });
    this.strip = make("canvas", { role: "img", "aria-label": words.latentwalk_strip });
    this.ends = this.nearest.map((_, number) => {
      const canvas = make("canvas", { role: "img", "aria-label": words[`latentwalk_near${number}`] });
      return make("figure", {}, canvas, make("figcaption", { text: words[`latentwalk_near${number}`] }));
    });
    const moved = make("div", { class: "moved" }, make("div", { class: "bar" }, this.button, this.slider.row), this.verdict, this.strip);
    this.root.replaceChildren(make("div", { class: "pictures" }, this.big, moved, ...this.ends));
  }

  go(at) {
    this.stop();
    this.at = at;
    this.show();
  }

  play() {
    if (this.timer) return this.go(this.at);
    if (this.at === this.images.length - 1) this.at = 0;
    this.timer = setInterval(() => {
      this.at += 1;
      if (this.at >= this.images.length - 1) this.stop();
      this.show();
    }, PACE);
    this.show();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
  }

  show() {
    const { walk, words, at } = this;
    const theme = readTheme(this.root);
    paint(this.big, [this.images[at]], walk.side, BIG, theme);
    const shown = Array.from({ length: 9 }, (_, number) => this.images[Math.round((number / 8) * (this.images.length - 1))]);
    paint(this.strip, shown, walk.side, 30, theme);
    this.nearest.forEach((image, number) => paint(this.ends[number].firstChild, [image], walk.side, 64, theme));
    this.slider.show(at, `${at} / ${this.images.length - 1}`);
    this.button.textContent = this.timer ? "⏸" : "▶";
    this.verdict.textContent = fill(words.latentwalk_judge, { digit: walk.labels[at], sure: `${Math.round(100 * walk.confidence[at])}` });
    this.root.dataset.at = at;
  }
}

/** Bytes of many pictures as a list of them. */
function cut(bytes, side) {
  return Array.from({ length: bytes.length / side ** 2 }, (_, number) => bytes.subarray(number * side ** 2, (number + 1) * side ** 2));
}

/** Pictures side by side with sharp pixels, ink on paper. */
function paint(canvas, images, side, size, theme) {
  const context = prepareCanvas(canvas, images.length * (size + 4), size);
  canvas.style.width = `${images.length * (size + 4)}px`;
  const ink = toRgb(theme.text);
  images.forEach((image, number) => {
    image.forEach((value, at) => {
      context.fillStyle = css(mix(theme.neutral, ink, value / 255));
      const [row, column] = [Math.floor(at / side), at % side];
      context.fillRect(number * (size + 4) + (column * size) / side, (row * size) / side, size / side + 0.5, size / side + 0.5);
    });
  });
}

export default ({ data, parentElement }) => {
  const widget = MOUNTED.get(parentElement) ?? new LatentWalk(parentElement);
  MOUNTED.set(parentElement, widget);
  widget.take(data);
  return () => {
    widget.stop();
    widget.root.remove();
    MOUNTED.delete(parentElement);
  };
};
