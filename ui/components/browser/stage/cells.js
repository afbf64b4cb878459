// Panels made of cells: many small pictures side by side, and a matrix with named rows and columns.
// Pointing reads a cell; where cells can be chosen, a click or the arrow keys and Enter choose one.

const TILE = { smallest: 40, largest: 110, gap: 6, caption: 15 };
const CELL = { widest: 46, highest: 26, lowest: 5, legible: 20 };
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** What tiles and matrix share: a cell under the pointer or the keys, and the message that one was chosen. */
class CellsPanel extends Panel {
  constructor(panel, stage) {
    super(panel, stage);
    this.cell = null; // [row, column] that the keys have reached
    if (!panel.clickable) return;
    this.canvas.style.cursor = "pointer";
    this.canvas.addEventListener("click", () => this.choose());
    this.canvas.addEventListener("keydown", (event) => this.steer(event));
    this.canvas.addEventListener("blur", () => this.reach(null));
  }

  get focusable() {
    return Boolean(this.panel.clickable);
  }

  point(event) {
    if (event) this.cell = null;
    super.point(event);
  }

  reach(cell) {
    this.cell = cell;
    this.stage.redraw();
  }

  steer(event) {
    const [rows, columns] = this.grid ?? [0, 0];
    if (event.key === "Enter" || event.key === " ") this.choose();
    else if (!ARROWS[event.key] || !rows) return;
    else {
      const [row, column] = this.cell ?? [0, 0];
      const [down, right] = this.cell ? ARROWS[event.key] : [0, 0];
      this.reach([Math.max(0, Math.min(rows - 1, row + down)), Math.max(0, Math.min(columns - 1, column + right))]);
    }
    event.preventDefault();
  }

  /** The cell that is meant: under the pointer, else where the keys are. */
  get meant() {
    return this.pointer ? this.cellAt(this.pointer.x, this.pointer.y) : this.cell;
  }

  choose() {
    const meant = this.meant;
    if (meant) this.stage.send("click", this.answerOf(meant));
  }

  /** The largest size of an array's elements over the whole run, so that steps can be compared. */
  largest(tape) {
    if (this.known !== tape.frames) {
      this.known = tape.frames;
      const sizes = tape.frames.map(({ arrays }) => arrays[this.panel.array]?.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) ?? 0);
      this.most = Math.max(...sizes) || 1;
    }
    return this.most;
  }
}

/** An array (N, H, W) as N small pictures: uint8 from paper to ink, int8 from blue to orange. */
class TilesPanel extends CellsPanel {
  draw(tape, theme) {
    const pictures = tape.array(this.panel.array);
    const [count, rows, columns] = pictures?.shape ?? [0, 1, 1];
    const across = this.arrange(count, rows / columns);
    const down = Math.ceil(count / across);
    this.grid = [down, across];
    const context = prepareCanvas(this.canvas, this.width, Math.max(TILE.smallest, down * this.pitch[1]));
    for (let number = 0; number < count; number++) this.drawTile(context, tape, theme, pictures, number);
    this.mark(context, theme);
    this.answer(this.read(tape, pictures));
  }

  /** Chooses the size of a tile; how many stand in a row. */
  arrange(count, shape) {
    const most = Math.min(this.panel.columns, Math.max(1, count));
    const fits = (number) => (this.width + TILE.gap) / number - TILE.gap;
    let across = most;
    while (!this.panel.keepRows && across > 1 && fits(across) < TILE.smallest) across--;
    const side = Math.min(TILE.largest, fits(across));
    this.size = [side, side * shape];
    const caption = this.panel.names.length || this.panel.caption ? TILE.caption : 0;
    this.pitch = [side + TILE.gap, side * shape + TILE.gap + caption];
    return across;
  }

  corner(number) {
    return [(number % this.grid[1]) * this.pitch[0], Math.floor(number / this.grid[1]) * this.pitch[1]];
  }

  drawTile(context, tape, theme, pictures, number) {
    const [left, top] = this.corner(number);
    const [, rows, columns] = pictures.shape;
    const colour = tileColours(pictures.data, theme);
    drawPixels(context, rows, columns, (at) => colour(number * rows * columns + at), left, top, ...this.size);
    const isFlagged = this.panel.flag && tape.array(this.panel.flag)?.data[number];
    context.lineWidth = isFlagged ? 2.5 : 1;
    context.strokeStyle = isFlagged ? "#D55E00" : theme.grid;
    context.strokeRect(left, top, ...this.size);
    context.fillStyle = theme.text;
    context.font = `11px ${theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.fillText(this.call(tape, number), left + this.size[0] / 2, top + this.size[1] + 3, this.size[0] + TILE.gap);
  }

  /** The caption: the template filled in with this tile's numbers, else its name. */
  call(tape, number) {
    if (!this.panel.caption) return this.panel.names[number] ?? "";
    const values = Object.entries(this.panel.values).map(([name, array]) => [name, tape.array(array)?.data[number]]);
    return fill(this.panel.caption, { name: this.panel.names[number] ?? "", n: number + 1, ...Object.fromEntries(values) });
  }

  mark(context, theme) {
    if (!this.cell) return;
    context.lineWidth = 3;
    context.strokeStyle = theme.accent;
    context.strokeRect(...this.corner(this.numberOf(this.cell)), ...this.size);
  }

  numberOf([row, column]) {
    return row * this.grid[1] + column;
  }

  cellAt(x, y) {
    const [row, column] = [Math.floor(y / this.pitch[1]), Math.floor(x / this.pitch[0])];
    return row >= 0 && row < this.grid[0] && column >= 0 && column < this.grid[1] ? [row, column] : null;
  }

  answerOf(meant) {
    return { x: this.numberOf(meant), y: 0, label: 0 };
  }

  /** The tile that is meant and, under the pointer, the value of its pixel. */
  read(tape, pictures) {
    const meant = this.meant;
    const number = meant && this.numberOf(meant);
    if (!pictures || meant === null || number >= pictures.shape[0]) return "";
    const name = this.call(tape, number) || String(number + 1);
    if (!this.pointer) return name;
    const [, rows, columns] = pictures.shape;
    const [left, top] = this.corner(number);
    const [row, column] = [Math.floor(((this.pointer.y - top) / this.size[1]) * rows), Math.floor(((this.pointer.x - left) / this.size[0]) * columns)];
    if (row < 0 || row >= rows || column < 0 || column >= columns) return name;
    const value = pictures.data[(number * rows + row) * columns + column];
    const largest = this.panel.largest ? tape.array(this.panel.largest)?.data[number] : 1;
    const full = pictures.data instanceof Int8Array ? 127 : 255;
    return `${name} · (${row + 1}, ${column + 1}): ${say(Number(((value / full) * largest).toPrecision(2)))}`;
  }
}

/** An array (R, C) as cells with named rows and columns. */
class MatrixPanel extends CellsPanel {
  draw(tape, theme) {
    const matrix = tape.array(this.panel.array);
    const [rows, columns] = (this.grid = matrix?.shape ?? [1, 1]);
    this.place(rows, columns);
    const { left, top, wide, high } = this.area;
    const context = prepareCanvas(this.canvas, this.width, top + rows * high + (this.panel.axes.length ? 36 : 20));
    if (!matrix) return;
    const limit = this.panel.limit ?? this.largest(tape);
    const colour = (at) => this.colourOf(matrix.data[at], limit, theme);
    drawPixels(context, rows, columns, colour, left, top, columns * wide, rows * high);
    if (this.panel.numbers && wide >= CELL.legible && high >= 12) this.drawNumbers(context, matrix, colour, theme);
    this.drawNames(context, theme, rows, columns);
    if (this.panel.cursor) this.markColumn(context, theme, rows, tape.scalar(this.panel.cursor));
    this.mark(context, theme);
    this.answer(this.read(matrix));
  }

  /** Room for the longest row name on the left; cells as wide as fit. */
  place(rows, columns) {
    const longest = Math.max(1, ...(this.panel.rows.length ? this.panel.rows.map((name) => widthOf(name)) : [String(rows).length]));
    const left = Math.min(0.4 * this.width, 14 + 6.5 * longest + (this.panel.axes.length ? 14 : 0));
    const widest = this.panel.square ? CELL.widest : Math.max(CELL.widest, 6.5 * Math.max(0, ...this.panel.columns.map(widthOf)) + 8);
    const wide = Math.min(widest, (this.width - left - 4) / columns);
    const high = Math.max(CELL.lowest, Math.min(CELL.highest, 300 / rows, this.panel.square ? wide : CELL.highest));
    this.area = { left, top: 4, wide, high };
  }

  colourOf(value, limit, theme) {
    const share = (value - this.panel.middle) / limit;
    return this.panel.signed ? diverging(share, theme) : mix(theme.neutral, POSITIVE_INK, Math.max(0, Math.min(1, share)));
  }

  drawNumbers(context, matrix, colour, theme) {
    const { left, top, wide, high } = this.area;
    const [, columns] = matrix.shape;
    context.font = `11px ${theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    matrix.data.forEach((value, at) => {
      if (value === 0) return;
      context.fillStyle = inkOn(colour(at));
      context.fillText(say(Number((value / this.panel.scale).toPrecision(3))), left + ((at % columns) + 0.5) * wide, top + (Math.floor(at / columns) + 0.5) * high, wide);
    });
  }

  drawNames(context, theme, rows, columns) {
    const { left, top, wide, high } = this.area;
    context.font = `11px ${theme.font}`;
    context.fillStyle = theme.faint;
    context.textAlign = "right";
    context.textBaseline = "middle";
    const skipped = Math.ceil(12 / high);
    for (let row = 0; row < rows; row += skipped) context.fillText(this.rowName(row), left - 4, top + (row + 0.5) * high, left - 4);
    context.textAlign = "center";
    context.textBaseline = "top";
    const widest = 6 * Math.max(1, ...Array.from({ length: columns }, (_, column) => widthOf(this.columnName(column)))) + 6;
    const every = Math.ceil(widest / wide);
    for (let column = 0; column < columns; column += every) {
      const lines = this.columnName(column).split("\n");
      lines.forEach((line, at) => context.fillText(line, left + (column + 0.5) * wide, top + rows * high + 4 + 13 * at));
    }
    if (this.panel.axes.length) this.nameAxes(context, rows, columns);
  }

  nameAxes(context, rows, columns) {
    const { left, top, wide, high } = this.area;
    const [across, down] = this.panel.axes;
    context.fillText(across, left + (columns * wide) / 2, top + rows * high + 20);
    context.save();
    context.translate(2, top + (rows * high) / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(down, 0, 0);
    context.restore();
  }

  rowName(row) {
    return this.panel.rows[row] ?? String(row + this.panel.first);
  }

  columnName(column) {
    return this.panel.columns[column] ?? String(column + this.panel.first);
  }

  mark(context, theme) {
    const meant = this.panel.clickable ? this.meant : this.cell;
    if (!meant) return;
    const { left, top, wide, high } = this.area;
    context.lineWidth = 2;
    context.strokeStyle = theme.text;
    context.strokeRect(left + meant[1] * wide, top + meant[0] * high, wide, high);
  }

  /** A frame around the column that a scalar names, counted from 1. */
  markColumn(context, theme, rows, column) {
    const { left, top, wide, high } = this.area;
    context.lineWidth = 2;
    context.strokeStyle = theme.accent;
    context.strokeRect(left + (column - 1) * wide, top, wide, rows * high);
  }

  cellAt(x, y) {
    const { left, top, wide, high } = this.area;
    const [row, column] = [Math.floor((y - top) / high), Math.floor((x - left) / wide)];
    return row >= 0 && row < this.grid[0] && column >= 0 && column < this.grid[1] ? [row, column] : null;
  }

  answerOf([row, column]) {
    return { x: column, y: row, label: 0 };
  }

  read(matrix) {
    const meant = this.meant;
    if (!meant) return "";
    const [row, column] = meant;
    const value = matrix.data[row * matrix.shape[1] + column] / this.panel.scale;
    return fill(this.panel.reading, { row: this.rowName(row), column: this.columnName(column).replace("\n", " "), value });
  }
}

const POSITIVE_INK = [0, 114, 178];

/** How many narrow characters a name is wide: a Chinese one counts for two. */
function widthOf(name) {
  return Math.max(...name.split("\n").map((line) => [...line].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x2e7f ? 2 : 1), 0)));
}

/** The colour of element `at`: paper to ink, or blue to orange for signed bytes. */
function tileColours(data, theme) {
  if (data instanceof Int8Array) return (at) => diverging(data[at] / 127, theme);
  const ink = toRgb(theme.text);
  return (at) => mix(theme.neutral, ink, data[at] / 255);
}

/** A picture (rows from the top) with sharp pixels; `colour(at)` gives each one's [r, g, b]. */
function drawPixels(context, rows, columns, colour, left, top, width, height) {
  const pixels = new ImageData(columns, rows);
  for (let at = 0; at < rows * columns; at++) pixels.data.set([...colour(at), 255], 4 * at);
  scratch.width = columns;
  scratch.height = rows;
  scratch.getContext("2d").putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, left, top, width, height);
}
