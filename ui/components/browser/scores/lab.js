// Threshold, prevalence, F-beta and cost on the scores of a classifier; every picture follows, and the server hears nothing.

class ScoreLab extends Widget {
  static start = startScores;
  static toText = scoresText;
  static read = readScores;
  static look = "scores";
  static corrected = "scorelab_corrected";

  take(data) {
    const { address, tools, source, scale, names, classNames } = data;
    Object.assign(this, { address, tools, source, scale, names, classNames, parts: null });
    super.take(data);
    if (source.stage && !this.watching) this.watch();
  }

  /** Follow the stage's playhead, without a word to the server. */
  watch() {
    this.watching = requestAnimationFrame(() => {
      this.watching = null;
      if (!this.root.isConnected || !this.source.stage) return;
      if (!isSame(this.parts, readParts(this.source, this.state))) this.show();
      this.watch();
    });
  }

  leave() {
    cancelAnimationFrame(this.watching);
    super.leave();
  }

  has(tool) {
    return this.tools.includes(tool);
  }

  // --- what is built once

  build() {
    const { words } = this;
    this.waiting = make("p", { class: "hint", text: words.scorelab_waiting });
    this.bar = make("div", { class: "bar" });
    this.controls = make("div", { class: "controls" }, ...this.buildSliders());
    this.buttons = make("div", { class: "bar" }, ...this.buildButtons());
    this.figures = Object.fromEntries(["histogram", "matrix", "pr", "roc"].map((name) => [name, make("figure", { class: "picture" })]));
    this.legend = make("p", { class: "legend" });
    this.numbers = make("div", { class: "numbers" });
    this.table = make("div", { class: "table" });
    this.said = make("p", { class: "note", role: "status" });
    const pictures = make("div", { class: "pictures" }, ...Object.values(this.figures));
    this.body = make("div", {}, this.bar, this.controls, this.buttons, this.said, pictures, this.legend, this.numbers, this.table);
    this.root.replaceChildren(this.makeNote(), this.waiting, this.body);
    this.known = null;
  }

  buildSliders() {
    const { words } = this;
    const set = (name) => (value) => this.change({ [name]: value });
    this.threshold = this.makeThreshold();
    const all = {
      prevalence: () => makeSlider("prevalence", words.scorelab_prevalence, LOGIT, (logit) => this.change({ prevalence: prevalenceFrom(logit) })),
      beta: () => makeSlider("beta", words.scorelab_beta, BETA, set("beta")),
      miss: () => makeSlider("miss", words.scorelab_miss, MISS, set("miss")),
      apart: () => makeSlider("apart", words.scorelab_apart, APART, set("apart")),
    };
    this.sliders = Object.fromEntries(Object.keys(all).filter((name) => this.has(name)).map((name) => [name, all[name]()]));
    return [this.threshold.row, ...Object.values(this.sliders).map(({ row }) => row)];
  }

  /** Its bounds follow the scores, so it counts in thousandths of their reach. */
  makeThreshold() {
    const slider = makeSlider("threshold", this.words.scorelab_threshold, { min: 0, max: 1000, step: 1 }, (at) => {
      const [low, high] = this.reach;
      this.change({ threshold: Number((low + ((high - low) * at) / 1000).toPrecision(6)) });
    });
    slider.row.classList.add("wide");
    return slider;
  }

  buildButtons() {
    const { words } = this;
    const button = (text, onclick) => make("button", { type: "button", text, onclick });
    const box = (mark) => {
      const input = make("input", { type: "checkbox", "data-mark": mark, onchange: () => this.mark(mark, input.checked) });
      return make("label", { class: "choice" }, input, make("span", { text: words[`scorelab_mark_${MARKS[mark]}`] }));
    };
    return [
      this.has("beta") && button(words.scorelab_best_f, () => this.choose((ranking) => fBetas(ranking, this.state.beta, this.state.prevalence))),
      this.has("miss") && button(words.scorelab_best_cost, () => this.choose((ranking) => costs(ranking, this.state.miss, this.state.prevalence).map((cost) => -cost))),
      this.has("prevalence") && button(words.scorelab_as_in_data, () => this.change({ prevalence: null })),
      ...Object.keys(MARKS).filter((mark) => this.has(MARKS[mark])).map(box),
    ];
  }

  /** The threshold that is best on the part on which one may choose. */
  choose(goodness) {
    const ranking = this.rankings[this.source.choose] ?? this.ranking;
    this.change({ threshold: Number(thresholdAt(ranking, bestPlace(goodness(ranking))).toPrecision(9)) });
  }

  mark(mark, isOn) {
    this.change({ marks: Object.keys(MARKS).filter((each) => (each === mark ? isOn : this.state.marks.includes(each))).join("") });
  }

  marked(name) {
    return this.has(name) && [...this.state.marks].some((mark) => MARKS[mark] === name);
  }

  // --- what follows from scores and state

  show() {
    this.load();
    this.waiting.hidden = Boolean(this.parts);
    this.body.hidden = !this.parts;
    this.showNote();
    if (!this.parts) return;
    this.measure();
    this.showControls();
    this.drawPictures();
    this.showNumbers();
    this.showTable();
    this.root.dataset.numbers = JSON.stringify(this.measured);
    this.writeLater();
  }

  /** Take the scores if they are others than before, and rank every part. */
  load() {
    const { state } = this;
    const wanted = `${state.label} ${state.apart}`;
    const parts = this.source.normal && wanted === this.known && this.parts ? this.parts : readParts(this.source, state);
    if (isSame(this.parts, parts) && wanted === this.known) return;
    Object.assign(this, { parts, known: wanted, band: null });
    if (!parts) return;
    const asked = Object.entries(parts).map(([name, part]) => [name, this.source.classes ? this.askOne(part) : part]);
    this.asked = Object.fromEntries(asked);
    this.cases = Object.fromEntries(asked.map(([name, { labels, scores }]) => [name, orderCases(labels, scores)]));
    this.rankings = Object.fromEntries(Object.entries(this.cases).map(([name, cases]) => [name, countAbove(cases)]));
    const [low, high] = reachOf(asked.flatMap(([, { scores }]) => reachOf(scores)));
    const room = 0.02 * (high - low || 1);
    this.reach = [low - room, high + room];
  }

  /** One question of a classifier of several classes, and the curves of the others. */
  askOne({ labels, scores }) {
    const n = this.source.classes;
    this.others = Array.from({ length: n }, (_, label) => {
      const one = askClass(labels, scores, n, label);
      return rankScores(one.labels, one.scores);
    });
    return askClass(labels, scores, n, this.label === "micro" ? null : Number(this.label));
  }

  get label() {
    const { label } = this.state;
    return label === "micro" || Number(label) < this.source.classes ? (label ?? "0") : "0";
  }

  get part() {
    return this.parts[this.state.part] ? this.state.part : (this.source.first ?? Object.keys(this.parts)[0]);
  }

  get ranking() {
    return this.rankings[this.part];
  }

  get cut() {
    return this.state.threshold ?? naturalThreshold(this.scale, this.asked[this.part].scores);
  }

  /** Everything that is told about a part at the threshold. */
  measurePart(ranking) {
    const { prevalence, beta, miss } = this.state;
    const at = placeOf(ranking, this.cut);
    const { tpr, fpr } = ranking;
    const share = prevalence ?? ranking.prevalence;
    const [all, of] = prevalence === null ? [ranking.positives, ranking.negatives] : [1000 * share, 1000 * (1 - share)];
    const counted = { tp: ranking.tp[at], fp: ranking.fp[at] };
    const { tp, fp } = prevalence === null ? counted : { tp: all * tpr[at], fp: of * fpr[at] };
    return {
      at, tp, fp, fn: all - tp, tn: of - fp, prevalence: share,
      precision: precisionOf(ranking, prevalence)[at], recall: tpr[at], fpr: fpr[at],
      f: fBetas(ranking, beta, prevalence)[at], cost: costs(ranking, miss, prevalence)[at],
      ap: averagePrecision(ranking, prevalence), auc: rocAuc(ranking), linear: linearArea(ranking, prevalence),
    };
  }

  measure() {
    this.measured = { ...this.measurePart(this.ranking), threshold: this.cut, part: this.part };
    if (!this.marked("band") || whyUndefined(this.ranking)) this.band = null;
    else if (this.band?.ranking !== this.ranking || this.band.prevalence !== this.state.prevalence)
      this.band = { ranking: this.ranking, prevalence: this.state.prevalence, ...bootstrapBands(this.cases[this.part], this.state.prevalence) };
  }

  showControls() {
    const { state, words, sliders, measured } = this;
    const [low, high] = this.reach;
    this.threshold.show(Math.round(clip((1000 * (this.cut - low)) / (high - low), 0, 1000)), this.sayThreshold());
    sliders.prevalence?.show(clip(snapTo(LOGIT, logitOf(clip(measured.prevalence, 0.0005, 0.97))), LOGIT.min, LOGIT.max), `${percent(measured.prevalence)}${state.prevalence === null ? ` (${words.scorelab_own_prevalence})` : ""}`);
    sliders.beta?.show(state.beta);
    sliders.miss?.show(state.miss, fill(words.scorelab_miss_value, { n: state.miss }));
    sliders.apart?.show(state.apart);
    for (const box of this.buttons.querySelectorAll("[data-mark]")) box.checked = state.marks.includes(box.dataset.mark);
    this.showChoices();
    const why = whyUndefined(this.ranking);
    this.said.hidden = !why;
    this.said.textContent = why ? words[`scorelab_${why}`] : "";
  }

  sayThreshold() {
    const text = digits(this.cut, Math.abs(this.cut) >= 100 ? 0 : Math.abs(this.cut) >= 10 ? 1 : 3);
    return this.scale === "logit" ? `${text} (${fill(this.words.scorelab_as_probability, { p: digits(1 / (1 + Math.exp(-this.cut)), 3) })})` : text;
  }

  /** Which part is shown, and of several classes which question. */
  showChoices() {
    const names = Object.keys(this.parts);
    const signature = `${names} ${this.source.classes} ${this.part}`;
    if (signature !== this.choices) {
      this.choices = signature;
      const choose = (name) => make("button", { type: "button", "data-part": name, "aria-pressed": name === this.part, text: this.words[`scorelab_part_${name}`], onclick: () => this.change({ part: name }) });
      const select = this.source.classes && make("select", { "aria-label": this.words.scorelab_class, onchange: () => this.change({ label: this.select.value }) });
      this.select = select;
      if (select) {
        const options = [...this.classNames.map((text, value) => ({ text, value })), { text: this.words.scorelab_micro, value: "micro" }];
        select.append(...options.map(({ text, value }) => make("option", { value, text })));
      }
      const group = names.length > 1 && make("span", { class: "choice" }, ...names.map(choose));
      this.bar.replaceChildren(...[select && make("label", { class: "choice" }, make("span", { text: this.words.scorelab_class }), select), group].filter(Boolean), (this.about = make("span", { class: "hint" })));
    }
    if (this.select) this.select.value = this.label;
    const { positives, negatives, thresholds } = this.ranking;
    this.about.textContent = fill(this.words.scorelab_about, { n: positives + negatives, positives, share: percent(this.ranking.prevalence), distinct: thresholds.length - 1 });
  }

  get rowNames() {
    if (!this.source.classes) return this.names;
    return this.label === "micro" ? [this.words.scorelab_not_the_class, this.words.scorelab_the_class] : [this.words.scorelab_rest, this.classNames[Number(this.label)]];
  }

  // --- pictures

  drawPictures() {
    this.showPicture("histogram", this.histogram());
    this.showPicture("matrix", drawMatrix(this.measured, this.words, this.rowNames, this.colours));
    this.showPicture("pr", this.prCurve());
    this.showPicture("roc", this.rocCurve());
    this.showLegend();
  }

  showPicture(name, parts) {
    const { words, measured } = this;
    const alt = fill(words[`scorelab_${name}_alt`], Object.fromEntries(Object.entries(measured).map(([key, value]) => [key, typeof value === "number" ? digits(value) : value])));
    const figure = this.figures[name];
    let svg = figure.querySelector("svg");
    if (!svg) {
      svg = draw("svg", { viewBox: `0 0 ${VIEW.width} ${name === "matrix" ? MATRIX_HEIGHT : VIEW.height}`, role: "img", class: name });
      if (name !== "matrix") {
        svg.addEventListener("pointerdown", (event) => this.pick(name, svg, event));
        svg.addEventListener("pointermove", (event) => event.buttons & 1 && this.pick(name, svg, event));
      }
      figure.replaceChildren(make("figcaption"), svg);
    }
    const unit = name === "matrix" && this.state.prevalence !== null ? ` (${words.scorelab_per_1000})` : "";
    figure.querySelector("figcaption").textContent = words[`scorelab_${name}`] + unit;
    svg.setAttribute("aria-label", alt);
    svg.replaceChildren(...parts.flat(4));
  }

  /** A click or drag: the score under the pointer, or the threshold whose point is nearest. */
  pick(name, svg, event) {
    event.preventDefault();
    const [x, y] = placeIn(svg, event);
    if (name === "histogram") return this.change({ threshold: Number(clip(this.histogramScales.fromX(x), ...this.reach).toPrecision(6)) });
    const { tpr, fpr } = this.ranking;
    const points = name === "pr" ? straightCurve(tpr, precisionOf(this.ranking, this.state.prevalence)) : straightCurve(fpr, tpr);
    const far = points.map(([u, v]) => -((UNIT.toX(u) - x) ** 2) - (UNIT.toY(v) - y) ** 2);
    this.change({ threshold: Number(thresholdAt(this.ranking, bestPlace(far)).toPrecision(9)) });
  }

  histogram() {
    const { labels, scores } = this.asked[this.part];
    const totals = [this.ranking.negatives, this.ranking.positives];
    const { scales, parts } = drawHistogram({ labels, scores, totals, threshold: this.cut, reach: this.reach, words: this.words, names: this.rowNames, colours: this.colours });
    this.histogramScales = scales;
    return parts;
  }

  prCurve() {
    const { ranking, measured, words, colours } = this;
    const { prevalence, beta } = this.state;
    const precision = precisionOf(ranking, prevalence);
    const parts = [drawUnitAxes(words.scorelab_recall, words.scorelab_precision)];
    if (this.band) {
      const precise = (odds) => 1 / (1 + (odds * (1 - measured.prevalence)) / measured.prevalence);
      const [lower, upper] = [1, 0].map((end) => GRID.map((recall, at) => [recall, precise(this.band.odds[at][end])]));
      parts.push(drawBand(lower, upper, colours[2]));
    }
    const base = UNIT.toY(measured.prevalence);
    parts.push(draw("line", { x1: BOX.left, x2: BOX.right, y1: base, y2: base, class: "baseline", "data-share": measured.prevalence }));
    if (!whyUndefined(ranking) || ranking.positives) {
      if (this.source.classes) parts.push(this.drawOthers((other) => stepCurve(other.tpr, precisionOf(other, prevalence))), this.drawMacro());
      if (this.has("beta") && measured.f > 0) parts.push(drawUnitCurve(equalF(measured.f, beta), { class: "equal" }));
      if (this.marked("linear")) parts.push(drawUnitCurve(straightCurve(ranking.tpr, precision), { stroke: colours[3], "stroke-width": 2, "stroke-dasharray": "6 3" }));
      parts.push(drawUnitCurve(stepCurve(ranking.tpr, precision), { class: "pr-curve", stroke: colours[2], "stroke-width": 2.4 }));
      parts.push(drawHere([measured.recall, measured.precision], colours[1]));
    }
    return parts;
  }

  rocCurve() {
    const { ranking, measured, words, colours } = this;
    const parts = [drawUnitAxes(words.scorelab_fpr, words.scorelab_recall)];
    if (this.band) {
      const [lower, upper] = [0, 1].map((end) => GRID.map((fpr, at) => [fpr, this.band.tpr[at][end]]));
      parts.push(drawBand(lower, upper, colours[2]));
    }
    parts.push(polyline([[0, 0], [1, 1]], UNIT, { class: "baseline" }));
    if (whyUndefined(ranking)) return parts;
    const here = [measured.fpr, measured.recall];
    if (this.source.classes) parts.push(this.drawOthers(({ fpr, tpr }) => straightCurve(fpr, tpr)));
    if (this.has("miss")) parts.push(polyline(equalCost(here, measured.prevalence, this.state.miss), UNIT, { class: "equal" }));
    parts.push(drawUnitCurve(straightCurve(ranking.fpr, ranking.tpr), { class: "roc-curve", stroke: colours[2], "stroke-width": 2.4 }));
    return [...parts, drawHere(here, colours[1])];
  }

  /** The curves of all classes, thin. */
  drawOthers(curve) {
    return this.others.filter((other) => !whyUndefined(other)).map((other) => drawUnitCurve(curve(other), { class: "other" }));
  }

  drawMacro() {
    return drawUnitCurve(macroCurve(this.others), { stroke: this.colours[3], "stroke-width": 2.4, "stroke-dasharray": "6 3" });
  }

  showLegend() {
    const { words, colours } = this;
    const item = (text, look) => make("span", {}, draw("svg", { viewBox: "0 0 26 8", class: "key", "aria-hidden": "true" }, draw("line", { x1: 0, x2: 26, y1: 4, y2: 4, ...look })), document.createTextNode(` ${text}`));
    const items = [
      item(words.scorelab_legend_curve, { stroke: colours[2], "stroke-width": 3 }),
      this.band && item(fill(words.scorelab_legend_band, { n: N_RESAMPLES }), { stroke: colours[2], "stroke-width": 8, opacity: 0.25 }),
      item(words.scorelab_legend_chance, { class: "baseline" }),
      this.marked("linear") && item(words.scorelab_legend_linear, { stroke: colours[3], "stroke-width": 2.4, "stroke-dasharray": "6 3" }),
      this.has("beta") && item(words.scorelab_legend_equal_f, { class: "equal" }),
      this.has("miss") && item(words.scorelab_legend_equal_cost, { class: "equal" }),
      this.source.classes && item(words.scorelab_legend_others, { class: "other" }),
      this.source.classes && item(words.scorelab_legend_macro, { stroke: colours[3], "stroke-width": 2.4, "stroke-dasharray": "6 3" }),
    ];
    this.legend.replaceChildren(...items.filter(Boolean));
  }

  // --- numbers

  showNumbers() {
    const { words, measured, state, band } = this;
    const { tp, fp, fn, tn } = Object.fromEntries(["tp", "fp", "fn", "tn"].map((name) => [name, countText(measured[name])]));
    const { precision: p, recall: r } = measured;
    const b = Number((state.beta ** 2).toFixed(4));
    const interval = (ends) => (ends ? ` [${digits(ends[0])}, ${digits(ends[1])}]` : "");
    const lines = [
      [`${words.scorelab_precision} = TP / (TP + FP) = ${tp} / (${tp} + ${fp})`, tp === "0" && fp === "0" ? words.scorelab_nobody : digits(p)],
      [`${words.scorelab_recall} = TP / (TP + FN) = ${tp} / (${tp} + ${fn})`, digits(r)],
      [`${words.scorelab_fpr} = FP / (FP + TN) = ${fp} / (${fp} + ${tn})`, digits(measured.fpr)],
      this.has("beta") && [`F${state.beta === 1 ? "₁" : `(β = ${state.beta})`} = (1 + β²) P R / (β² P + R) = ${Number((1 + b).toFixed(4))} · ${digits(p)} · ${digits(r)} / (${b} · ${digits(p)} + ${digits(r)})`, digits(measured.f)],
      this.has("miss") && [`${words.scorelab_cost} = 1000 · (${state.miss} FN + FP) / N`, digits(1000 * measured.cost, 1)],
      [`AP = Σ (Rₙ − Rₙ₋₁) Pₙ`, digits(measured.ap) + interval(band?.ap)],
      this.marked("linear") && [words.scorelab_linear_area, digits(measured.linear)],
      [`ROC AUC`, digits(measured.auc) + interval(band?.auc)],
      this.source.classes && [words.scorelab_macro_ap, digits(this.others.reduce((sum, other) => sum + averagePrecision(other, state.prevalence), 0) / this.others.length)],
    ];
    this.numbers.replaceChildren(...lines.filter(Boolean).map(([text, value]) => make("p", {}, document.createTextNode(`${text} = `), make("b", { text: value }))));
  }

  /** The same threshold on every part, side by side. */
  showTable() {
    const names = Object.keys(this.parts);
    this.table.hidden = names.length < 2;
    if (this.table.hidden) return;
    const { words } = this;
    const columns = ["precision", "recall", this.has("beta") && "f", this.has("miss") && "cost", "ap", "auc"].filter(Boolean);
    const head = make("tr", {}, ...["", ...columns.map((name) => words[`scorelab_column_${name}`])].map((text) => make(text ? "th" : "td", { scope: text ? "col" : null, text })));
    const rows = names.map((name) => {
      const measured = this.measurePart(this.rankings[name]);
      const cells = columns.map((column) => make("td", { text: column === "cost" ? digits(1000 * measured.cost, 1) : digits(measured[column]) }));
      return make("tr", { class: name === this.part ? "here" : null, "data-part": name }, make("th", { scope: "row", text: words[`scorelab_part_${name}`] }), ...cells);
    });
    const caption = make("caption", { text: words.scorelab_same_threshold });
    this.table.replaceChildren(make("table", {}, caption, make("thead", {}, head), make("tbody", {}, ...rows)));
  }
}

export default (component) => mountWidget(ScoreLab, component);
