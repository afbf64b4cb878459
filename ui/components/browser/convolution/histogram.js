// How often each brightness occurs, with the place of zero marked.

const N_BINS = 32;
const HISTOGRAM = { left: 6, right: 314, top: 8, bottom: 84 };

/** Counts of equal steps from the least to the largest value, 0 among them. */
function countValues(values, n_bins = N_BINS) {
  let [least, largest] = [0, 0];
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  if (least === largest) largest = 1;
  const counts = Array(n_bins).fill(0);
  for (const value of values) counts[Math.min(n_bins - 1, Math.floor(((value - least) / (largest - least)) * n_bins))] += 1;
  return { least, largest, counts };
}

/** Square roots of the counts, or a dark background would hide everything else. */
function drawHistogram(picture, words, colours) {
  const { least, largest, counts } = countValues(picture.data);
  const scales = makeScales(HISTOGRAM, [least, largest], [0, Math.sqrt(Math.max(...counts))]);
  const step = (largest - least) / counts.length;
  const bars = counts.map((count, at) => {
    const [x, y] = [scales.toX(least + at * step), scales.toY(Math.sqrt(count))];
    return draw("rect", { x: x + 0.5, y, width: (HISTOGRAM.right - HISTOGRAM.left) / counts.length - 1, height: HISTOGRAM.bottom - y, fill: colours[0] });
  });
  const zero = scales.toX(0);
  const ticks = [least, 0, largest].filter((value, at, all) => all.indexOf(value) === at);
  return draw(
    "svg",
    { viewBox: "0 0 320 104", role: "img", "aria-label": words.convlab_histogram },
    bars,
    draw("line", { x1: zero, x2: zero, y1: HISTOGRAM.top, y2: HISTOGRAM.bottom, class: "zero" }),
    ticks.map((value) => drawWords(clip(scales.toX(value), 14, 306), 100, say(Number(value.toFixed(2))), "tick")),
  );
}
