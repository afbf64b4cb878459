// A layer of a plot: a curve as the sum of hidden units, computed here from their weights at any resolution.

const UNIT_FUNCTIONS = { ...ACTIVATION_FUNCTIONS, square: (z) => z * z };
const N_ALONG = 240; // places at which the curve is drawn

/** Every hidden unit's part of a curve, their sum, and where each unit turns. */
DRAW_LAYER.contributions = (panel, context, tape, theme, layer, isShown) => {
  const units = tape.array(layer.array);
  if (!units) return;
  const [left, right, bottom] = panel.panel.extent;
  const along = Array.from({ length: N_ALONG + 1 }, (_, at) => (2 * at) / N_ALONG - 1);
  const columns = along.map((u) => unitsAt(tape, layer, u));
  const toX = (u) => left + ((u + 1) / 2) * (right - left);
  const drawAlong = (valueOf) => {
    context.beginPath();
    along.forEach((u, at) => context.lineTo(...panel.toCanvas(toX(u), valueOf(columns[at]))));
    context.stroke();
  };
  context.lineWidth = 1;
  context.strokeStyle = theme.faint;
  for (let unit = 0; isShown && unit < units.shape[0]; unit++) drawAlong(({ parts }) => parts[unit]);
  startLine(context, theme, 1);
  drawAlong(({ fit }) => fit);
  context.setLineDash([]);
  context.strokeStyle = theme.text;
  for (let unit = 0; unit < units.shape[0]; unit++) {
    const [x, y] = panel.toCanvas(toX(-units.data[3 * unit + 1] / units.data[3 * unit]), bottom);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x, y - 10);
    context.stroke();
  }
};

/** What every unit adds to a curve at an input u, and their sum with its level. */
function unitsAt(tape, layer, u) {
  const { data, shape } = tape.array(layer.array);
  const g = UNIT_FUNCTIONS[layer.activation];
  const parts = Array.from({ length: shape[0] }, (_, unit) => data[3 * unit + 2] * g(data[3 * unit] * u + data[3 * unit + 1]));
  return { parts, fit: parts.reduce((sum, part) => sum + part, tape.array(layer.level).data[0]) };
}
