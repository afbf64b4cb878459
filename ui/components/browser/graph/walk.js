// The walk through a graph: forward, error, gradients, update, one node at a time; all numbers come with the record.

const WALK_PAUSE = 1300; // ms a step while it plays
const ADDRESS_PAUSE = 400; // ms; browsers refuse to change the address at every move of a slider
const PHASES = ["forward", "error", "gradients", "update"];
const SAME = 1e-9; // share of max(1, |gradient|) within which autograd's answer counts as the same
const MOUNTED = new WeakMap(); // where it is mounted → the walk
const REMEMBERED = new Map(); // key → how far the reader had got when the tab was left

const inBrackets = (value) => (value < 0 ? `(${sayFive(value)})` : sayFive(value));
const times = (...values) => values.map(inBrackets).join(" · ");

class Walk {
  constructor(parent) {
    this.path = location.pathname;
    this.root = make("div", { class: "walk" });
    parent.append(this.root);
    this.keepAddress = () => location.pathname === this.path && this.writeLater();
    window.navigation?.addEventListener("currententrychange", this.keepAddress); // the server may rewrite the address
  }

  /** What the server sends: at first, and again with other numbers, another expression or another language. */
  take({ key, record, words, autograd, initial, asked, expression }) {
    const isOther = this.expression !== undefined && this.expression !== expression;
    if (this.at === undefined) this.at = REMEMBERED.get(`${key} ${expression}`) ?? this.read(initial);
    if (isOther) this.at = 0;
    const declared = JSON.stringify([words, asked]);
    Object.assign(this, { key, record, words, autograd, asked, expression });
    this.at = Math.min(this.at, record.steps.length);
    if (declared !== this.declared || isOther) this.build();
    this.declared = declared;
    this.root.classList.toggle("dark", readTheme(this.root).isDark);
    this.show();
  }

  read(initial) {
    const wanted = Number.parseInt(initial, 10);
    return Number.isFinite(wanted) ? Math.max(0, wanted) : 0;
  }

  get isQuestion() {
    return this.asked !== null && this.asked !== undefined;
  }

  leave() {
    this.pause();
    clearTimeout(this.timer);
    window.navigation?.removeEventListener("currententrychange", this.keepAddress);
    this.root.remove();
  }

  build() {
    const { words } = this;
    const button = (word, act, kind = null) => make("button", { type: "button", class: kind, text: words[`graph_${word}`], onclick: act });
    this.phases = PHASES.map((phase, number) =>
      make("button", { type: "button", text: `${number + 1} ${words[`graph_phase_${phase}`]}`, onclick: () => this.go(this.firstOf(phase) + 1) }),
    );
    this.playing = button("play", () => (this.clock ? this.pause() : this.play()));
    this.back = button("back", () => this.go(this.at - 1));
    this.next = button("next", () => this.go(this.at + 1), "primary");
    this.rewind = button("rewind", () => this.go(0));
    this.end = button("end", () => this.go(this.record.steps.length));
    this.slider = make("input", { type: "range", min: 0, step: 1, "aria-label": words.graph_place, oninput: () => this.go(Number(this.slider.value)) });
    this.picture = make("div", { class: "picture", tabindex: 0 });
    this.said = make("div", { class: "said", "aria-live": "polite" });
    this.checks = make("div", { class: "checks", tabindex: 0 });
    const tools = [make("div", { class: "bar" }, ...this.phases), make("div", { class: "bar" }, this.next, this.back, this.playing, this.rewind, this.end), this.slider];
    const legend = make("p", { class: "hint", text: words.graph_legend });
    this.root.replaceChildren(...(this.isQuestion ? [this.picture, legend] : [...tools, this.said, this.picture, legend, this.checks]));
  }

  // --- moving

  go(at) {
    this.pause();
    this.move(at);
  }

  move(at) {
    this.at = Math.max(0, Math.min(this.record.steps.length, at));
    this.show();
  }

  play() {
    if (this.at === this.record.steps.length) this.at = 0;
    this.clock = setInterval(() => (this.at < this.record.steps.length ? this.move(this.at + 1) : this.go(this.at)), WALK_PAUSE);
    this.move(this.at + 1);
  }

  pause() {
    clearInterval(this.clock);
    this.clock = null;
    if (this.playing) this.playing.textContent = this.words.graph_play;
  }

  firstOf(phase) {
    return this.record.steps.findIndex((step) => step.phase === phase);
  }

  // --- what follows from where we are

  get step() {
    return this.at > 0 ? this.record.steps[this.at - 1] : null;
  }

  /** The nodes that a phase has dealt with by now. */
  done(...phases) {
    const steps = this.isQuestion ? this.stepsBeforeQuestion() : this.record.steps.slice(0, this.at);
    return new Set(steps.filter(({ phase }) => phases.includes(phase)).map(({ node }) => node));
  }

  stepsBeforeQuestion() {
    const { steps } = this.record;
    return steps.slice(0, steps.findIndex(({ phase, node }) => phase === "gradients" && node === this.asked));
  }

  show() {
    REMEMBERED.set(`${this.key} ${this.expression}`, this.at);
    this.drawPicture();
    if (this.isQuestion) return;
    const { steps } = this.record;
    this.slider.max = steps.length;
    this.slider.value = this.at;
    this.slider.setAttribute("aria-valuetext", `${this.at} / ${steps.length}`);
    this.back.disabled = this.rewind.disabled = this.at === 0;
    this.next.disabled = this.end.disabled = this.at === steps.length;
    if (this.clock) this.playing.textContent = this.words.graph_pause;
    this.phases.forEach((button, number) => button.setAttribute("aria-pressed", this.step?.phase === PHASES[number]));
    this.said.replaceChildren(...this.tell());
    this.showChecks();
    this.root.dataset.at = this.at;
    this.writeLater();
  }

  drawPicture() {
    const { nodes, edges, updates } = this.record;
    const [values, gradients, updated] = [this.done("forward", "error"), this.done("gradients"), this.done("update")];
    const active = this.isQuestion ? this.asked : this.step?.node;
    const isBackwards = this.isQuestion || this.step?.phase === "gradients";
    const inFocus = (edge) => (isBackwards ? edge.from === active : this.step?.phase !== "update" && edge.to === active);
    const lit = active === undefined ? [] : edges.flatMap((edge, number) => (inFocus(edge) ? [number] : []));
    const shown = {
      value: (place) => (updated.has(place) ? sayFive(updates[place]) : nodes[place].op === "leaf" || values.has(place) ? sayFive(nodes[place].value) : null),
      gradient: (place) => (gradients.has(place) ? sayFive(nodes[place].gradient) : null),
      active,
      lit,
      asked: this.isQuestion ? this.asked : null,
      local: isBackwards && !this.isQuestion ? (edge) => `×${say(edge.local)}` : null,
    };
    const scrolled = this.picture.scrollLeft;
    this.picture.replaceChildren(drawGraph(this.record, shown, this.words.graph_alt));
    this.picture.scrollLeft = scrolled;
    this.follow(active);
  }

  /** Keep the node in focus in view where the picture is wider than the screen. */
  follow(active) {
    if (active === undefined || active === null || this.picture.scrollWidth <= this.picture.clientWidth) return;
    const scale = this.picture.scrollWidth / graphSize(this.record.nodes).width;
    const x = graphPlace(this.record.nodes[active]).x * scale;
    const [left, right] = [this.picture.scrollLeft, this.picture.scrollLeft + this.picture.clientWidth];
    if (x - 70 < left || x + 70 > right) this.picture.scrollLeft = x - this.picture.clientWidth / 2;
  }

  // --- in words

  tell() {
    const { step, words, record } = this;
    if (!step) return [make("p", { class: "head", text: words.graph_start }), make("p", { class: "line", text: words.graph_start_help })];
    const head = make("p", { class: "head", text: `${fill(words.graph_step_of, { step: String(this.at), total: String(record.steps.length) })} · ${words[`graph_phase_${step.phase}`]}: ${record.nodes[step.node].name}` });
    const node = record.nodes[step.node];
    const lines = { forward: () => this.tellValue(node), error: () => this.tellValue(node), gradients: () => this.tellGradient(node, step.node), update: () => this.tellUpdate(node, step.node) }[step.phase]();
    return [head, ...lines];
  }

  line(words, kind = "line") {
    return make("p", { class: kind, text: words });
  }

  tellValue(node) {
    const lines = [this.line(`${node.name} = ${node.formula} = ${node.filled} = ${sayFive(node.value)}`)];
    if (this.step.node === this.record.nodes.length - 1) lines.push(this.line(this.words.graph_output_done, "hint"));
    return lines;
  }

  get output() {
    return this.record.nodes[this.record.nodes.length - 1].name;
  }

  tellGradient(node, place) {
    const { edges, nodes } = this.record;
    const { output, words } = this;
    if (place === nodes.length - 1) return [this.line(`∂${output}/∂${output} = 1`), this.line(words.graph_seed, "hint")];
    const uses = edges.filter(({ from }) => from === place);
    const lines = uses.map((edge) => {
      const user = nodes[edge.to];
      const rule = `∂${user.name}/∂${node.name} · ∂${output}/∂${user.name}`;
      return this.line(`${rule}, ${words.graph_local} ${edge.symbol}: ${times(edge.local, user.gradient)} = ${sayFive(edge.product)}`);
    });
    const sum = uses.map(({ product }) => inBrackets(product)).join(" + ");
    const total = `∂${output}/∂${node.name} = ${uses.length > 1 ? `${sum} = ` : ""}${sayFive(node.gradient)}`;
    if (uses.length > 1) lines.push(this.line(fill(words.graph_fan_out, { name: node.name, n: String(uses.length) }), "hint"));
    lines.push(this.line(total, "line sum"), this.line(this.tellCheck(node, place), "hint"));
    return lines;
  }

  tellCheck(node, place) {
    const { words } = this;
    const difference = `${words.graph_difference} ${sayFive(node.difference)}`;
    const autograd = this.autograd ? ` · ${words.graph_autograd} ${sayFive(this.autograd[place])}` : "";
    return `${difference}${autograd} · ${words[`graph_verdict_${node.verdict}`]}`;
  }

  tellUpdate(node, place) {
    const { learning_rate, updates, steps } = this.record;
    const rule = `${node.name} ← ${node.name} − η · ∂${this.output}/∂${node.name}`;
    const lines = [this.line(`${rule} = ${sayFive(node.value)} − ${times(learning_rate, node.gradient)} = ${sayFive(updates[place])}`)];
    if (this.at === steps.length) lines.push(this.line(this.words.graph_all_done, "hint"));
    return lines;
  }

  // --- the checks

  showChecks() {
    const { nodes, steps } = this.record;
    const known = this.done("gradients");
    const order = steps.filter(({ phase, node }) => phase === "gradients" && known.has(node)).map(({ node }) => node);
    const { words } = this;
    const heads = ["graph_node", "graph_value", "graph_gradient", "graph_difference", "graph_autograd", "graph_verdict"].map((name) => make("th", { text: words[name], scope: "col" }));
    const rows = order.map((place) => this.makeRow(nodes[place], place));
    const reasons = new Set(order.map((place) => nodes[place].verdict).filter((verdict) => verdict !== "agree"));
    const notes = [...reasons].map((verdict) => this.line(`${words[`graph_short_${verdict}`]}: ${words[`graph_verdict_${verdict}`]}`, "hint"));
    const table = make("table", {}, make("caption", { text: words.graph_checks }), make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
    this.checks.replaceChildren(...(order.length ? [table, ...notes] : [this.line(words.graph_checks_later, "hint")]));
  }

  makeRow(node, place) {
    const other = this.autograd?.[place];
    const numbers = [node.name, sayFive(node.value), sayFive(node.gradient), sayFive(node.difference), this.autograd ? sayFive(other) : "…"];
    const isSame = !this.autograd || Math.abs(other - node.gradient) <= SAME * Math.max(1, Math.abs(node.gradient));
    const isFine = node.verdict === "agree" && isSame;
    const said = isSame ? this.words[`graph_short_${node.verdict}`] : this.words.graph_verdict_autograd;
    return make("tr", { class: this.step?.node === place ? "here" : null }, ...numbers.map((text) => make("td", { text })), make("td", { class: isFine ? "fine" : "off", text: `${isFine ? "✓" : "≠"} ${said}` }));
  }

  // --- the address bar

  writeLater() {
    if (this.isQuestion) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.writeAddress(), ADDRESS_PAUSE);
  }

  writeAddress() {
    const query = new URLSearchParams(location.search);
    const wanted = this.at ? String(this.at) : "";
    if ((query.get("walk") ?? "") === wanted || location.pathname !== this.path) return;
    query.delete("walk");
    const parts = [query.toString().replaceAll("%2C", ","), wanted && `walk=${wanted}`].filter(Boolean);
    history.replaceState(history.state, "", location.pathname + (parts.length ? `?${parts.join("&")}` : "") + location.hash);
  }
}

export default function mountWalk({ data, parentElement }) {
  const walk = MOUNTED.get(parentElement) ?? new Walk(parentElement);
  MOUNTED.set(parentElement, walk);
  walk.take(data);
  return () => {
    walk.leave();
    MOUNTED.delete(parentElement);
  };
}
