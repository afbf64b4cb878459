// A tiny RBM with the parameters of each source, what follows from them in closed form, and how the address bar says a state.

const N_PIXELS = 9;
const SOURCES = ["hand", "random", "trained"];
const RANDOM_SIZE = 2; // standard deviation of the random weights

/** Units for the three rows, then for the three columns: 4 to a pixel of their line, 0 to the others. */
function handMachine() {
  const lines = [0, 1, 2].flatMap((at) => [[0, 1, 2].map((one) => 3 * at + one)]).concat([0, 1, 2].map((at) => [0, 1, 2].map((one) => 3 * one + at)));
  const weight = Array.from({ length: N_PIXELS }, (_, pixel) => lines.map((line) => (line.includes(pixel) ? 4 : 0)));
  return { weight, visible: Array(N_PIXELS).fill(-2), hidden: Array(lines.length).fill(-8) };
}

function randomMachine() {
  const normal = (at) => Math.sqrt(-2 * Math.log(1 - uniform(99, at, 0))) * Math.cos(2 * Math.PI * uniform(99, at, 1));
  const weight = Array.from({ length: N_PIXELS }, (_, pixel) => Array.from({ length: 6 }, (_, unit) => Number((RANDOM_SIZE * normal(6 * pixel + unit)).toFixed(2))));
  return { weight, visible: Array(N_PIXELS).fill(0), hidden: Array(6).fill(0) };
}

/** A number from 0 to 1 that follows from a seed, the number of the draw and the unit (a hash after Wellons 2018). */
function uniform(seed, draw, unit) {
  let x = (seed * 0x9e3779b1 + draw * 0x85ebca6b + unit * 0xc2b2ae35 + 1) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

const subscript = (number) => [...String(number)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join("");
const logistic = (x) => 1 / (1 + Math.exp(-x));
const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const intoHidden = (machine, v, unit) => machine.hidden[unit] + v.reduce((sum, on, pixel) => sum + on * machine.weight[pixel][unit], 0);
const intoVisible = (machine, h, pixel) => machine.visible[pixel] + h.reduce((sum, on, unit) => sum + on * machine.weight[pixel][unit], 0);
const inner = (one, other) => one.reduce((sum, value, at) => sum + value * other[at], 0);

/** The three terms of E(v, h), E itself, and F(v). */
function energies(machine, v, h) {
  const visible = -inner(v, machine.visible);
  const hidden = -inner(h, machine.hidden);
  const pairs = -v.reduce((sum, on, pixel) => sum + on * inner(h, machine.weight[pixel]), 0);
  const free = visible - machine.hidden.reduce((sum, _, unit) => sum + softplus(intoHidden(machine, v, unit)), 0);
  return { visible, hidden, pairs, total: visible + hidden + pairs, free };
}

const startGibbs = () => ({ source: "hand", v: [0, 0, 0, 1, 1, 0, 0, 0, 0], h: Array(6).fill(0), draws: 0, seed: 1 });
const gibbsText = ({ source, v, h, draws, seed }) => [source, v.join(""), h.join(""), draws, seed].join(",");

/** Read `?gibbs=`; null if it names no source. */
function readGibbs(text) {
  const [source, v, h, draws, seed] = text.split(",");
  if (!SOURCES.includes(source)) return null;
  const start = startGibbs();
  const bits = (said, length, fallback) => (said && said.length === length && /^[01]+$/.test(said) ? [...said].map(Number) : fallback);
  const count = (said, fallback, high) => (/^\d+$/.test(said ?? "") ? Math.min(Number(said), high) : fallback);
  const units = source === "trained" ? clip((h ?? "").length, 1, 10) : 6;
  return { source, v: bits(v, N_PIXELS, start.v), h: bits(h, units, Array(units).fill(0)), draws: count(draws, 0, 99999), seed: count(seed, 1, 9999) };
}
