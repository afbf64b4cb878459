// Pictures as pixels on a canvas, with their padding, a marked window, and a place that can be chosen.

const LONGEST = 460; // CSS pixels of a picture's longer side

/** From values to a colour: three channels as they are, one in blue and orange if any value is negative, else in grey up to `top`. */
function chooseLook(picture, theme, top = 0) {
  let [least, largest] = [Infinity, -Infinity];
  for (const value of picture.data) {
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  const size = Math.max(top, Math.abs(least), Math.abs(largest)) || 1;
  const isSigned = least < 0;
  if (picture.channels === 3) {
    const [low, high] = isSigned ? [-size, size] : [0, size];
    return (values) => values.map((value) => (255 * (value - low)) / (high - low));
  }
  if (isSigned) return ([value]) => diverging(value / size, theme);
  return ([value]) => Array(3).fill((255 * value) / size);
}

/** −`top` blue, 0 neutral, `top` orange, whatever is there. */
const signedLook = (picture, theme, top) => ([value]) => diverging(top ? value / top : 0, theme);

/** One small canvas, a pixel a value. */
function paintPixels(picture, look) {
  const { channels, height, width, data } = picture;
  const canvas = make("canvas", { width, height });
  const rgba = new Uint8ClampedArray(4 * height * width).fill(255);
  const values = Array(channels);
  for (let at = 0; at < height * width; at++) {
    for (let channel = 0; channel < channels; channel++) values[channel] = data[channel * height * width + at];
    rgba.set(look(values), 4 * at);
  }
  canvas.getContext("2d").putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas;
}

const oneChannel = ({ height, width, data }, channel) => ({ channels: 1, height, width, data: data.subarray(channel * height * width, (channel + 1) * height * width) });

class PictureView {
  /** `pick(row, column)`, if any, is called with the pixel that is pressed, which may lie in the padding. */
  constructor(pick, look = chooseLook) {
    this.chooseLook = look;
    this.canvas = make("canvas", { role: "img" });
    this.caption = make("figcaption");
    this.root = make("figure", { class: "picture" }, this.caption, this.canvas);
    if (!pick) return;
    const press = (event) => {
      const box = this.canvas.getBoundingClientRect();
      const scale = box.width / this.across;
      pick(Math.floor((event.clientY - box.top) / scale) - this.padding, Math.floor((event.clientX - box.left) / scale) - this.padding);
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      press(event);
    });
    this.canvas.addEventListener("pointermove", (event) => event.buttons & 1 && press(event));
  }

  /** `top` is what is drawn white if nothing is brighter. */
  set(picture, theme, top, alt, title) {
    if (picture !== this.picture || theme.isDark !== this.isDark) this.pixels = paintPixels(picture, this.chooseLook(picture, theme, top));
    Object.assign(this, { picture, isDark: theme.isDark });
    this.canvas.setAttribute("aria-label", alt);
    this.caption.textContent = title;
  }

  get across() {
    return this.picture.width + 2 * this.padding;
  }

  /** The picture with `padding` around it and frames around pixels: { row, column, height, width, isThin }. */
  draw(theme, frames, padding = 0) {
    this.padding = padding;
    const { height, width } = this.picture;
    const down = height + 2 * padding;
    const room = Math.min(LONGEST, this.root.clientWidth || LONGEST);
    const cell = Math.min(room / this.across, LONGEST / down);
    const [wide, high] = [cell * this.across, cell * down];
    this.canvas.style.width = `${wide}px`;
    const context = prepareCanvas(this.canvas, wide, high);
    if (padding) {
      context.fillStyle = theme.panel;
      context.fillRect(0, 0, wide, high);
      context.strokeStyle = theme.faint;
      context.setLineDash([4, 4]);
      context.strokeRect(0.5, 0.5, wide - 1, high - 1);
      context.setLineDash([]);
    }
    context.imageSmoothingEnabled = false;
    context.drawImage(this.pixels, padding * cell, padding * cell, width * cell, height * cell);
    for (const frame of frames) this.drawFrame(context, frame, cell);
  }

  /** Light and dark together, so that it is seen on any pixel. */
  drawFrame(context, { row, column, height, width, isThin }, cell) {
    const box = [(column + this.padding) * cell, (row + this.padding) * cell, width * cell, height * cell];
    for (const [colour, line] of [["#000000", isThin ? 2 : 4], ["#ffd21f", isThin ? 1 : 2]]) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.strokeRect(...box);
    }
  }
}
