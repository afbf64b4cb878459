// The losses of dlcore/functions/losses.py and the fits of constant_fits.py, for numbers; compared by tests/ui/test_losses.py.

const logAddExp = (a, b) => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
const sigmoid = (z) => 1 / (1 + Math.exp(-z));
const softplus = (z) => logAddExp(0, z);
const logSumExp = (zs) => zs.reduce(logAddExp);
const softmax = (zs) => zs.map((z) => Math.exp(z - logSumExp(zs)));
const xlogx = (y) => (y > 0 ? y * Math.log(y) : 0);

/** loss(p, y, parameter) and its derivative with respect to p; the last two take logits as p and one target each. */
const LOSS_FUNCTIONS = {
  mse: { loss: (p, y) => (p - y) ** 2, gradient: (p, y) => 2 * (p - y) },
  mae: { loss: (p, y) => Math.abs(p - y), gradient: (p, y) => Math.sign(p - y) },
  huber: {
    loss: (p, y, delta) => (Math.abs(p - y) <= delta ? (p - y) ** 2 / 2 : delta * (Math.abs(p - y) - delta / 2)),
    gradient: (p, y, delta) => clip(p - y, -delta, delta),
  },
  log_cosh: {
    loss: (p, y) => Math.abs(p - y) + Math.log1p(Math.expm1(-2 * Math.abs(p - y)) / 2),
    gradient: (p, y) => Math.tanh(p - y),
  },
  pinball: {
    loss: (p, y, q) => (p < y ? q * (y - p) : (1 - q) * (p - y)),
    gradient: (p, y, q) => (p < y ? -q : (1 - q) * Math.sign(p - y)),
  },
  bce_with_logits: {
    loss: (z, y) => y * softplus(-z) + (1 - y) * softplus(z),
    gradient: (z, y) => (1 - y) * sigmoid(z) - y * sigmoid(-z),
  },
  cross_entropy: {
    loss: (zs, k) => logSumExp(zs) - zs[k],
    gradient: (zs, k) => softmax(zs)[0] - (k === 0 ? 1 : 0),
  },
  hinge: { loss: (z, y) => Math.max(0, 1 - y * z), gradient: (z, y) => (y * z < 1 ? -y : 0) },
  focal: {
    loss: (z, y, gamma) => sigmoid(y ? -z : z) ** gamma * softplus(y ? -z : z),
    gradient: (z, y, gamma) => {
      const [sign, margin] = y ? [1, z] : [-1, -z];
      return sign * sigmoid(-margin) ** gamma * (-gamma * sigmoid(margin) * softplus(-margin) - sigmoid(-margin));
    },
  },
  kl: {
    loss: (zs, ys) => ys.reduce((sum, y, k) => sum + xlogx(y) - y * (zs[k] - logSumExp(zs)), 0),
    gradient: (zs, ys) => softmax(zs)[0] - ys[0],
  },
};

// --- the constant that a loss likes best, as the interval of all such constants

const FITS = {
  mse: (values) => Array(2).fill(values.reduce((sum, value) => sum + value, 0) / values.length),
  mae: (values) => findQuantile(values, 0.5),
  huber: (values, { delta }) => [-1, 1].map((side) => huberEdge(values, delta, side)),
  pinball: (values, { q }) => findQuantile(values, q),
};

function findQuantile(values, q) {
  const ordered = [...values].sort((a, b) => a - b);
  const place = q * ordered.length;
  const whole = Math.round(place);
  if (Math.abs(place - whole) < 1e-9) return [ordered[whole - 1], ordered[whole]];
  return Array(2).fill(ordered[Math.floor(place)]);
}

/** The slope of the summed Huber loss never falls: its zeros begin (side −1) and end (1) where bisection finds. */
function huberEdge(values, delta, side) {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  for (let turn = 0; turn < 200; turn++) {
    const middle = (low + high) / 2;
    const slope = values.reduce((sum, value) => sum + clip(middle - value, -delta, delta), 0);
    if (slope < -1e-12 || (side > 0 && slope <= 1e-12)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
