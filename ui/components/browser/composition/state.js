// The numbers of one composition, and how the address bar says them: a, b (two each), W (four), V (sixteen, row by row).

const PART = { min: -1, max: 1, step: 0.05 };
const WEIGHT = { min: -3, max: 3, step: 0.1 };
const N_PARTS = 4; // numbers of [a; b]
const [NEGATES, JUDGES] = [0, 2]; // a₁ and b₁ among them
const CORNERS = [
  { a: -1, b: 1, wanted: 1 },
  { a: -1, b: -1, wanted: -1 },
  { a: 1, b: 1, wanted: -1 },
  { a: 1, b: -1, wanted: 1 },
]; // "really good", "really bad", "not good", "not bad"

const startComposition = () => ({ parts: [1, 0.2, 1, -0.3], w: [-1, 0, 0.5, 0], v: Array(N_PARTS ** 2).fill(0) });
const compositionText = ({ parts, w, v }) => [...parts, ...w, ...v].join(",");

/** Read `?compose=`; what it leaves out or cannot have becomes the nearest that is possible; null if it has no number. */
function readComposition(text) {
  const asked = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (!asked.some(Number.isFinite)) return null;
  const start = startComposition();
  const take = (from, range, fallback) => fallback.map((value, at) => (Number.isFinite(asked[from + at]) ? snapTo(range, asked[from + at]) : value));
  return { parts: take(0, PART, start.parts), w: take(N_PARTS, WEIGHT, start.w), v: take(2 * N_PARTS, WEIGHT, start.v) };
}

/** W x, xᵀV x, and the first number of p with both and with W alone. */
function compose({ w, v }, x) {
  const linear = w.reduce((sum, weight, at) => sum + weight * x[at], 0);
  const bilinear = v.reduce((sum, value, at) => sum + value * x[Math.floor(at / N_PARTS)] * x[at % N_PARTS], 0);
  return { linear, bilinear, p: Math.tanh(linear + bilinear), plain: Math.tanh(linear) };
}

/** [a; b] with other values of a₁ and b₁. */
function withPair(parts, a, b) {
  const x = [...parts];
  [x[NEGATES], x[JUDGES]] = [a, b];
  return x;
}

/** Whether each of the four phrases gets the sign that it should. */
function judgeCorners(state) {
  return CORNERS.map(({ a, b, wanted }) => {
    const { p } = compose(state, withPair(state.parts, a, b));
    return { a, b, wanted, p, isRight: p * wanted > 0 };
  });
}
