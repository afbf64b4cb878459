// The neuron's two pictures as SVG: the diagram with its weighted edges, and the activation with the point on it.

const SVG = "http://www.w3.org/2000/svg";
const SUM_AT = { x: 268, y: 150, r: 29 };
const FUNCTION_AT = { x: 350, y: 150, r: 20 };
const OUTPUT_AT = { x: 412, y: 150, r: 25 };
const BIAS_AT = { x: 268, y: 262, r: 25 };
const INPUT_AT = INPUTS.map((at) => ({ x: 30, y: 36 + 76 * at, r: 25 }));
const LABEL_SHARE = 0.42; // how far along an edge its label stands
const LETTER = 6; // about the width of one
const PLOT = { left: 42, right: 310, top: 24, bottom: 206, height: 232, width: 320 };
const PLOT_RANGES = [6, 12, 24, 40]; // the sum of four products and a bias stays within ±39
const PLOT_SAMPLES = 240;

/** A number as the sliders have it: two decimals, a true minus sign. */
const two = (value) => (value.toFixed(2) === "-0.00" ? "0.00" : value.toFixed(2).replace("-", "−"));
const bracketed = (value) => (value < 0 ? `(${two(value)})` : two(value));
const four = (value) => (value.toFixed(4) === "-0.0000" ? "0.0000" : value.toFixed(4).replace("-", "−"));
const signClass = (value) => (value > 0 ? "positive" : value < 0 ? "negative" : "zero");

function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flat(2));
  return element;
}

function drawWords(x, y, words, kind = "", anchor = "middle") {
  return draw("text", { x, y: y + 4.5, "text-anchor": anchor, class: kind }, words);
}

function drawUnit({ x, y, r }, above, below, kind = "") {
  const circle = draw("circle", { cx: x, cy: y, r, class: `unit ${kind}` });
  if (!below) return [circle, drawWords(x, y, above, "symbol")];
  return [circle, drawWords(x, y - 8, above, "symbol"), drawWords(x, y + 9, below, "number")];
}

/** A line from the rim of one unit to the rim of another, as wide as |size|, in the colour of its sign. */
function drawEdge(from, to, size) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const ends = { x1: from.x + dx * from.r, y1: from.y + dy * from.r, x2: to.x - dx * to.r, y2: to.y - dy * to.r };
  return draw("line", { ...ends, class: `edge ${signClass(size)}`, "stroke-width": size === 0 ? 1.5 : 1 + 2.2 * Math.abs(size) });
}

function drawEdgeLabel(from, x, weight) {
  const at = { x: from.x + (SUM_AT.x - from.x) * LABEL_SHARE, y: from.y + (SUM_AT.y - from.y) * LABEL_SHARE };
  const words = `${bracketed(weight)}·${bracketed(x)} = ${two(weight * x)}`;
  const width = words.length * LETTER + 8;
  const plate = draw("rect", { x: at.x + 8 - width / 2, y: at.y - 10, width, height: 20, rx: 5, class: "plate" });
  return [plate, drawWords(at.x + 8, at.y, words)];
}

function drawArrow(from, to) {
  const end = to.x - to.r;
  const head = draw("polygon", { points: `${end},${to.y} ${end - 8},${to.y - 4.5} ${end - 8},${to.y + 4.5}`, class: "arrow" });
  return [draw("line", { x1: from.x + from.r, y1: from.y, x2: end - 7, y2: to.y, class: "wire" }), head];
}

/** Inputs → weighted edges → sum with bias → activation → output. */
function drawDiagram({ values }, z, a, words, activationWord) {
  const weights = WEIGHTS.map((at) => values[at]);
  const edges = INPUT_AT.map((from, at) => drawEdge(from, SUM_AT, weights[at]));
  const labels = INPUT_AT.map((from, at) => drawEdgeLabel(from, values[at], weights[at]));
  const alt = fill(words.neuron_diagram, { z: two(z), a: four(a) });
  return draw(
    "svg",
    { viewBox: "0 0 440 300", role: "img", "aria-label": alt },
    edges,
    drawEdge(BIAS_AT, SUM_AT, values[BIAS]),
    labels,
    INPUT_AT.map((at, number) => drawUnit(at, SYMBOLS[number], two(values[number]))),
    drawUnit(BIAS_AT, SYMBOLS[BIAS], two(values[BIAS]), signClass(values[BIAS])),
    drawArrow(SUM_AT, FUNCTION_AT),
    drawArrow(FUNCTION_AT, OUTPUT_AT),
    drawUnit(SUM_AT, "Σ = z", two(z), "strong"),
    drawUnit(FUNCTION_AT, "f", ""),
    drawUnit(OUTPUT_AT, "a", say(a), "strong"),
    drawWords(FUNCTION_AT.x + 2, 192, activationWord, "hint"),
    drawWords(436, 108, words.neuron_output, "hint", "end"),
  );
}

/** Multiples of 1, 2 or 5 times a power of ten, about three of them. */
function findTicks(low, high) {
  const rough = (high - low) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, at) => Number(((first + at) * step).toPrecision(6)));
}

function plotScales(f, z) {
  const reach = PLOT_RANGES.find((range) => Math.abs(z) <= range * 0.95) ?? PLOT_RANGES[PLOT_RANGES.length - 1];
  const xs = Array.from({ length: PLOT_SAMPLES + 1 }, (_, at) => -reach + (2 * reach * at) / PLOT_SAMPLES);
  const ys = xs.map(f);
  const [low, high] = [Math.min(0, ...ys), Math.max(0, ...ys)];
  const margin = 0.06 * (high - low);
  const toX = (x) => PLOT.left + ((x + reach) / (2 * reach)) * (PLOT.right - PLOT.left);
  const toY = (y) => PLOT.bottom - ((y - low + margin) / (high - low + 2 * margin)) * (PLOT.bottom - PLOT.top);
  return { xs, ys, toX, toY, xTicks: [-1, -0.5, 0, 0.5, 1].map((share) => share * reach), yTicks: findTicks(low - margin, high + margin) };
}

/** The activation f, and the point (z, f(z)) on it. */
function drawPlot(f, z, words, activationWord) {
  const { xs, ys, toX, toY, xTicks, yTicks } = plotScales(f, z);
  const [x, y] = [toX(z), toY(f(z))];
  const across = (at, kind) => draw("line", { x1: PLOT.left, x2: PLOT.right, y1: at, y2: at, class: kind });
  const upright = (at, kind) => draw("line", { x1: at, x2: at, y1: PLOT.top, y2: PLOT.bottom, class: kind });
  const alt = fill(words.neuron_plot_alt, { activation: activationWord, z: two(z), a: four(f(z)) });
  return draw(
    "svg",
    { viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img", "aria-label": alt },
    yTicks.map((tick) => across(toY(tick), tick === 0 ? "axis" : "grid")),
    xTicks.map((tick) => upright(toX(tick), tick === 0 ? "axis" : "grid")),
    yTicks.map((tick) => drawWords(PLOT.left - 6, toY(tick), say(tick), "tick", "end")),
    xTicks.map((tick) => drawWords(toX(tick), PLOT.bottom + 14, say(tick), "tick")),
    drawWords(PLOT.right, toY(0) - 10, "z", "symbol", "end"),
    drawWords(toX(0), 12, "f(z)", "symbol"),
    draw("polyline", { points: xs.map((value, at) => `${toX(value).toFixed(1)},${toY(ys[at]).toFixed(1)}`).join(" "), class: "curve" }),
    draw("polyline", { points: `${x},${toY(0)} ${x},${y} ${toX(0)},${y}`, class: "guide" }),
    draw("circle", { cx: x, cy: y, r: 6.5, class: "point" }),
  );
}
