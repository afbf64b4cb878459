// Twelve ranked cases and how the address bar says them: a 1 for each positive from the highest score down, and the size of the ties.

const N_CASES = 12;
const START_LABELS = "110100110000";
const TIES = { min: 1, max: 12, step: 1 };

const startSteps = () => ({ labels: START_LABELS, ties: 1 });
const stepsText = ({ labels, ties }) => `${labels},${ties}`;

/** Read `?ap=`; null if it names no labels. */
function readSteps(text) {
  const [labels, ties] = text.split(",");
  if (!/^[01]+$/.test(labels)) return null;
  const number = Number(ties);
  return { labels: labels.padEnd(N_CASES, "0").slice(0, N_CASES), ties: ties?.trim() && Number.isFinite(number) ? snapTo(TIES, number) : 1 };
}

/** Labels and scores; cases of one tie have the same score. */
function rankedCases({ labels, ties }) {
  return { labels: [...labels].map(Number), scores: Array.from({ length: N_CASES }, (_, at) => Math.ceil(N_CASES / ties) - Math.floor(at / ties)) };
}
