// A curve made by hand of steep sigmoid steps: n steps of equal width, each with a height; how the address says it.

const MOST_STEPS = 16;
const STEPS = { min: 1, max: MOST_STEPS, step: 1 };
const STEEPNESS = { min: 5, max: 300, step: 5 };
const HEIGHT = { min: -2, max: 2, step: 0.05 };

const startBumps = () => ({ steepness: 50, heights: [0, 0, 0, 0] });
const bumpsText = ({ steepness, heights }) => [steepness, ...heights].join(",");

/** Read `?bumps=`: steepness, then the heights; null if it has no number. */
function readBumps(text) {
  const asked = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (!asked.some(Number.isFinite)) return null;
  const number = (range, value, fallback) => (Number.isFinite(value) ? snapTo(range, value) : fallback);
  const heights = asked.slice(1, MOST_STEPS + 1).map((value) => number(HEIGHT, value, 0));
  return { steepness: number(STEEPNESS, asked[0], startBumps().steepness), heights: heights.length ? heights : startBumps().heights };
}

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** The n − 1 edges between the steps, for inputs from −1 to 1. */
const edgesOf = (n) => Array.from({ length: n - 1 }, (_, at) => (2 * (at + 1)) / n - 1);

/** h₀ + Σ (hⱼ − hⱼ₋₁) σ(s (u − eⱼ)): a hidden unit for each edge. */
function stairAt(u, { steepness, heights }) {
  return edgesOf(heights.length).reduce((sum, edge, at) => sum + (heights[at + 1] - heights[at]) * sigmoid(steepness * (u - edge)), heights[0]);
}

/** The mean of the target (pairs of u and y) over each step. */
function meanHeights(target, n) {
  return Array.from({ length: n }, (_, at) => {
    const inside = target.filter(([u]) => u >= (2 * at) / n - 1 && u <= (2 * (at + 1)) / n - 1);
    return snapTo(HEIGHT, inside.reduce((sum, [, y]) => sum + y, 0) / inside.length);
  });
}

const rmsOf = (target, state) => Math.sqrt(target.reduce((sum, [u, y]) => sum + (stairAt(u, state) - y) ** 2, 0) / target.length);
