// The linked pictures of a ranking: score histograms, confusion matrix, PR curve, ROC curve.

const VIEW = { width: 360, height: 300 };
const MATRIX_HEIGHT = 232;
const BOX = { left: 46, right: 350, top: 10, bottom: 254 };
const N_BINS = 36;
const NEAR = 0.4; // of a pixel: points closer than this to the last one are not drawn
const N_PIECES = 60; // of a smooth curve

/** Three decimals with a true minus sign; a dash for what is not defined. */
const digits = (value, n = 3) => (Number.isFinite(value) ? value.toFixed(n).replace("-", "−") : "–");
const percent = (share) => (Number.isFinite(share) ? `${Number((100 * share).toPrecision(share < 0.1 ? 2 : 3))} %` : "–");
/** A number of cases: whole, or to a tenth where it is expected ones. */
const countText = (count) => (Number.isInteger(count) ? String(count) : count.toFixed(1));

const UNIT = makeScales(BOX, [0, 1], [0, 1]);
const thin = (points) => points.filter(([x, y], at) => at === 0 || at === points.length - 1 || isFar([x, y], points[at - 1]));
const isFar = ([x, y], [u, v]) => Math.abs(x - u) * (BOX.right - BOX.left) > NEAR || Math.abs(y - v) * (BOX.bottom - BOX.top) > NEAR;

/** The unit square with its ticks and the names of its axes. */
function drawUnitAxes(across, up) {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const { toX, toY } = UNIT;
  return [
    ticks.map((at) => draw("line", { x1: BOX.left, x2: BOX.right, y1: toY(at), y2: toY(at), class: "grid" })),
    ticks.map((at) => draw("line", { x1: toX(at), x2: toX(at), y1: BOX.top, y2: BOX.bottom, class: "grid" })),
    ticks.map((at) => drawWords(BOX.left - 6, toY(at) + 4, say(at), "tick", "end")),
    ticks.map((at) => drawWords(toX(at), BOX.bottom + 17, say(at), "tick")),
    drawWords((BOX.left + BOX.right) / 2, VIEW.height - 8, across),
    draw("text", { x: 12, y: (BOX.top + BOX.bottom) / 2, "text-anchor": "middle", transform: `rotate(-90 12 ${(BOX.top + BOX.bottom) / 2})` }, up),
  ];
}

const drawUnitCurve = (points, attributes) => polyline(thin(points), UNIT, attributes);

function drawBand(lower, upper, colour) {
  const at = ([x, y]) => `${UNIT.toX(x).toFixed(1)},${UNIT.toY(y).toFixed(1)}`;
  return draw("polygon", { points: [...lower, ...[...upper].reverse()].map(at).join(" "), fill: colour, opacity: 0.2 });
}

function drawHere([x, y], colour) {
  const [atX, atY] = [UNIT.toX(x), UNIT.toY(y)];
  return [
    draw("line", { x1: atX, x2: atX, y1: atY, y2: BOX.bottom, class: "guide" }),
    draw("line", { x1: BOX.left, x2: atX, y1: atY, y2: atY, class: "guide" }),
    draw("circle", { cx: atX, cy: atY, r: 6.5, fill: colour, class: "point" }),
  ];
}

/** The steps whose area is the average precision. */
function stepCurve(recall, precision) {
  return [...recall].slice(1).flatMap((r, at) => [[recall[at], precision[at + 1]], [r, precision[at + 1]]]);
}

/** Straight lines from point to point: right for ROC, but in PR space no threshold can keep them. */
const straightCurve = (across, up) => Array.from(across, (x, at) => [x, up[at]]);

/** What chance keeps between two thresholds: straight in ROC space, bent here. */
function chanceCurve({ tp, fp, positives }) {
  return [...tp].slice(1).flatMap((found, at) => {
    const pieces = found > tp[at] ? Math.max(2, Math.ceil((N_PIECES * (found - tp[at])) / positives)) : 1;
    return Array.from({ length: pieces + 1 }, (_, piece) => {
      const share = piece / pieces;
      const [right, wrong] = [tp[at] + share * (found - tp[at]), fp[at] + share * (fp[at + 1] - fp[at])];
      const first = found / (found + fp[at + 1]); // of the way from (0, 0), where precision is 0/0
      return [right / positives, right + wrong ? right / (right + wrong) : first];
    });
  });
}

/** Recall and precision with the same F_β. */
function equalF(f, beta) {
  const least = f / (1 + beta ** 2 - beta ** 2 * f); // the recall at precision 1
  return Array.from({ length: N_PIECES + 1 }, (_, at) => {
    const recall = least + ((1 - least) * at) / N_PIECES;
    return [recall, (f * recall) / ((1 + beta ** 2) * recall - beta ** 2 * f)];
  }).filter(([, precision]) => precision >= 0 && precision <= 1.0001);
}

/** Rates with the same cost as a point: a straight line in ROC space. */
function equalCost([fpr, tpr], prevalence, missCost) {
  const slope = (1 - prevalence) / (missCost * prevalence);
  const ends = slope > 1e-6 ? [clip(fpr - tpr / slope, 0, 1), clip(fpr + (1 - tpr) / slope, 0, 1)] : [0, 1];
  return ends.map((x) => [x, clip(tpr + slope * (x - fpr), 0, 1)]);
}

/** Two histograms back to back, each in per cent of its class; full colour where the threshold says yes. */
function drawHistogram({ labels, scores, threshold, reach, words, names, colours, totals }) {
  const [low, high] = reach;
  const width = (high - low) / N_BINS;
  const bins = [0, 1].map(() => new Float64Array(N_BINS));
  const above = [0, 1].map(() => new Float64Array(N_BINS));
  scores.forEach((score, row) => {
    const bin = clip(Math.floor((score - low) / width), 0, N_BINS - 1);
    bins[labels[row]][bin] += 1 / totals[labels[row]];
    if (score >= threshold) above[labels[row]][bin] += 1 / totals[labels[row]];
  });
  const most = Math.max(0.01, ...bins[0], ...bins[1]);
  const scales = makeScales(BOX, reach, [-1.12 * most, 1.12 * most]);
  const { toX, toY } = scales;
  const bar = (label, shares, opacity) =>
    [...shares].map((share, bin) => {
      if (!share) return [];
      const [from, to] = label ? [toY(share), toY(0)] : [toY(0), toY(-share)];
      return draw("rect", { x: toX(low + bin * width) + 0.5, width: toX(low + width) - toX(low) - 1, y: from, height: to - from, fill: colours[label ? 1 : 0], opacity });
    });
  const x = toX(clip(threshold, low, high));
  return {
    scales,
    parts: [
      draw("line", { x1: BOX.left, x2: BOX.right, y1: toY(0), y2: toY(0), class: "axis" }),
      findTicks(low, high, 6).map((value) => [
        draw("line", { x1: toX(value), x2: toX(value), y1: BOX.top, y2: BOX.bottom, class: "grid" }),
        drawWords(toX(value), BOX.bottom + 17, say(value), "tick"),
      ]),
      [most, -most].map((value) => drawWords(BOX.left - 6, toY(value) + 4, percent(Math.abs(value)), "tick", "end")),
      [0, 1].map((label) => [bar(label, bins[label], 0.3), bar(label, above[label], 0.95)]),
      draw("line", { x1: x, x2: x, y1: BOX.top, y2: BOX.bottom, class: "cut" }),
      drawWords(BOX.left + 5, BOX.top + 13, names[1], "name", "start"),
      drawWords(BOX.left + 5, BOX.bottom - 7, names[0], "name", "start"),
      drawWords((BOX.left + BOX.right) / 2, VIEW.height - 8, words.scorelab_score),
    ],
  };
}

/** Four fields: actual down, predicted across; coloured where the prediction is right, by their share of the row. */
function drawMatrix({ tp, fp, fn, tn }, words, names, colours) {
  const [left, top, wide, high] = [104, 50, 122, 86];
  const cells = [
    [0, 0, tp, "TP", tp + fn, colours[1]],
    [1, 0, fn, "FN", tp + fn, null],
    [0, 1, fp, "FP", fp + tn, null],
    [1, 1, tn, "TN", fp + tn, colours[0]],
  ];
  return [
    drawWords(left + wide, 16, words.scorelab_predicted, "tick"),
    [words.scorelab_yes, words.scorelab_no].map((word, at) => drawWords(left + (at + 0.5) * wide, 38, word)),
    [names[1], names[0]].map((name, at) => wrapWords(left - 10, top + (at + 0.5) * high, name)),
    cells.map(([column, row, count, name, total, colour]) => [
      draw("rect", { x: left + column * wide + 2, y: top + row * high + 2, width: wide - 4, height: high - 4, rx: 6, class: "cell" }),
      draw("rect", { x: left + column * wide + 2, y: top + row * high + 2, width: wide - 4, height: high - 4, rx: 6, class: colour ? "" : "wrong", fill: colour, opacity: 0.12 + 0.45 * (total ? count / total : 0) }),
      drawWords(left + (column + 0.5) * wide, top + row * high + 42, countText(count), "count"),
      drawWords(left + (column + 0.5) * wide, top + row * high + 66, name, "tick"),
    ]),
  ];
}

/** A name to the left of a row, in two lines if it is long. */
function wrapWords(x, y, name) {
  const words = name.split(" ");
  const half = Math.ceil(words.length / 2);
  const lines = name.length > 12 && words.length > 1 ? [words.slice(0, half).join(" "), words.slice(half).join(" ")] : [name];
  return lines.map((line, at) => drawWords(x, y + 5 + 18 * (at - (lines.length - 1) / 2), line, "", "end"));
}
