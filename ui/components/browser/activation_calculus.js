// What the picture of an activation needs beyond f itself: derivatives, free slopes, facts. tests/ui/test_activation_probe.py
// compares all of it with dlcore/functions/activations.py.

const SATURATED = 0.05; // below this |f′| is shaded
const SPREAD_NODES = 4000; // of the mean over N(0, 1); none lies on a kink at 0
const SPREAD_REACH = 10;

const DERIVATIVES = {
  identity: () => 1,
  sigmoid: (x) => logistic(x) * logistic(-x),
  tanh: (x) => 1 - Math.tanh(x) ** 2,
  relu: (x) => (x > 0 ? 1 : 0),
  leaky_relu: (x, slope = LEAKY_SLOPE) => (x > 0 ? 1 : slope),
  prelu: (x, slope = PRELU_SLOPE) => (x > 0 ? 1 : slope),
  silu: (x) => logistic(x) * (1 + x * logistic(-x)),
  elu: (x, slope = 1) => (x > 0 ? 1 : slope * Math.exp(x)),
  selu: (x) => SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x)),
  gelu: (x) => normalDistribution(x) + x * normalDensity(x),
  gelu_tanh: (x) => {
    const t = Math.tanh(cubic(x));
    return (1 + t) / 2 + (x * (1 - t * t) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x)) / 2;
  },
  softplus: logistic,
  mish: (x) => {
    const t = Math.tanh(softplus(x));
    return t + x * logistic(x) * (1 - t * t);
  },
};

// Functions with a free slope: default, lowest, highest.
const SLOPES = { leaky_relu: [LEAKY_SLOPE, -1, 1.5], prelu: [PRELU_SLOPE, -1, 1.5], elu: [1, 0, 2] };
const FREE = { leaky_relu: leaky, prelu: leaky, elu: (slope) => (x) => exponentialLinear(x, slope) };
const CORNERS = { relu: () => true, leaky_relu: (slope) => slope !== 1, prelu: (slope) => slope !== 1, elu: (slope) => slope !== 1, selu: () => true };

function cubic(x) {
  return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
}

/** The pair of functions for a name and, where it has one, a slope. */
function findPair(name, slope) {
  const f = name in FREE ? FREE[name](slope) : ACTIVATION_FUNCTIONS[name];
  return { f, df: (x) => (name in FREE ? DERIVATIVES[name](x, slope) : DERIVATIVES[name](x)) };
}

/** Where |f′| is small: intervals [from, to] of −reach … reach. */
function findShade(df, reach, step = 0.01) {
  const intervals = [];
  const count = Math.round((2 * reach) / step);
  let open = null;
  for (let at = 0; at < count; at++) {
    const x = -reach + (at + 0.5) * step;
    const isFlat = Math.abs(df(x)) < SATURATED;
    if (isFlat && open === null) open = x - step / 2;
    if (!isFlat && open !== null) {
      intervals.push([open, x - step / 2]);
      open = null;
    }
  }
  if (open !== null) intervals.push([open, reach]);
  return intervals;
}

/** The mean of f and the share of flat places over N(0, 1), by the trapezoidal rule. */
function spreadFacts({ f, df }) {
  let [total, mean, flat] = [0, 0, 0];
  for (let at = 0; at < SPREAD_NODES; at++) {
    const x = -SPREAD_REACH + (2 * SPREAD_REACH * (at + 0.5)) / SPREAD_NODES;
    const weight = Math.exp((-x * x) / 2);
    total += weight;
    mean += weight * f(x);
    if (Math.abs(df(x)) < SATURATED) flat += weight;
  }
  return { mean: mean / total, flat: flat / total };
}

/** Infimum and supremum of f, from the table for the default slope or from the slope that was set. */
function findRange(name, slope, ranges) {
  if (name === "elu") return [slope > 0 ? -slope : 0, Infinity];
  if (name in FREE) return [slope > 0 ? -Infinity : 0, Infinity];
  return ranges[name].map((value) => value ?? Infinity).map((value, at) => (value === Infinity && at === 0 ? -Infinity : value));
}

/** Lowest and highest value of f′ on a grid as wide as it takes to be flat beyond. */
function slopeRange(df) {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at <= 6000; at++) {
    const value = df(-30 + at / 100);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high].map((value) => (Math.abs(value) < 1e-9 ? 0 : value)); // what is only approached far out
}
