// What the neuron is set to, and how the address bar says it: x1,x2,x3,x4,w1,w2,w3,w4,b,activation[,truth table].

const LIMIT = 3;
const STEP = 0.1;
const INPUTS = [0, 1, 2, 3];
const WEIGHTS = [4, 5, 6, 7];
const BIAS = 8;
const SYMBOLS = ["x₁", "x₂", "x₃", "x₄", "w₁", "w₂", "w₃", "w₄", "b"];
const START = { values: [1, 2, -1, 0.5, 0.5, 0.8, 1, -2, 0.5], activation: "sigmoid", preset: "" };

// tanh is steep: with weights of 3 it answers almost exactly 0 or 1. AND and OR differ in the bias alone.
const PRESETS = {
  and: { inputs: 2, values: [1, 1, 0, 0, 3, 3, 0, 0, -3], wanted: (a, b) => a && b },
  or: { inputs: 2, values: [1, 0, 0, 0, 3, 3, 0, 0, 0], wanted: (a, b) => a || b },
  not: { inputs: 1, values: [0, 0, 0, 0, -3, 0, 0, 0, 3], wanted: (a) => 1 - a },
};
const PRESET_ACTIVATION = "tanh";

const copyState = (state) => ({ ...state, values: [...state.values] });
const presetState = (name) => copyState({ values: PRESETS[name].values, activation: PRESET_ACTIVATION, preset: name });
const snap = (value) => Math.round(Math.min(LIMIT, Math.max(-LIMIT, value)) / STEP) / Math.round(1 / STEP) + 0;
const stateParts = (state) => [...state.values.map(String), state.activation, ...(state.preset ? [state.preset] : [])];
const stateText = (state) => stateParts(state).join(",");
const START_TEXT = stateText(START);

/** w·x + b, free of the rounding of binary fractions. */
function weightedSum(values) {
  const products = INPUTS.map((at) => values[WEIGHTS[at]] * values[at]);
  return Number((products.reduce((sum, product) => sum + product, 0) + values[BIAS]).toFixed(6)) + 0;
}

/** Read `?neuron=`: the state, and [what, asked, used] for everything that had to be changed; null if it is not one. */
function parseState(text) {
  const asked = text.split(",");
  const numbers = asked.slice(0, START.values.length).map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (!numbers.some(Number.isFinite)) return null;
  const state = {
    values: START.values.map((value, at) => (Number.isFinite(numbers[at]) ? snap(numbers[at]) : value)),
    activation: Object.keys(ACTIVATION_FUNCTIONS).includes(asked[9]) ? asked[9] : START.activation,
    preset: Object.keys(PRESETS).includes(asked[10]) ? asked[10] : "",
  };
  return { state, changes: findChanges(asked, state) };
}

function findChanges(asked, state) {
  const used = stateParts(state);
  const names = [...SYMBOLS, "f"];
  const count = Math.max(asked.length, used.length);
  const isSame = (a, b) => a === b || (a !== undefined && a.trim() !== "" && Number(a) === Number(b));
  return Array.from({ length: count }, (_, at) => [names[at] ?? "", asked[at] ?? "", used[at] ?? ""]).filter(
    ([, wanted, got]) => !isSame(wanted, got),
  );
}

/** The rows of a truth table: inputs, the wanted answer, the neuron's answer, whether it counts as right. */
function truthTable(state) {
  const { inputs, wanted } = PRESETS[state.preset];
  return Array.from({ length: 2 ** inputs }, (_, number) => {
    const bits = Array.from({ length: inputs }, (_, at) => (number >> (inputs - 1 - at)) & 1);
    const values = [...bits, ...state.values.slice(inputs)];
    const output = ACTIVATION_FUNCTIONS[state.activation](weightedSum(values));
    return { bits, wanted: wanted(...bits), output, isRight: (output >= 0.5 ? 1 : 0) === wanted(...bits) };
  });
}

/** Put the state into the address bar, without a step in the history; the starting values need no words. */
function writeAddress(text) {
  const query = new URLSearchParams(location.search);
  const wanted = text === START_TEXT ? "" : text;
  if (query.get("neuron") === (wanted || null)) return;
  query.delete("neuron");
  const parts = [query.toString(), wanted && `neuron=${wanted}`].filter(Boolean);
  history.replaceState(history.state, "", location.pathname + (parts.length ? `?${parts.join("&")}` : "") + location.hash);
}
