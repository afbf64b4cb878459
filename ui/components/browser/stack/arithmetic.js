// Shape, parameters, multiply-adds and receptive field of dlcore/functions/layer_arithmetic.py, in the browser; compared by
// tests/ui/test_layer_stack.py.

const MAX_LAYERS = 12;
const ACTIVATION_LAYERS = ["relu", "leaky_relu", "prelu", "elu", "selu", "gelu", "silu", "mish", "softplus", "tanh", "sigmoid"];
const POOLS = ["maxpool", "avgpool"];
const NUMBERS = { conv: ["units", "kernel"], maxpool: ["kernel"], avgpool: ["kernel"], linear: ["units"], dropout: ["share"] };
const OPTIONS = { conv: "spd", maxpool: "spd", avgpool: "sp" };
const OPTION_NAMES = { s: "stride", p: "padding", d: "dilation" };
const KINDS = [...Object.keys(NUMBERS), "flatten", "batchnorm", ...ACTIVATION_LAYERS];
const BOUNDS = { units: [1, 4096], channels: [1, 512], kernel: [1, 11], stride: [1, 8], padding: [0, 6], dilation: [1, 4], share: [0, 0.95] };

const product = (numbers) => numbers.reduce((all, number) => all * number, 1);
const splitStack = (text) => text.split(/[-;]/).map((part) => part.trim()).filter(Boolean);

/** What breaks a rule; caught where its layer is known. */
class Refusal extends Error {
  constructor(code, values = {}) {
    super(code);
    Object.assign(this, { code, values });
  }
}

function parseLayer(text) {
  const [kind, ...words] = text.trim().toLowerCase().split(/\s+/);
  if (!KINDS.includes(kind)) throw new Refusal("layer_unknown");
  const layer = { kind, units: 0, kernel: 1, stride: 1, padding: 0, dilation: 1, share: 0 };
  const found = readNumbers(kind, words);
  for (const [name, number] of found) {
    const [low, high] = BOUNDS[kind === "conv" && name === "units" ? "channels" : name];
    if (!(low <= number && number <= high)) throw new Refusal("layer_between", { number, low, high });
    layer[name] = number;
  }
  return layer;
}

/** Names and values of a layer's numbers. */
function readNumbers(kind, words) {
  const names = NUMBERS[kind] ?? [];
  const values = words.slice(0, names.length);
  const isNumber = kind === "dropout" ? /^\d*\.?\d+$/ : /^\d+$/;
  if (values.length < names.length || !values.every((word) => isNumber.test(word))) throw new Refusal("layer_numbers");
  const found = names.map((name, at) => [name, Number(values[at])]);
  if (POOLS.includes(kind)) found.push(["stride", Number(values[0])]);
  for (const word of words.slice(names.length)) {
    const option = word.match(/^([spd])(\d{1,4})$/);
    if (!option || !(OPTIONS[kind] ?? "").includes(option[1])) throw new Refusal("layer_numbers");
    found.push([OPTION_NAMES[option[1]], Number(option[2])]);
  }
  return found;
}

/** One report a layer, up to the first that cannot be: { reports, refusal }. */
function describeStack(rows, inputShape) {
  const reports = [];
  let before = { shape: inputShape, nParameters: 0, nMultiplyAdds: 0, receptiveField: 1, jump: 1 };
  for (const [at, text] of rows.entries()) {
    try {
      if (at >= MAX_LAYERS) throw new Refusal("too_many_layers", { value: rows.length, high: MAX_LAYERS });
      const layer = parseLayer(text);
      before = { ...describeLayer(layer, before), layer };
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return { reports, refusal: { code: refusal.code, layer: at + 1, value: text, ...refusal.values } };
    }
    reports.push(before);
  }
  return { reports, refusal: null };
}

function describeLayer(layer, given) {
  const { kind, units } = layer;
  const { shape, receptiveField, jump } = given;
  const [channels, ...sides] = shape;
  const same = { shape, nParameters: 0, nMultiplyAdds: 0, receptiveField, jump };
  if (kind === "conv" || POOLS.includes(kind)) return describeWindow(layer, given);
  if (kind === "linear") {
    if (sides.length) throw new Refusal("layer_before_flatten");
    return { ...same, shape: [units], nParameters: (channels + 1) * units, nMultiplyAdds: channels * units };
  }
  if (kind === "flatten") return { ...same, shape: [product(shape)], receptiveField: receptiveField + (Math.max(1, ...sides) - 1) * jump };
  if (kind === "batchnorm") return { ...same, nParameters: 2 * channels, nMultiplyAdds: product(shape) };
  return { ...same, nParameters: kind === "prelu" ? 1 : 0 };
}

function describeWindow(layer, { shape, receptiveField, jump }) {
  const [channels, ...sides] = shape;
  const { kind, units, kernel, stride, padding, dilation } = layer;
  if (!sides.length) throw new Refusal("layer_after_flatten");
  const isPool = POOLS.includes(kind);
  const high = Math.floor(kernel / 2);
  if (isPool && padding > high) throw new Refusal("pool_padding", { padding, kernel, high });
  const window = windowSize(kernel, dilation);
  const tight = sides.find((n) => window > n + 2 * padding);
  if (tight !== undefined) throw new Refusal("window_too_large", { n: tight, padding, padded: tight + 2 * padding, kernel, dilation, window });
  const places = sides.map((n) => outputSize(n, layer));
  const nWeights = isPool ? 0 : units * channels * kernel ** sides.length;
  return {
    shape: [isPool ? channels : units, ...places],
    nParameters: isPool ? 0 : nWeights + units,
    nMultiplyAdds: nWeights * product(places),
    receptiveField: receptiveField + dilation * (kernel - 1) * jump,
    jump: jump * stride,
  };
}

/** The sides when each step halves them and drops what is left over, until one pixel remains. */
function halve(n) {
  const sides = [n];
  while (sides[sides.length - 1] > 1) sides.push(Math.floor(sides[sides.length - 1] / 2));
  return sides;
}

/** How many times n can be halved without a remainder. */
const countHalvings = (n) => (n % 2 ? 0 : 1 + countHalvings(n / 2));
