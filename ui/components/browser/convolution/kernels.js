// Kernels to begin with, of any size, and how the address bar writes a filter.

const KERNEL = { min: 1, max: 7, step: 1 }; // sizes
const ROWS = {
  sharpen: [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
  edges: [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
  sobel_x: [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
  sobel_y: [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
  emboss: [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
};
const KERNEL_NAMES = ["identity", "blur", "gauss", ...Object.keys(ROWS), "red_green"];
const NATURAL_SIZE = { gauss: 5 }; // of all others 3
const MAX_WEIGHT = 99;
const OWN = "w";

const roundWeight = (value) => Number(clip(value, -MAX_WEIGHT, MAX_WEIGHT).toFixed(3));

/** A square grid, row by row, laid into the middle of one of another size: cut off, or with zeros around. */
function resizeGrid(grid, size) {
  const before = Math.round(Math.sqrt(grid.length));
  const shift = Math.floor((size - 1) / 2) - Math.floor((before - 1) / 2);
  return Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size) - shift, (at % size) - shift];
    return row >= 0 && row < before && column >= 0 && column < before ? grid[row * before + column] : 0;
  });
}

/** Row n of Pascal's triangle: a bell whose sum is 2ⁿ. */
function binomials(n) {
  const row = [1];
  for (let k = 1; k <= n; k++) row.push((row[k - 1] * (n - k + 1)) / k);
  return row;
}

/** kernel² weights of a preset for one channel. */
function presetGrid(name, kernel, channel) {
  if (name === "blur") return Array(kernel * kernel).fill(1 / (kernel * kernel));
  if (name === "gauss") {
    const bell = binomials(kernel - 1);
    return bell.flatMap((down) => bell.map((right) => (down * right) / 4 ** (kernel - 1)));
  }
  if (name === "red_green") return resizeGrid([[1, -1, 0][channel]], kernel);
  return resizeGrid(name === "identity" ? [1] : ROWS[name].flat(), kernel);
}

/** All weights of a filter { name, own }: a grid for each channel, one after the other. */
function weightsOf({ name, own }, kernel, channels) {
  const grids = Array.from({ length: channels }, (_, channel) => (name === OWN ? (own[channel] ?? own[0]) : presetGrid(name, kernel, channel)));
  return grids.flatMap((grid) => resizeGrid(grid, kernel));
}

/** The same filter as own weights, to be edited, and rounded as in the address bar. */
function toOwn(filter, kernel, channels) {
  const weights = weightsOf(filter, kernel, channels).map(roundWeight);
  return { name: OWN, own: Array.from({ length: channels }, (_, channel) => weights.slice(channel * kernel ** 2, (channel + 1) * kernel ** 2)) };
}

const filterText = ({ name, own }) => (name === OWN ? OWN + own.flat().join("_") : name);

/** A filter's text; null where it is none. Own weights are those of one channel, or of three of equal size. */
function readFilter(text) {
  if (KERNEL_NAMES.includes(text)) return { name: text };
  if (!text.startsWith(OWN)) return null;
  const numbers = text.slice(1).split("_").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (numbers.some((value) => !Number.isFinite(value))) return null;
  const channels = Number.isInteger(Math.sqrt(numbers.length)) ? 1 : 3;
  const size = Math.sqrt(numbers.length / channels);
  if (!Number.isInteger(size) || size < 1 || size > KERNEL.max) return null;
  const own = Array.from({ length: channels }, (_, channel) => numbers.slice(channel * size ** 2, (channel + 1) * size ** 2).map(roundWeight));
  return { name: OWN, own };
}
