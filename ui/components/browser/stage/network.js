// A fully connected network: every unit's own surface, every weight a line, every bias a mark; each can be pointed at.

const INPUTS = {
  x1: (x1, x2) => x1 / 6,
  x2: (x1, x2) => x2 / 6,
  x1_squared: (x1) => (x1 / 6) ** 2,
  x2_squared: (x1, x2) => (x2 / 6) ** 2,
  x1_x2: (x1, x2) => (x1 * x2) / 36,
  sin_x1: (x1) => Math.sin(x1),
  sin_x2: (x1, x2) => Math.sin(x2),
};
const INPUT_CELLS = 24;
const REACH = 5; // CSS pixels from a line that still count as pointing at it

class NetworkPanel extends Panel {
  constructor(panel, stage) {
    super(panel, stage);
    this.selected = null;
    this.canvas.addEventListener("click", () => this.select(this.pointed));
    this.canvas.addEventListener("keydown", (event) => this.move(event));
    this.legend.append(make("span", { text: stage.labels.stage_network_legend }));
  }

  get focusable() {
    return true;
  }

  select(thing) {
    this.selected = thing && same(thing, this.selected) ? null : thing;
    this.stage.redraw();
  }

  /** Arrow keys go from unit to unit, Escape lets go. */
  move(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Escape") this.selected = null;
    else if (!step) return;
    else {
      const { layer, unit } = this.selected?.kind === "unit" ? this.selected : { layer: 1, unit: -step[1] };
      const nextLayer = Math.max(1, Math.min(this.panel.sizes.length - 1, layer + step[0]));
      const nextUnit = Math.max(0, Math.min(this.panel.sizes[nextLayer] - 1, unit + step[1]));
      this.selected = { kind: "unit", layer: nextLayer, unit: nextUnit };
    }
    event.preventDefault();
    this.stage.redraw();
  }

  /** Where each unit is drawn: `boxes[layer][unit] = {x, y, size}` (centres, CSS pixels). */
  layOut() {
    const { sizes } = this.panel;
    const largest = Math.max(...sizes);
    this.height = Math.max(300, Math.min(640, largest * 40));
    const between = (this.width - 90) / Math.max(1, sizes.length - 1);
    this.boxes = sizes.map((n_units, layer) => {
      const size = Math.min(36, between * 0.62, (this.height - 26) / n_units - 4);
      const step = Math.min((this.height - 26) / n_units, size + 22);
      const top = 22 + (this.height - 26 - step * n_units) / 2;
      return Array.from({ length: n_units }, (_, unit) => ({ x: 50 + between * layer, y: top + step * (unit + 0.5), size }));
    });
  }

  draw(tape, theme) {
    this.layOut();
    const context = prepareCanvas(this.canvas, this.width, this.height);
    this.weights = tape.array("weights")?.data;
    this.biases = tape.array("biases")?.data;
    if (!this.weights) return;
    this.pointed = this.pointer && this.find(this.pointer);
    this.focus = this.pointed || this.selected;
    this.canvas.style.cursor = this.pointed ? "pointer" : "default";
    this.drawLines(context, theme);
    this.drawUnits(context, tape, theme);
    this.drawTitles(context, theme);
    this.answer(this.focus ? this.read(tape) : "");
  }

  /** Calls `visit(layer, from, to, weight)` for every line into the layers after the inputs. */
  eachWeight(visit) {
    const { sizes } = this.panel;
    let start = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
      for (let from = 0; from < sizes[layer - 1]; from++)
        for (let to = 0; to < sizes[layer]; to++) visit(layer, from, to, this.weights[start + from * sizes[layer] + to]);
      start += sizes[layer - 1] * sizes[layer];
    }
  }

  drawLines(context, theme) {
    const largest = this.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9);
    const { focus } = this;
    this.eachWeight((layer, from, to, weight) => {
      const share = Math.abs(weight) / largest;
      const isFocused = focus && (focus.kind === "unit" ? focus.layer === layer && focus.unit === to : same(focus, { kind: "weight", layer, from, to }));
      if (share < 0.01 && !isFocused) return;
      const [start, end] = [this.boxes[layer - 1][from], this.boxes[layer][to]];
      context.beginPath();
      context.moveTo(start.x + start.size / 2, start.y);
      context.lineTo(end.x - end.size / 2, end.y);
      context.lineWidth = 0.4 + 4.6 * share;
      context.strokeStyle = css(weight < 0 ? NEGATIVE : POSITIVE, isFocused ? 1 : (0.2 + 0.7 * share) * (focus ? 0.4 : 1));
      context.stroke();
    });
  }

  drawUnits(context, tape, theme) {
    const units = tape.array("units");
    const { sizes } = this.panel;
    let hidden = 0;
    let bias = 0;
    this.boxes.forEach((column, layer) =>
      column.forEach((box, unit) => {
        const [left, top] = [box.x - box.size / 2, box.y - box.size / 2];
        if (layer === 0) this.drawInput(context, theme, unit, left, top, box.size);
        else if (layer < sizes.length - 1 && units) {
          const area = units.shape[1] * units.shape[2];
          drawPicture(context, units, (at) => diverging(units.data[at] / 127, theme), left, top, box.size, area * hidden++);
        } else this.drawOutput(context, tape, theme, unit, left, top, box.size);
        const isFocused = this.focus?.kind === "unit" && this.focus.layer === layer && this.focus.unit === unit;
        context.lineWidth = isFocused ? 3 : 1;
        context.strokeStyle = isFocused ? theme.accent : theme.faint;
        context.strokeRect(left, top, box.size, box.size);
        if (layer > 0) this.drawBias(context, theme, this.biases[bias++], left, top + box.size, box.size);
      }),
    );
  }

  drawInput(context, theme, unit, left, top, size) {
    const feature = INPUTS[this.panel.inputs[unit]];
    if (feature) this.drawFeature(context, theme, feature, left, top, size);
    context.fillStyle = theme.text;
    context.font = `12px ${theme.font}`;
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillText(this.panel.input_names[unit], left - 4, top + size / 2);
  }

  drawFeature(context, theme, feature, left, top, size) {
    const picture = { shape: [INPUT_CELLS, INPUT_CELLS] };
    const place = (cell) => 12 * ((cell + 0.5) / INPUT_CELLS) - 6;
    const colour = (at) => diverging(feature(place(at % INPUT_CELLS), place(Math.floor(at / INPUT_CELLS))), theme);
    drawPicture(context, picture, colour, left, top, size);
  }

  drawOutput(context, tape, theme, unit, left, top, size) {
    const surface = this.panel.output && tape.array(this.panel.output);
    const first = surface?.shape.length === 3 ? unit * surface.shape[1] * surface.shape[2] : 0; // one for each output, or one
    if (surface) return drawPicture(context, surface, (at) => diverging(surface.data[at] / 127, theme), left, top, size, first);
    context.fillStyle = CLASS_COLOURS[unit % CLASS_COLOURS.length];
    context.fillRect(left, top, size, size);
  }

  /** A disc at the lower left corner: its colour is the sign, its area the size. */
  drawBias(context, theme, bias, x, y, size) {
    context.beginPath();
    context.arc(x, y, Math.min(size / 5, 1.5 + 3 * Math.sqrt(Math.min(1, Math.abs(bias) / 2))), 0, 2 * Math.PI);
    context.fillStyle = css(bias < 0 ? NEGATIVE : POSITIVE);
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = css(theme.background);
    context.stroke();
  }

  drawTitles(context, theme) {
    const { labels } = this.stage;
    const last = this.panel.sizes.length - 1;
    context.fillStyle = theme.faint;
    context.font = `12px ${theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "top";
    this.boxes.forEach((column, layer) => {
      const isNarrow = this.width / this.boxes.length < 70;
      const title = layer === 0 ? labels.stage_inputs : layer === last ? labels.stage_output : isNarrow ? String(layer) : fill(labels.layer_n, { n: layer });
      context.fillText(title, column[0].x, 2);
    });
  }

  /** The unit or the line at a place of the canvas. */
  find({ x, y }) {
    for (let layer = 1; layer < this.boxes.length; layer++) {
      const unit = this.boxes[layer].findIndex((box) => Math.abs(x - box.x) <= box.size / 2 + 1 && Math.abs(y - box.y) <= box.size / 2 + 1);
      if (unit >= 0) return { kind: "unit", layer, unit };
    }
    let nearest = null;
    let least = REACH;
    this.eachWeight((layer, from, to) => {
      const [start, end] = [this.boxes[layer - 1][from], this.boxes[layer][to]];
      const [left, right] = [start.x + start.size / 2, end.x - end.size / 2];
      if (x < left || x > right) return;
      const distance = Math.abs(y - (start.y + ((x - left) / (right - left)) * (end.y - start.y)));
      if (distance < least) [least, nearest] = [distance, { kind: "weight", layer, from, to }];
    });
    return nearest;
  }

  /** The numbers of the unit or weight in focus. */
  read(tape) {
    const { labels } = this.stage;
    const { kind, layer, unit, from, to } = this.focus;
    if (layer >= this.panel.sizes.length) return "";
    if (kind === "weight") {
      let weight = 0;
      this.eachWeight((l, f, t, value) => {
        if (l === layer && f === from && t === to) weight = value;
      });
      return `${this.nameOf(layer - 1, from)} → ${this.nameOf(layer, to)}: ${fill(labels.stage_weight, { weight })}`;
    }
    const incoming = [];
    this.eachWeight((l, f, t, value) => {
      if (l === layer && t === unit) incoming.push(say(value));
    });
    const before = this.panel.sizes.slice(1, layer).reduce((sum, size) => sum + size, 0);
    const isOutput = layer === this.panel.sizes.length - 1;
    const largest = isOutput ? undefined : tape.array("unit_max")?.data[before + unit];
    const values = { name: this.nameOf(layer, unit), bias: this.biases[before + unit], weights: incoming.join(", "), largest, activation: this.panel.activation };
    return fill(isOutput ? labels.stage_output_unit : labels.stage_unit, values);
  }

  nameOf(layer, unit) {
    const { labels } = this.stage;
    if (layer === 0) return this.panel.input_names[unit];
    if (layer < this.panel.sizes.length - 1) return fill(labels.stage_unit_name, { layer, unit: unit + 1 });
    return this.panel.sizes[layer] > 1 ? `${labels.stage_output} ${unit}` : labels.stage_output;
  }

  /** The hidden unit in focus, counted over all layers, or null: the surface shows it large. */
  get spotlight() {
    const { focus, panel } = this;
    if (focus?.kind !== "unit" || focus.layer >= panel.sizes.length - 1) return null;
    return panel.sizes.slice(1, focus.layer).reduce((sum, size) => sum + size, 0) + focus.unit;
  }
}

function same(a, b) {
  return Boolean(a && b) && ["kind", "layer", "unit", "from", "to"].every((name) => a[name] === b[name]);
}
