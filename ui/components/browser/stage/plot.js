// A square piece of the plane: a surface, points, lines; pointing reads a value, clicking places a point.

const MARGIN = { left: 26, right: 6, top: 6, bottom: 20 };
const NAMED_AXES = { left: 54, right: 6, top: 6, bottom: 36 };
const PALE = 0.7; // of the full colour, so that points of the same class stand out from the surface
const MARKER = 3.4; // radius in CSS pixels
const SWITCHED = ["points", "arrows", "mesh", "contributions"]; // layers with a box to switch them off

class PlotPanel extends Panel {
  constructor(panel, stage) {
    super(panel, stage);
    this.shown = panel.layers.map((layer) => layer.shown !== false);
    this.label = 0; // of the class that a click places
    this.margin = panel.axes?.length ? NAMED_AXES : MARGIN;
    this.buildLegend();
    if (panel.clickable) {
      this.canvas.style.cursor = "crosshair";
      this.canvas.addEventListener("click", (event) => this.place(event));
    }
  }

  buildLegend() {
    this.panel.layers.forEach((layer, number) => {
      if (!layer.label) return;
      const sign = { points: layer.marker === "square" ? "■" : "●", line: layer.dash ? "┅" : "━", highlight: "◯", arrows: "↗", mesh: "▦", contributions: "╱" }[layer.type];
      if (layer.type === "contributions") this.legend.append(keyLine(layer.fit, 1), make("span", { text: `│ ${layer.kinks}` }));
      if (layer.number !== undefined) return this.legend.append(keyLine(layer.label, layer.number));
      if (!SWITCHED.includes(layer.type)) return this.legend.append(make("span", { text: `${sign} ${layer.label}` }));
      const box = make("input", { type: "checkbox", onchange: () => this.toggle(number, box.checked) });
      box.checked = this.shown[number];
      this.legend.append(make("label", {}, box, document.createTextNode(` ${sign} ${layer.label}`)));
    });
    if (!(this.panel.clickable > 1)) return; // nothing to choose
    const choices = Array.from({ length: this.panel.clickable }, (_, label) =>
      make("button", { type: "button", class: "dot", "aria-pressed": label === 0, text: String(label), onclick: () => this.choose(label) }),
    );
    choices.forEach((button, label) => (button.style.backgroundColor = CLASS_COLOURS[label]));
    this.choices = choices;
    this.legend.append(make("span", { class: "choices" }, make("span", { text: this.stage.labels.click_class }), ...choices));
  }

  toggle(number, isShown) {
    this.shown[number] = isShown;
    this.stage.redraw();
  }

  choose(label) {
    this.label = label;
    this.choices.forEach((button, other) => button.setAttribute("aria-pressed", other === label));
  }

  place(event) {
    const [x, y] = this.toPlane(event.offsetX, event.offsetY);
    const [low, high] = this.panel.extent;
    if (x >= low && x <= high && y >= low && y <= high) this.stage.send("click", { x, y, label: this.label });
  }

  get side() {
    return Math.max(60, Math.min(this.width - this.margin.left - this.margin.right, this.panel.max_side || 460));
  }

  toCanvas(x, y) {
    const [left, right, bottom, top] = this.panel.extent;
    return [
      this.margin.left + ((x - left) / (right - left)) * this.side,
      this.margin.top + ((top - y) / (top - bottom)) * this.side,
    ];
  }

  toPlane(atX, atY) {
    const [left, right, bottom, top] = this.panel.extent;
    return [left + ((atX - this.margin.left) / this.side) * (right - left), top - ((atY - this.margin.top) / this.side) * (top - bottom)];
  }

  draw(tape, theme) {
    const side = this.side;
    const context = prepareCanvas(this.canvas, this.width, side + this.margin.top + this.margin.bottom);
    this.drawAxes(context, theme, side);
    context.save();
    context.beginPath();
    context.rect(this.margin.left, this.margin.top, side, side);
    context.clip();
    this.panel.layers.forEach((layer, number) => {
      const isShown = this.shown[number];
      if (isShown || layer.type === "contributions") DRAW_LAYER[layer.type](this, context, tape, theme, layer, isShown); // its sum stays
    });
    context.restore();
    context.strokeStyle = theme.faint;
    context.strokeRect(this.margin.left, this.margin.top, side, side);
    this.answer(this.pointer ? this.read(tape) : "");
  }

  drawAxes(context, theme, side) {
    const [left, right, bottom, top] = this.panel.extent;
    context.fillStyle = theme.faint;
    context.font = `11px ${theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const x of ticks(left, right, 6)) context.fillText(say(x), this.toCanvas(x, bottom)[0], this.margin.top + side + 5);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const y of ticks(bottom, top, 6)) context.fillText(say(y), this.margin.left - 5, this.toCanvas(left, y)[1]);
    if (this.panel.axes?.length) this.nameAxes(context, side);
  }

  /** What is on the axes: below, and upright on the left. */
  nameAxes(context, side) {
    const [across, up] = this.panel.axes;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.fillText(across, this.margin.left + side / 2, this.margin.top + side + this.margin.bottom);
    context.save();
    context.translate(12, this.margin.top + side / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(up, 0, 0);
    context.restore();
  }

  /** The layer's surface, or that of the hidden unit that the reader looks at: {picture, first, largest}. */
  surface(tape, layer) {
    const unit = this.stage.spotlight;
    const units = unit === null ? null : tape.array("units");
    if (!units) return { picture: tape.array(layer.array), first: 0, largest: 1 };
    return { picture: units, first: unit * units.shape[1] * units.shape[2], largest: tape.array("unit_max").data[unit] };
  }

  /** The place under the pointer, and the surface's value there. */
  read(tape) {
    const [x, y] = this.toPlane(this.pointer.x, this.pointer.y);
    const [left, right, bottom, top] = this.panel.extent;
    if (x < left || x > right || y < bottom || y > top) return "";
    const place = `(${x.toFixed(1)}, ${y.toFixed(1)})`.replace(/-/g, "−");
    const cell = (picture, first = 0) => {
      const [rows, columns] = picture.shape.slice(-2);
      const row = Math.min(rows - 1, Math.floor(((y - bottom) / (top - bottom)) * rows));
      return picture.data[first + row * columns + Math.min(columns - 1, Math.floor(((x - left) / (right - left)) * columns))];
    };
    for (const layer of this.panel.layers) {
      if (layer.type === "contours" && tape.array(layer.array)) return fill(layer.reading, { place, value: 10 ** heightAt(tape.array(layer.array), (x - left) / (right - left), (y - bottom) / (top - bottom)) });
      if (layer.type === "contributions" && tape.array(layer.array)) return fill(layer.reading, { place: say(Number(x.toPrecision(3))), value: unitsAt(tape, layer, (2 * (x - left)) / (right - left) - 1).fit });
      const picture = layer.array && (layer.type === "heatmap" || layer.type === "classes") && tape.array(layer.array);
      if (!picture) continue;
      if (layer.type === "heatmap") {
        const { picture: surface, first, largest } = this.surface(tape, layer);
        return `${place}: ${say(Number(((cell(surface, first) / 127) * largest).toPrecision(2)))}`;
      }
      const confidence = cell(tape.array(layer.confidence)) / 255;
      return fill(this.stage.labels.stage_class_at, { place, label: cell(picture), confidence });
    }
    return place;
  }
}

const DRAW_LAYER = {
  heatmap(panel, context, tape, theme, layer) {
    const { picture, first } = panel.surface(tape, layer);
    if (picture) drawPicture(context, picture, (at) => diverging((PALE * picture.data[at]) / 127, theme), panel.margin.left, panel.margin.top, panel.side, first);
  },

  classes(panel, context, tape, theme, layer) {
    const [picture, confidence] = [tape.array(layer.array), tape.array(layer.confidence)];
    if (!picture) return;
    const colours = CLASS_COLOURS.map(toRgb);
    const colour = (at) => mix(theme.neutral, colours[picture.data[at] % colours.length], PALE * (0.1 + 0.9 * (confidence.data[at] / 255) ** 2));
    drawPicture(context, picture, colour, panel.margin.left, panel.margin.top, panel.side);
  },

  points(panel, context, tape, theme, layer) {
    const [places, labels] = [tape.array(layer.array), tape.array(layer.labels)];
    if (!places) return;
    context.lineWidth = 1;
    context.strokeStyle = theme.isDark ? "#0f1720" : "#ffffff";
    for (let at = 0; at < places.shape[0]; at++) {
      const [x, y] = panel.toCanvas(places.data[2 * at] / layer.scale, places.data[2 * at + 1] / layer.scale);
      const label = labels ? labels.data[at] : 0;
      if (layer.marker === "digit") {
        writeDigit(context, theme, label, x, y);
        continue;
      }
      context.fillStyle = layer.palette === "diverging" ? css(diverging(label, theme)) : CLASS_COLOURS[label % CLASS_COLOURS.length];
      context.beginPath();
      if (layer.marker === "square") context.rect(x - MARKER + 0.5, y - MARKER + 0.5, 2 * MARKER - 1, 2 * MARKER - 1);
      else context.arc(x, y, MARKER, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  },

  /** The line w1·x + w2·y + b = 0; nothing while both weights are zero. */
  line(panel, context, tape, theme, layer) {
    const weights = tape.array(layer.array);
    if (!weights) return;
    const [w1, w2, b] = weights.data;
    const length = Math.hypot(w1, w2);
    if (length === 0) return;
    const [x, y] = [(-b * w1) / length ** 2, (-b * w2) / length ** 2];
    const reach = 4 * Math.max(...panel.panel.extent.map(Math.abs)) + Math.hypot(x, y);
    context.strokeStyle = theme.text;
    context.lineWidth = 2.2;
    context.setLineDash(layer.dash ? [7, 5] : []);
    context.beginPath();
    context.moveTo(...panel.toCanvas(x - (w2 / length) * reach, y + (w1 / length) * reach));
    context.lineTo(...panel.toCanvas(x + (w2 / length) * reach, y - (w1 / length) * reach));
    context.stroke();
    context.setLineDash([]);
  },

  /** A polyline through the places (N, 2) of an array. */
  curve(panel, context, tape, theme, layer) {
    const places = tape.array(layer.array);
    if (!places) return;
    startLine(context, theme, layer.number);
    for (let at = 0; at < places.shape[0]; at++) context.lineTo(...panel.toCanvas(places.data[2 * at], places.data[2 * at + 1]));
    context.stroke();
    context.setLineDash([]);
  },

  /** Where two scalars have led, up to the playhead. */
  path(panel, context, tape, theme, layer) {
    const frames = tape.frames.slice(0, tape.index + 1).filter(({ scalars }) => scalars[layer.x] !== undefined);
    if (!frames.length) return;
    startLine(context, theme, layer.number);
    const places = frames.map(({ scalars }) => panel.toCanvas(scalars[layer.x], scalars[layer.y]));
    for (const place of places) context.lineTo(...place);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.arc(...places[places.length - 1], 4, 0, 2 * Math.PI);
    context.fillStyle = context.strokeStyle;
    context.fill();
  },

  /** From each place (N, 2) along a vector (N, 2); one too short to have a head is a dot. */
  arrows(panel, context, tape, theme, layer) {
    const [places, vectors] = [tape.array(layer.places), tape.array(layer.array)];
    if (!places || !vectors) return;
    context.strokeStyle = context.fillStyle = theme.text;
    context.lineWidth = 1.2;
    for (let at = 0; at < vectors.shape[0]; at++) {
      const [x, y] = [places.data[2 * at] / layer.scale, places.data[2 * at + 1] / layer.scale];
      const [along, up] = [(vectors.data[2 * at] / 32767) * layer.length, (vectors.data[2 * at + 1] / 32767) * layer.length];
      drawArrow(context, ...panel.toCanvas(x, y), ...panel.toCanvas(x + along, y + up));
    }
  },

  /** A net of places (R, C, 2): a line along each row, and another kind along each column. */
  mesh(panel, context, tape, theme, layer) {
    const net = tape.array(layer.array);
    if (!net) return;
    const [rows, columns] = net.shape;
    const at = (row, column) => panel.toCanvas(...[0, 1].map((axis) => net.data[2 * (row * columns + column) + axis] / layer.scale));
    const drawLine = (number, length, place) => {
      startLine(context, theme, number);
      context.setLineDash([]);
      context.lineWidth = 1;
      for (let step = 0; step < length; step++) context.lineTo(...place(step));
      context.stroke();
    };
    for (let row = 0; row < rows; row++) drawLine(0, columns, (column) => at(row, column));
    for (let column = 0; rows > 1 && column < columns; column++) drawLine(1, rows, (row) => at(row, column));
  },

  highlight(panel, context, tape, theme, layer) {
    const places = tape.array(layer.array);
    context.strokeStyle = theme.text;
    context.lineWidth = 2;
    for (let at = 0; places && at < places.shape[0]; at++) {
      context.beginPath();
      context.arc(...panel.toCanvas(places.data[2 * at], places.data[2 * at + 1]), 3 * MARKER, 0, 2 * Math.PI);
      context.stroke();
    }
  },
};

/** A digit at a place, in a colour of its own. */
function writeDigit(context, theme, digit, x, y) {
  context.fillStyle = theme.digits[digit % theme.digits.length];
  context.font = `600 11px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(digit), x, y);
}

function startLine(context, theme, number) {
  context.strokeStyle = theme.series[number % theme.series.length];
  context.lineWidth = 2;
  context.setLineDash(SERIES_DASHES[number % SERIES_DASHES.length]);
  context.beginPath();
}

function drawArrow(context, x, y, toX, toY) {
  const [length, angle] = [Math.hypot(toX - x, toY - y), Math.atan2(toY - y, toX - x)];
  context.beginPath();
  if (length < 1.5) {
    context.arc(x, y, 1, 0, 2 * Math.PI);
    return context.fill();
  }
  context.moveTo(x, y);
  context.lineTo(toX, toY);
  for (const side of [-1, 1]) {
    context.moveTo(toX, toY);
    context.lineTo(toX - Math.min(5, length / 2) * Math.cos(angle + side * 0.5), toY - Math.min(5, length / 2) * Math.sin(angle + side * 0.5));
  }
  context.stroke();
}

const scratch = document.createElement("canvas");

/** A small picture (rows from the bottom), scaled up; `colour(at)` gives each cell's [r, g, b]. */
function drawPicture(context, picture, colour, left, top, side, first = 0) {
  const [rows, columns] = picture.shape.slice(-2);
  const pixels = new ImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const target = 4 * ((rows - 1 - row) * columns + column);
      const [red, green, blue] = colour(first + row * columns + column);
      pixels.data[target] = red;
      pixels.data[target + 1] = green;
      pixels.data[target + 2] = blue;
      pixels.data[target + 3] = 255;
    }
  }
  scratch.width = columns;
  scratch.height = rows;
  scratch.getContext("2d").putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(scratch, left, top, side, side);
}

/** About `count` round numbers from `low` to `high`. */
function ticks(low, high, count) {
  const rough = (high - low) / count;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999);
  const found = [];
  for (let at = Math.ceil(low / unit - 1e-9); at <= high / unit + 1e-9; at++) found.push(Number((at * unit).toPrecision(12)));
  return found;
}
