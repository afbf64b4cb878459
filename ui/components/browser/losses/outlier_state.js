// The numbers of the outlier picture, and how the address bar says them: eight numbers, the outlier, δ, q.

const PLACE = { min: -10, max: 10, step: 0.1 };
const DELTA = { min: 0.1, max: 10, step: 0.1 };
const QUANTILE = { min: 0.05, max: 0.95, step: 0.05 };
const START_VALUES = [-3, -1.8, -0.9, -0.2, 0.2, 0.9, 1.8, 3, 4];
const OUTLIER = START_VALUES.length - 1; // the one that the slider moves
const FIT_NAMES = ["mse", "mae", "huber", "pinball"];

const startOutlier = () => ({ values: [...START_VALUES], delta: 1, q: 0.75 });
const outlierText = ({ values, delta, q }) => [...values, delta, q].join(",");

/** Read `?outlier=`; what it leaves out or cannot have becomes the nearest that is possible; null if it has no number. */
function readOutlier(text) {
  const asked = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (!asked.some(Number.isFinite)) return null;
  const start = startOutlier();
  const number = (at, range, fallback) => (Number.isFinite(asked[at]) ? snapTo(range, asked[at]) : fallback);
  return {
    values: start.values.map((value, at) => number(at, PLACE, value)),
    delta: number(OUTLIER + 1, DELTA, start.delta),
    q: number(OUTLIER + 2, QUANTILE, start.q),
  };
}

/** What each loss makes of these numbers: {low, high, best}, where every constant from low to high is as good. */
function fitAll(values, state) {
  return FIT_NAMES.map((name) => {
    const [low, high] = FITS[name](values, state);
    return { low, high, best: (low + high) / 2 };
  });
}

/** The mean loss of a constant, as a function of it. */
function meanLoss(name, { values, delta, q }) {
  const parameter = { huber: delta, pinball: q }[name];
  return (constant) => values.reduce((sum, value) => sum + LOSS_FUNCTIONS[name].loss(constant, value, parameter), 0) / values.length;
}
