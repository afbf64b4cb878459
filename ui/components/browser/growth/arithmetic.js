// How many parameters three networks of equal depth have; tests/ui/test_growth.py compares with layer_arithmetic.py.

const N_CLASSES = 10;
const SIDE = { min: 8, max: 512, step: 8 };
const COUNTS = {
  channels: { min: 1, max: 4, step: 1 },
  units: { min: 8, max: 512, step: 8 },
  filters: { min: 4, max: 128, step: 4 },
  layers: { min: 1, max: 3, step: 1 },
};
const NETS = ["mlp", "flat", "pooled"];

/**
 * Every layer as [inputs, outputs]: a layer has (inputs + 1) · outputs parameters. A filter of a 3×3 convolution has nine
 * inputs a channel; each convolution is followed by max pooling 2×2, which halves the side, rounded down.
 */
const LAYERS = {
  mlp: ({ side, channels, units, layers }) => [[side * side * channels, units], ...Array(layers - 1).fill([units, units]), [units, N_CLASSES]],
  flat: (state) => [...convolutions(state), [Math.floor(state.side / 2 ** state.layers) ** 2 * state.filters, N_CLASSES]],
  pooled: (state) => [...convolutions(state), [state.filters, N_CLASSES]],
};

function convolutions({ channels, filters, layers }) {
  return [[9 * channels, filters], ...Array(layers - 1).fill([9 * filters, filters])];
}

const countParameters = (net, state) => LAYERS[net](state).reduce((sum, [inputs, outputs]) => sum + (inputs + 1) * outputs, 0);

const startGrowth = () => ({ side: 32, channels: 3, units: 128, filters: 32, layers: 2 });
const growthText = ({ side, channels, units, filters, layers }) => [side, channels, units, filters, layers].join(",");

/** Read `?growth=`; what it leaves out or cannot have becomes the nearest that is possible; null if it has no number. */
function readGrowth(text) {
  const asked = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (!asked.some(Number.isFinite)) return null;
  const ranges = { side: SIDE, ...COUNTS };
  const start = startGrowth();
  return Object.fromEntries(Object.keys(ranges).map((name, at) => [name, Number.isFinite(asked[at]) ? snapTo(ranges[name], asked[at]) : start[name]]));
}
