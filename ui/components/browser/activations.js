// The activation functions of dlcore/functions/activations.py, by the same names and in the same order, for numbers.
// tests/ui/test_neuron.py compares the two.

const LEAKY_SLOPE = 0.01;
const PRELU_SLOPE = 0.25;
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;
const TAIL = 3; // beyond this the normal distribution is computed from its tail
const TAIL_TERMS = 80;

const logistic = (x) => 1 / (1 + Math.exp(-x));
const leaky = (slope) => (x) => (x > 0 ? x : slope * x);
const exponentialLinear = (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x));
const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** The density of N(0, 1). */
function normalDensity(x) {
  return Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** Φ, the distribution function of N(0, 1), to about 13 digits (Marsaglia 2004, Evaluating the normal distribution). */
function normalDistribution(x) {
  if (x > TAIL) return 1 - normalTail(x);
  if (x < -TAIL) return normalTail(-x);
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

/** 1 − Φ(x) for x > 0, from its continued fraction (Laplace): small values keep all their digits. */
function normalTail(x) {
  let denominator = x;
  for (let term = TAIL_TERMS; term > 0; term--) denominator = x + term / denominator;
  return normalDensity(x) / denominator;
}

const ACTIVATION_FUNCTIONS = {
  identity: (x) => x,
  sigmoid: logistic,
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  leaky_relu: leaky(LEAKY_SLOPE),
  prelu: leaky(PRELU_SLOPE),
  silu: (x) => x * logistic(x),
  elu: (x) => exponentialLinear(x, 1),
  selu: (x) => SELU_SCALE * exponentialLinear(x, SELU_ALPHA),
  gelu: (x) => x * normalDistribution(x),
  gelu_tanh: (x) => (x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))) / 2,
  softplus,
  mish: (x) => x * Math.tanh(softplus(x)),
};
