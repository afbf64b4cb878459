// A head of a Neural Turing Machine over eight slots: its settings, its four stages, and how the address bar says it.

const ANGLES = [20, 160, 75, 250, 110, 320, 200, 45]; // degrees: what the slots hold, vectors of length 1
const HEAD_RANGES = {
  key: { min: 0, max: 360, step: 5 },
  strength: { min: 0, max: 20, step: 0.5 },
  gate: { min: 0, max: 1, step: 0.05 },
  move: { min: -1, max: 1, step: 0.05 },
  power: { min: 1, max: 10, step: 0.5 },
  slot: { min: 1, max: ANGLES.length, step: 1 },
  repeats: { min: 0, max: 20, step: 1 },
};
const HEAD_NAMES = Object.keys(HEAD_RANGES);
const STAGES = ["previous", "content", "gated", "shifted", "sharpened"];

const startHead = () => ({ key: 75, strength: 8, gate: 0.6, move: 0.8, power: 2, slot: 1, repeats: 0 });
const headText = (state) => HEAD_NAMES.map((name) => state[name]).join(",");

/** Read `?head=`; what it leaves out or cannot have becomes the nearest that is possible; null if it has no number. */
function readHead(text) {
  const asked = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (!asked.some(Number.isFinite)) return null;
  const start = startHead();
  const number = (name, at) => (Number.isFinite(asked[at]) ? snapTo(HEAD_RANGES[name], asked[at]) : start[name]);
  return Object.fromEntries(HEAD_NAMES.map((name, at) => [name, number(name, at)]));
}

const cosines = (key) => ANGLES.map((angle) => Math.cos(((key - angle) * Math.PI) / 180));
const sum = (values) => values.reduce((total, value) => total + value, 0);
const normalise = (values) => values.map((value) => value / sum(values));

/** Shares of going one slot back, staying, and going one slot on, for a move from −1 to 1. */
const kernelOf = (move) => [Math.max(0, -move), 1 - Math.abs(move), Math.max(0, move)];

/** The weights at every stage, from those before. */
function runHead(previous, { key, strength, gate, move, power }) {
  const content = normalise(cosines(key).map((cosine) => Math.exp(strength * cosine)));
  const gated = content.map((value, at) => gate * value + (1 - gate) * previous[at]);
  const [back, stay, on] = kernelOf(move);
  const n = gated.length;
  const shifted = gated.map((value, at) => back * gated[(at + 1) % n] + stay * value + on * gated[(at + n - 1) % n]);
  return { previous, content, gated, shifted, sharpened: normalise(shifted.map((value) => value ** power)) };
}

/** The stages after the head has already moved `repeats` times with the same settings, from one slot. */
function stagesOf(state) {
  let stages = runHead(ANGLES.map((_, at) => (at === state.slot - 1 ? 1 : 0)), state);
  for (let done = 0; done < state.repeats; done++) stages = runHead(stages.sharpened, state);
  return stages;
}
