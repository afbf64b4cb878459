// dlcore/functions/metrics.py and bootstrap.py in the browser, for arrays of labels 0/1 and scores; tests/ui/test_score_lab.py compares.

const N_RESAMPLES = 200;
const N_PLACES = 50; // of a band
const LEVEL = 0.95;
const ROUNDING = 1e-9; // a rate that is a place of the grid up to the last bits is that place
const GRID = Array.from({ length: N_PLACES }, (_, at) => (at + 1) / N_PLACES);

/** Cases by falling score; `ends` are the last places of the groups of equal scores. */
function orderCases(labels, scores) {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a]);
  const ends = [];
  order.forEach((row, at) => (at === order.length - 1 || scores[order[at + 1]] !== scores[row]) && ends.push(at));
  return { order, ends, labels, thresholds: [Infinity, ...ends.map((at) => scores[order[at]])] };
}

/** True and false positives at every threshold, from "nothing" on; `weights` say how often a case counts. */
function countAbove({ order, ends, labels, thresholds }, weights = null) {
  const [tp, fp] = [new Float64Array(ends.length + 1), new Float64Array(ends.length + 1)];
  let [found, wrong, at] = [0, 0, 0];
  for (let group = 0; group < ends.length; group++) {
    for (; at <= ends[group]; at++) {
      const weight = weights ? weights[order[at]] : 1;
      if (labels[order[at]]) found += weight;
      else wrong += weight;
    }
    tp[group + 1] = found;
    fp[group + 1] = wrong;
  }
  const rates = { tpr: tp.map((count) => count / found), fpr: fp.map((count) => count / wrong) }; // 0/0 is NaN
  return { thresholds, tp, fp, positives: found, negatives: wrong, prevalence: found / (found + wrong), ...rates };
}

const rankScores = (labels, scores) => countAbove(orderCases(labels, scores));
const whyUndefined = ({ positives, negatives }) => (positives === 0 ? "no_positives" : negatives === 0 ? "no_negatives" : "");

/** The precision at every threshold, at another prevalence if one is given; 1 where nobody is predicted positive. */
function precisionOf({ tp, fp, tpr, fpr }, prevalence = null) {
  const ratio = (found, wrong) => (found + wrong === 0 ? 1 : found / (found + wrong));
  if (prevalence === null) return tp.map((found, at) => ratio(found, fp[at]));
  return tpr.map((found, at) => ratio(prevalence * found, (1 - prevalence) * fpr[at]));
}

/** Σ (xₙ − xₙ₋₁) · term(n) */
function sumSteps(x, term) {
  let sum = 0;
  for (let at = 1; at < x.length; at++) sum += (x[at] - x[at - 1]) * term(at);
  return sum;
}

function averagePrecision(ranking, prevalence = null) {
  const precision = precisionOf(ranking, prevalence);
  return sumSteps(ranking.tpr, (at) => precision[at]);
}

function linearArea(ranking, prevalence = null) {
  const precision = precisionOf(ranking, prevalence);
  return sumSteps(ranking.tpr, (at) => (precision[at] + precision[at - 1]) / 2);
}

const rocAuc = ({ tpr, fpr }) => sumSteps(fpr, (at) => (tpr[at] + tpr[at - 1]) / 2);

/** Equal scores in random order: the area under the curves that chance can keep (Davis & Goadrich 2006). */
function chanceArea({ tp, fp, positives }) {
  let area = 0;
  for (let at = 1; at < tp.length; at++) {
    const gained = tp[at] - tp[at - 1];
    if (!gained) continue;
    const slope = (fp[at] - fp[at - 1]) / gained;
    const [a, b] = [1 + slope, fp[at - 1] - slope * tp[at - 1]];
    area += gained / a - (b ? (b * Math.log((a * tp[at] + b) / (a * tp[at - 1] + b))) / a ** 2 : 0);
  }
  return positives ? area / positives : NaN;
}

function fBetas(ranking, beta, prevalence = null) {
  const precision = precisionOf(ranking, prevalence);
  return ranking.tpr.map((recall, at) => {
    const below = beta ** 2 * precision[at] + recall;
    return below ? ((1 + beta ** 2) * precision[at] * recall) / below : below;
  });
}

/** Cost a case: a false alarm costs 1, a miss `missCost`. */
function costs({ tpr, fpr, prevalence: own }, missCost, prevalence = null) {
  const share = prevalence ?? own;
  return tpr.map((recall, at) => missCost * share * (1 - recall) + (1 - share) * fpr[at]);
}

/** The place of the largest value, the first of several. */
const bestPlace = (values) => values.reduce((best, value, at) => (value > values[best] ? at : best), 0);

/** The last place whose threshold is at least as high. */
function placeOf({ thresholds }, threshold) {
  let [low, high] = [0, thresholds.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (thresholds[middle] >= threshold) low = middle;
    else high = middle;
  }
  return low;
}

/** A threshold that comes to this place: halfway to the next lower score, so that rounding it in a link does no harm. */
function thresholdAt({ thresholds }, place) {
  const [here, below] = [thresholds[place], thresholds[place + 1]];
  if (below === undefined) return place ? here - 1e-6 * Math.max(1, Math.abs(here)) : 0;
  return Number.isFinite(here) ? (here + below) / 2 : below + 1e-6 * Math.max(1, Math.abs(below));
}

// --- the stratified bootstrap

/** Evenly distributed numbers in 0 ≤ u < 1, always the same ones (mulberry32). */
function makeRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How often each case is drawn when both classes are drawn with replacement among themselves. */
function drawCounts(labels, random) {
  const counts = new Uint16Array(labels.length);
  for (const members of membersOf(labels)) {
    for (let drawn = 0; drawn < members.length; drawn++) counts[members[Math.floor(random() * members.length)]] += 1;
  }
  return counts;
}

/** The rows of the negatives and of the positives. */
function membersOf(labels) {
  const members = [[], []];
  for (let row = 0; row < labels.length; row++) members[labels[row]].push(row);
  return members;
}

/** Bands at the places of GRID: recall at a false-positive rate; FPR/TPR at a recall; and the intervals of both areas. */
function bootstrapBands(cases, prevalence = null, nResamples = N_RESAMPLES) {
  const random = makeRandom(1);
  const drawn = Array.from({ length: nResamples }, () => countAbove(cases, drawCounts(cases.labels, random)));
  return {
    ap: ends(drawn.map((ranking) => averagePrecision(ranking, prevalence))),
    auc: ends(drawn.map(rocAuc)),
    tpr: endsAt(drawn.map(tprAt)),
    odds: endsAt(drawn.map(oddsAt)),
  };
}

function ends(values) {
  const ordered = Float64Array.from(values).sort();
  return [(1 - LEVEL) / 2, (1 + LEVEL) / 2].map((share) => quantile(ordered, share));
}

const endsAt = (curves) => GRID.map((_, at) => ends(curves.map((curve) => curve[at])));

function quantile(ordered, share) {
  const place = share * (ordered.length - 1);
  const [low, rest] = [Math.floor(place), place % 1];
  return rest ? ordered[low] * (1 - rest) + ordered[low + 1] * rest : ordered[low];
}

/** Of both rates, which rise together, the places where one of them passes the grid. */
function tprAt({ tpr, fpr }) {
  let at = 0;
  return GRID.map((place) => {
    while (at + 1 < fpr.length && fpr[at + 1] <= place + ROUNDING) at += 1;
    return tpr[at];
  });
}

function oddsAt({ tpr, fpr }) {
  let at = 0;
  return GRID.map((place) => {
    while (at + 1 < tpr.length && tpr[at] < place - ROUNDING) at += 1;
    return fpr[at] / tpr[at];
  });
}

// --- several classes

/** One against the rest, for scores row by row; `label` null asks all questions at once (micro). */
function askClass(labels, scores, nClasses, label) {
  if (label === null) return { labels: Uint8Array.from(scores, (_, at) => Number(labels[Math.floor(at / nClasses)] === at % nClasses)), scores };
  return { labels: Uint8Array.from(labels, (y) => Number(y === label)), scores: Float64Array.from(labels, (_, row) => scores[row * nClasses + label]) };
}

/** The mean of the classes' curves at each recall of the grid. */
function macroCurve(rankings) {
  const precise = rankings.map((ranking) => oddsAt(ranking).map((odds) => 1 / (1 + (odds * (1 - ranking.prevalence)) / ranking.prevalence)));
  return GRID.map((recall, at) => [recall, precise.reduce((sum, curve) => sum + curve[at], 0) / precise.length]);
}

// --- scores from two normal distributions

/** Evenly spaced quantiles of N(0, 1), by halving: (i − ½)/n for i = 1 … n. */
function normalScores(n) {
  return Array.from({ length: n }, (_, at) => {
    const share = (at + 0.5) / n;
    let [low, high] = [-8, 8];
    for (let turn = 0; turn < 50; turn++) {
      const middle = (low + high) / 2;
      if (normalShare(middle) < share) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
}

/** Φ(z) by the series of Marsaglia 2004 (Evaluating the normal distribution). */
function normalShare(z) {
  if (Math.abs(z) > 7.5) return z < 0 ? 0 : 1;
  let [sum, term] = [z, z];
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) sum += term = (term * z * z) / odd;
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
