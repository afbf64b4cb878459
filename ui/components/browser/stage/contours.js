// Lines of equal height of a surface, and grey bands between them: the darker, the higher.

const N_LEVELS = 14;
const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]]; // of a cell, around it: column, row
const known = new WeakMap(); // surface → {low, high, lines}

DRAW_LAYER.contours = function (panel, context, tape, theme, layer) {
  const picture = tape.array(layer.array);
  if (!picture) return;
  if (!known.has(picture)) known.set(picture, findContours(picture));
  const { low, high, lines } = known.get(picture);
  const [text, paper] = [toRgb(theme.text), theme.background];
  const share = (at) => 0.02 + (0.3 * Math.floor(((picture.data[at] - low) / (high - low)) * N_LEVELS)) / N_LEVELS;
  drawPicture(context, picture, (at) => mix(paper, text, share(at)), panel.margin.left, panel.margin.top, panel.side);
  const [rows, columns] = picture.shape;
  const toX = (column) => panel.margin.left + ((column + 0.5) / columns) * panel.side;
  const toY = (row) => panel.margin.top + (1 - (row + 0.5) / rows) * panel.side;
  context.strokeStyle = css(mix(paper, text, 0.45));
  context.lineWidth = 0.7;
  context.beginPath();
  for (const [x1, y1, x2, y2] of lines) {
    context.moveTo(toX(x1), toY(y1));
    context.lineTo(toX(x2), toY(y2));
  }
  context.stroke();
};

/** Pieces of contour lines [x1, y1, x2, y2] in cells, by marching squares. */
function findContours(picture) {
  const [rows, columns] = picture.shape;
  let [low, high] = [Infinity, -Infinity];
  for (const value of picture.data) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const unit = (high - low) / N_LEVELS;
  const lines = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const values = CORNERS.map(([right, up]) => picture.data[(row + up) * columns + column + right]);
      const first = Math.ceil((Math.min(...values) - low) / unit);
      for (let level = first; low + level * unit < Math.max(...values); level++) lines.push(...cross(values, low + level * unit, column, row));
    }
  }
  return { low, high, lines };
}

/** Where one level runs through one cell. */
function cross(values, level, column, row) {
  const found = [];
  for (let from = 0; from < 4; from++) {
    const to = (from + 1) % 4;
    if (values[from] < level === values[to] < level) continue;
    const share = (level - values[from]) / (values[to] - values[from]);
    const [a, b] = [CORNERS[from], CORNERS[to]];
    found.push([column + a[0] + share * (b[0] - a[0]), row + a[1] + share * (b[1] - a[1])]);
  }
  const pieces = [];
  for (let at = 0; at + 1 < found.length; at += 2) pieces.push([...found[at], ...found[at + 1]]);
  return pieces;
}

/** A surface between its cells' centres, at shares of its width and height from the bottom left. */
function heightAt(picture, across, up) {
  const [rows, columns] = picture.shape;
  const split = (share, count) => {
    const at = Math.min(count - 1, Math.max(0, share * count - 0.5));
    const before = Math.min(count - 2, Math.floor(at));
    return [before, at - before];
  };
  const [column, right] = split(across, columns);
  const [row, above] = split(up, rows);
  const [one, two] = [0, 1].map((next) => {
    const first = (row + next) * columns + column;
    return picture.data[first] + right * (picture.data[first + 1] - picture.data[first]);
  });
  return one + above * (two - one);
}
