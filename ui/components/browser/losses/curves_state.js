// What the picture of the losses is set to, and how the address bar says it: name,prediction,target,parameter,z2,z3,others.

const PREDICTION = { min: -5, max: 5, step: 0.1 };
const NUMBER = { min: -3, max: 3, step: 0.1, start: 0 };
const SHARE = { min: 0, max: 1, step: 0.05, start: 1 };
const GROUPS = {
  numbers: ["mse", "mae", "huber", "log_cosh", "pinball"],
  yes_no: ["bce_with_logits", "focal", "hinge"],
  classes: ["cross_entropy", "kl"],
};
const TARGETS = {
  ...Object.fromEntries(GROUPS.numbers.map((name) => [name, NUMBER])),
  bce_with_logits: SHARE,
  focal: { min: 0, max: 1, step: 1, start: 1 },
  hinge: { min: -1, max: 1, step: 2, start: 1 },
  cross_entropy: { min: 1, max: 3, step: 1, start: 1 },
  kl: { ...SHARE, start: 0.7 },
};
const PARAMETERS = {
  huber: { symbol: "δ", min: 0.1, max: 3, step: 0.1, start: 1 },
  pinball: { symbol: "q", min: 0.05, max: 0.95, step: 0.05, start: 0.9 },
  focal: { symbol: "γ", min: 0, max: 5, step: 0.5, start: 2 },
};
const NO_PARAMETER = { min: 0, max: 0, step: 1, start: 0 };

const groupOf = (name) => Object.keys(GROUPS).find((group) => GROUPS[group].includes(name));
const startCurves = (name = "mse") => ({
  name,
  prediction: groupOf(name) === "numbers" ? 2 : -1.5,
  target: TARGETS[name].start,
  parameter: (PARAMETERS[name] ?? NO_PARAMETER).start,
  z2: 0.5,
  z3: -0.5,
  others: false,
});
const curvesText = ({ name, prediction, target, parameter, z2, z3, others }) =>
  [name, prediction, target, parameter, z2, z3, others ? 1 : 0].join(",");

/** Read `?curve=`; what it leaves out or cannot have becomes the nearest that is possible; null if it names no loss. */
function readCurves(text) {
  const [name, ...asked] = text.split(",");
  if (!Object.keys(TARGETS).includes(name)) return null;
  const start = startCurves(name);
  const number = (at, range, fallback) => (asked[at]?.trim() && Number.isFinite(Number(asked[at])) ? snapTo(range, Number(asked[at])) : fallback);
  return {
    name,
    prediction: number(0, PREDICTION, start.prediction),
    target: number(1, TARGETS[name], start.target),
    parameter: number(2, PARAMETERS[name] ?? NO_PARAMETER, start.parameter),
    z2: number(3, PREDICTION, start.z2),
    z3: number(4, PREDICTION, start.z3),
    others: asked[5] === "1",
  };
}

/** A loss as a function of the prediction alone, everything else as set. */
function alone(name, state) {
  const { loss, gradient } = LOSS_FUNCTIONS[name];
  const parameter = name === state.name ? state.parameter : (PARAMETERS[name] ?? NO_PARAMETER).start;
  const target = targetFor(name, state);
  const input = groupOf(name) === "classes" ? (p) => [p, state.z2, state.z3] : (p) => p;
  return { loss: (p) => loss(input(p), target, parameter), gradient: (p) => gradient(input(p), target, parameter) };
}

/** The target as the loss takes it; one of another loss of the group gets the same target in its own terms. */
function targetFor(name, { name: chosen, target }) {
  if (groupOf(name) === "yes_no") {
    const isYes = chosen === "hinge" ? target > 0 : target >= 0.5;
    if (name === "hinge") return isYes ? 1 : -1;
    return chosen === "bce_with_logits" && name === chosen ? target : Number(isYes);
  }
  if (name === "cross_entropy") return chosen === "kl" ? 0 : target - 1;
  if (name === "kl") {
    const shares = chosen === "kl" ? [target, (1 - target) / 2, (1 - target) / 2] : [0, 1, 2].map((k) => Number(k === target - 1));
    return shares;
  }
  return target;
}

/** The formula with the reader's numbers: lines of [what, symbols, numbers, result]. */
function writeLoss(state) {
  const { name, prediction: p, target: y, parameter: a } = state;
  const { loss, gradient } = alone(name, state);
  const [L, G] = [four(loss(p)), four(gradient(p))];
  const [P, Y, A] = [bracketed(p), bracketed(y), two(a)];
  const error = `${two(p)} − ${Y}`;
  const far = Math.abs(p - y) > a;
  const low = p < y;
  const sign = p === y ? "0" : p > y ? "1" : "−1";
  const softmaxLine = () => {
    const shares = softmax([p, state.z2, state.z3]).map(four);
    return ["p = softmax(z)", `softmax(${two(p)}, ${two(state.z2)}, ${two(state.z3)})`, `(${shares.join(", ")})`];
  };
  const s = four(sigmoid(p));
  const t = four(sigmoid(y ? p : -p)); // the focal loss's p
  const lines = {
    mse: () => [["L = (ŷ − y)²", `(${error})²`, L], ["∂L/∂ŷ = 2 (ŷ − y)", `2 · (${error})`, G]],
    mae: () => [["L = |ŷ − y|", `|${error}|`, L], ["∂L/∂ŷ = sign(ŷ − y)", `sign(${error})`, G]],
    huber: () =>
      far
        ? [["|ŷ − y| > δ:  L = δ (|ŷ − y| − δ/2)", `${A} · (|${error}| − ${A}/2)`, L], ["∂L/∂ŷ = δ sign(ŷ − y)", `${A} · ${sign}`, G]]
        : [["|ŷ − y| ≤ δ:  L = ½ (ŷ − y)²", `½ · (${error})²`, L], ["∂L/∂ŷ = ŷ − y", error, G]],
    log_cosh: () => [["L = ln cosh(ŷ − y)", `ln cosh(${error})`, L], ["∂L/∂ŷ = tanh(ŷ − y)", `tanh(${error})`, G]],
    pinball: () =>
      low
        ? [["ŷ < y:  L = q (y − ŷ)", `${A} · (${two(y)} − ${P})`, L], ["∂L/∂ŷ = −q", `−${A}`, G]]
        : [["ŷ ≥ y:  L = (1 − q)(ŷ − y)", `${two(1 - a)} · (${error})`, L], p === y ? ["ŷ = y:  ∂L/∂ŷ", "", G] : ["∂L/∂ŷ = 1 − q", `1 − ${A}`, G]],
    bce_with_logits: () => [
      ["p = σ(z)", `σ(${two(p)})`, s],
      ["L = −y ln p − (1 − y) ln(1 − p)", `−${two(y)} · ln ${s} − ${two(1 - y)} · ln ${four(sigmoid(-p))}`, L],
      ["∂L/∂z = p − y", `${s} − ${two(y)}`, G],
    ],
    focal: () => [
      [y ? "y = 1:  p = σ(z)" : "y = 0:  p = σ(−z)", y ? `σ(${two(p)})` : `σ(${two(-p)})`, t],
      ["L = −(1 − p)^γ ln p", `−(1 − ${t})^${two(a)} · ln ${t}`, L],
      [`∂L/∂z = ${y ? "" : "−"}(1 − p)^γ (γ p ln p + p − 1)`, `${y ? "" : "−"}(1 − ${t})^${two(a)} · (${two(a)} · ${t} · ln ${t} + ${t} − 1)`, G],
    ],
    hinge: () => [
      ["L = max(0, 1 − y z)", `max(0, 1 − ${Y} · ${P})`, L],
      y * p < 1 ? [`y z = ${two(y * p)} < 1:  ∂L/∂z = −y`, `−${Y}`, G] : [`y z = ${two(y * p)} ≥ 1:  ∂L/∂z`, "", G],
    ],
    cross_entropy: () => {
      const shares = softmax([p, state.z2, state.z3]).map(four);
      return [softmaxLine(), ["L = −ln p_y", `−ln ${shares[y - 1]}`, L], ["∂L/∂z₁ = p₁ − [y = 1]", `${shares[0]} − ${y === 1 ? 1 : 0}`, G]];
    },
    kl: () => {
      const shares = softmax([p, state.z2, state.z3]).map(four);
      const targets = targetFor("kl", state);
      const terms = targets.map((each, k) => (each ? `${three(each)} ln(${three(each)}/${shares[k]})` : "0"));
      return [softmaxLine(), ["L = Σ yₖ ln(yₖ/pₖ)", terms.join(" + "), L], ["∂L/∂z₁ = p₁ − y₁", `${shares[0]} − ${two(y)}`, G]];
    },
  };
  return lines[name]();
}

/** Up to so many decimals, without zeros at the end. */
const upTo = (digits, value) => String(Number(value.toFixed(digits)) + 0).replace("-", "−");
const three = (value) => upTo(3, value);
const four = (value) => upTo(4, value);
const ROUNDED = ["log_cosh", "bce_with_logits", "focal", "cross_entropy", "kl"]; // whose values are no short decimals
