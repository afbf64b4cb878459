// What the lab of scores is set to, and how the address bar says it: threshold,prevalence,beta,miss cost,part,marks,class,separation.

const LOGIT = { min: -7, max: 3, step: 0.05 }; // of the prevalence: 0.1 % … 95 %
const BETA = { min: 0.25, max: 4, step: 0.25 };
const MISS = { min: 1, max: 50, step: 1 };
const APART = { min: 0, max: 4, step: 0.1 };
const MARKS = { b: "band", l: "linear" };

/** null: as the scores suggest, or as in the data. */
const startScores = () => ({ threshold: null, prevalence: null, beta: 1, miss: 5, part: null, marks: "b", label: null, apart: 1.5 });

const numberText = (value) => (value === null ? "" : String(Number(value.toPrecision(9))));

function scoresText({ threshold, prevalence, beta, miss, part, marks, label, apart }) {
  return [numberText(threshold), numberText(prevalence), beta, miss, part ?? "", marks || "n", label ?? "", apart].join(",").replace(/,+$/, "");
}

/** Read `?cut=`; what it leaves out or cannot have becomes the nearest that is possible; null if nothing is understood. */
function readScores(text) {
  const asked = text.split(",").map((part) => part.trim());
  const start = startScores();
  const number = (at) => (asked[at] && Number.isFinite(Number(asked[at])) ? Number(asked[at]) : null);
  const within = (at, range, fallback) => (number(at) === null ? fallback : snapTo(range, number(at)));
  const state = {
    threshold: number(0) === null ? null : clip(number(0), -1e12, 1e12),
    prevalence: number(1) === null ? null : clip(number(1), 0.001, 0.95),
    beta: within(2, BETA, start.beta),
    miss: within(3, MISS, start.miss),
    part: /^[a-z]{1,12}$/.test(asked[4] ?? "") ? asked[4] : null,
    marks: asked[5] ? [...asked[5]].filter((mark) => mark in MARKS).join("") : start.marks,
    label: /^([0-9]{1,2}|micro)$/.test(asked[6] ?? "") ? asked[6] : null,
    apart: within(7, APART, start.apart),
  };
  const isAnything = asked.some((part, at) => part && (at === 4 ? state.part : at === 5 ? true : at === 6 ? state.label : number(at) !== null));
  return isAnything ? state : null;
}

const prevalenceFrom = (logit) => Number((1 / (1 + Math.exp(-logit))).toPrecision(2));
const logitOf = (prevalence) => Math.log(prevalence / (1 - prevalence));

/** Where a threshold begins: between yes and no where the scores say so themselves, else in their middle. */
function naturalThreshold(scale, scores) {
  if (scale === "logit") return 0;
  if (scale === "share") return 0.5;
  const [low, high] = reachOf(scores);
  if (low >= 0 && high <= 1) return 0.5;
  return low < 0 && high > 0 ? 0 : (low + high) / 2;
}

function reachOf(scores) {
  let [low, high] = [Infinity, -Infinity];
  for (const score of scores) {
    if (score < low) low = score;
    if (score > high) high = score;
  }
  return [low, high];
}
