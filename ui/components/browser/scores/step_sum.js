// AP as a sum of steps, term by term, beside the area under straight lines and under what chance can keep.

class StepSum extends Widget {
  static address = "ap";
  static start = startSteps;
  static toText = stepsText;
  static read = readSteps;
  static look = "scores";
  static corrected = "scorelab_corrected";

  build() {
    const { words } = this;
    this.cases = Array.from({ length: N_CASES }, (_, at) => make("button", { type: "button", class: "case", onclick: () => this.flip(at) }));
    this.ties = makeSlider("ties", words.scorelab_ties, TIES, (ties) => this.change({ ties }));
    const reset = make("button", { type: "button", text: words.scorelab_reset, onclick: () => this.change(startSteps()) });
    this.said = make("p", { class: "note", role: "status" });
    this.picture = make("figure", { class: "picture" });
    this.table = make("div", { class: "table" });
    this.sums = make("div", { class: "numbers", "aria-live": "polite" });
    this.root.replaceChildren(
      this.makeNote(),
      make("p", { class: "hint", text: words.scorelab_ranked }),
      make("div", { class: "bar", role: "group", "aria-label": words.scorelab_ranked }, ...this.cases),
      make("div", { class: "controls" }, this.ties.row, reset),
      this.said,
      make("div", { class: "sum" }, this.picture, make("div", {}, this.sums, this.table)),
    );
  }

  flip(at) {
    const labels = [...this.state.labels];
    labels[at] = labels[at] === "1" ? "0" : "1";
    this.change({ labels: labels.join("") });
  }

  show() {
    const { labels, scores } = rankedCases(this.state);
    this.ranking = rankScores(labels, scores);
    this.ties.show(this.state.ties, String(this.state.ties));
    this.cases.forEach((button, at) => this.showCase(button, at, labels[at], scores[at]));
    const why = whyUndefined(this.ranking);
    this.said.hidden = !why;
    this.said.textContent = why ? this.words[`scorelab_${why}`] : "";
    this.showNote();
    this.drawPicture();
    this.showTable();
    this.showSums();
    this.writeLater();
  }

  showCase(button, at, label, score) {
    button.className = `case ${label ? "yes" : "no"}`;
    button.textContent = `${label ? "+" : "−"} ${score}`;
    button.setAttribute("aria-label", fill(this.words.scorelab_case, { n: at + 1, score, label: label ? this.words.scorelab_is_yes : this.words.scorelab_is_no }));
    button.setAttribute("aria-pressed", Boolean(label));
  }

  drawPicture() {
    const { ranking, words, colours } = this;
    const tpr = [...ranking.tpr];
    const precision = precisionOf(ranking);
    const parts = [drawUnitAxes(words.scorelab_recall, words.scorelab_precision)];
    if (ranking.positives) {
      const bars = tpr.slice(1).map((recall, at) => {
        const [x, y] = [UNIT.toX(tpr[at]), UNIT.toY(precision[at + 1])];
        return recall > tpr[at] ? draw("rect", { x, y, width: UNIT.toX(recall) - x, height: BOX.bottom - y, fill: colours[2], opacity: 0.16, stroke: colours[2] }) : [];
      });
      const look = (at, dash) => ({ stroke: colours[at], "stroke-width": 2.2, "stroke-dasharray": dash });
      parts.push(bars, polyline(stepCurve(tpr, precision), UNIT, look(2, null)));
      parts.push(polyline(straightCurve(tpr, precision), UNIT, look(3, "6 3")), polyline(chanceCurve(ranking), UNIT, look(1, "2 3")));
      parts.push(tpr.map((recall, at) => draw("circle", { cx: UNIT.toX(recall), cy: UNIT.toY(precision[at]), r: 3.6, fill: "var(--st-text-color)" })));
    }
    const alt = fill(words.scorelab_sum_alt, { ap: digits(averagePrecision(ranking)), linear: digits(linearArea(ranking)) });
    this.picture.replaceChildren(make("figcaption", { text: words.scorelab_pr }), draw("svg", { viewBox: `0 0 ${VIEW.width} ${VIEW.height}`, role: "img", "aria-label": alt, class: "matrix" }, parts));
  }

  showTable() {
    const { words, ranking } = this;
    const { tp, fp, tpr, thresholds } = ranking;
    const precision = precisionOf(ranking);
    const heads = [words.scorelab_at_least, "TP", "FP", "P", "R", "ΔR · P"];
    const rows = thresholds.slice(1).map((threshold, before) => {
      const at = before + 1;
      const term = (tpr[at] - tpr[before]) * precision[at];
      return [String(threshold), String(tp[at]), String(fp[at]), digits(precision[at]), digits(tpr[at]), digits(term)];
    });
    const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col", text })));
    this.table.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((text) => make("td", { text })))))));
  }

  showSums() {
    const { words, ranking, colours } = this;
    const areas = { step: averagePrecision(ranking), linear: linearArea(ranking), chance: chanceArea(ranking) };
    const colour = { step: colours[2], linear: colours[3], chance: colours[1] };
    const lines = Object.entries(areas).map(([name, area]) => {
      const swatch = make("i", { class: "swatch" });
      swatch.style.background = colour[name];
      return make("p", {}, swatch, document.createTextNode(`${words[`scorelab_area_${name}`]} = `), make("b", { text: digits(area) }));
    });
    this.sums.replaceChildren(...lines);
    this.root.dataset.areas = JSON.stringify(areas);
  }
}

export default (component) => mountWidget(StepSum, component);
