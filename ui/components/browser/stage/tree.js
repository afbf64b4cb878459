// Binary trees of words: every node's class as a sign and a colour, below it the probabilities of all classes as a bar.

const TREE = { leaf: 13, letter: 8.2, ideograph: 14.5, level: 46, box: { width: 40, height: 22 }, bar: 5, edge: 8, words: 28, smallest: 0.75 };
const TREE_SVG = "http://www.w3.org/2000/svg";
const N_CLASSES = 5;
const SIGNS = ["− −", "−", "0", "+", "+ +"];

function svgPart(tag, attributes = {}, ...children) {
  const element = document.createElementNS(TREE_SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Where every node lies: leaves side by side, parents between their children, as high as the deepest leaf asks for. */
function layOutTree(nodes) {
  const places = [];
  let right = TREE.edge;
  nodes.forEach(({ word, left, right: other }, number) => {
    if (word !== null) {
      const width = Math.max(TREE.box.width + 6, TREE.leaf + Array.from(word).reduce((sum, letter) => sum + (letter > "⺀" ? TREE.ideograph : TREE.letter), 0));
      places[number] = { x: right + width / 2, height: 0 };
      right += width;
    } else {
      const [a, b] = [places[left], places[other]];
      places[number] = { x: (a.x + b.x) / 2, height: 1 + Math.max(a.height, b.height) };
    }
  });
  const top = TREE.edge + TREE.box.height / 2;
  const highest = places[places.length - 1].height;
  return {
    width: right + TREE.edge,
    height: top + highest * TREE.level + TREE.box.height / 2 + TREE.words + TREE.edge,
    places: places.map(({ x, height }) => ({ x, y: top + (highest - height) * TREE.level })),
  };
}

/** The likeliest of the classes of one node, and what its shares say on a scale from −1 to 1. */
function readNode(shares, number) {
  const mine = Array.from(shares.subarray(N_CLASSES * number, N_CLASSES * (number + 1)));
  const total = mine.reduce((sum, share) => sum + share, 0) || 1;
  const mean = mine.reduce((sum, share, at) => sum + share * (at / 2 - 1), 0) / total;
  return { shares: mine.map((share) => share / total), best: mine.indexOf(Math.max(...mine)), mean };
}

/** One tree as one network sees it; its elements stay while the frames change. */
class TreePicture {
  constructor(nodes, alt, point) {
    this.nodes = nodes;
    const { width, height, places } = layOutTree(nodes);
    this.svg = svgPart("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": alt, class: "tree" });
    this.svg.style.minWidth = `${Math.round(TREE.smallest * width)}px`;
    this.parents = nodes.map((_, number) => nodes.findIndex(({ left, right }) => left === number || right === number));
    const lines = this.parents.flatMap((parent, number) => (parent < 0 ? [] : [this.drawLine(places[parent], places[number])]));
    this.boxes = nodes.map((node, number) => this.drawNode(node, places[number], () => point(number)));
    this.svg.append(...lines, ...this.boxes.map(({ group }) => group));
  }

  drawLine(from, to) {
    return svgPart("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "branch" });
  }

  drawNode({ word, isNew }, { x, y }, onpoint) {
    const { width, height } = TREE.box;
    const box = svgPart("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 7, class: "box" });
    const sign = svgPart("text", { x, y: y + 5, class: "sign" });
    const below = { y: y + height / 2 + 3, height: TREE.bar };
    const bar = Array.from({ length: N_CLASSES }, () => svgPart("rect", below));
    const rim = svgPart("rect", { x: x - width / 2, width, ...below, class: "rim" });
    const words = word === null ? null : svgPart("text", { x, y: y + height / 2 + 24, class: isNew ? "word new" : "word" }, word);
    const group = svgPart("g", { class: "node" }, box, sign, ...bar, rim, words);
    group.addEventListener("pointerenter", onpoint);
    group.addEventListener("click", onpoint);
    return { group, sign, box, bar, start: x - width / 2, room: width };
  }

  /** `said` and `before` are the shares of all nodes of this tree; nodes that differ from the rules, and those that say
   * something else than before, stand out. */
  show(said, before, pointed, theme) {
    this.boxes.forEach((parts, number) => {
      const { shares, best, mean } = readNode(said, number);
      const { truth, was, isAbove, isNew } = this.nodes[number];
      const colour = diverging(mean, theme);
      parts.box.style.fill = css(colour);
      parts.sign.textContent = SIGNS[best];
      parts.sign.style.fill = colour[0] + colour[1] * 1.6 + colour[2] * 0.5 < 330 ? "#fff" : "#111";
      const isChanged = isNew || (before && was >= 0 && readNode(before, was).best !== best);
      const kinds = ["node", truth !== null && truth !== best && "off", number === pointed && "pointed", isAbove && "above", isChanged && "changed"];
      parts.group.setAttribute("class", kinds.filter(Boolean).join(" "));
      let from = parts.start;
      parts.bar.forEach((piece, at) => {
        piece.setAttribute("x", from);
        piece.setAttribute("width", shares[at] * parts.room);
        piece.style.fill = css(diverging(at / 2 - 1, theme));
        from += shares[at] * parts.room;
      });
    });
  }
}

/** Trees to choose from, each drawn once for every lane: arrays (nodes of all trees, 5) of shares, 255 for 1. */
class TreePanel {
  constructor(panel, stage) {
    this.panel = panel;
    this.stage = stage;
    this.chosen = 0;
    this.pointed = null;
    this.select = make("select", { "aria-label": panel.choose, onchange: () => this.choose(Number(this.select.value)) });
    this.select.append(...panel.trees.map(({ name }, number) => make("option", { value: number, text: name })));
    const help = panel.help && make("span", { class: "help", title: panel.help, tabindex: 0, role: "note", "aria-label": panel.help, text: "?" });
    const title = make("figcaption", {}, make("span", { text: panel.title }), help);
    this.pictures = make("div", { class: "trees", tabindex: 0, role: "group", "aria-label": panel.alt });
    this.pictures.addEventListener("keydown", (event) => this.press(event));
    this.readout = make("div", { class: "readout", "aria-live": "polite" });
    const key = make("div", { class: "legend classes" }, ...panel.classes.map((name, at) => make("span", {}, make("i", { class: "sample", "data-class": at }), make("span", { text: `${SIGNS[at]} ${name}` }))));
    this.samples = [...key.querySelectorAll(".sample")];
    const marks = make("p", { class: "marks", text: panel.marks });
    this.element = make("figure", { class: "panel tree" }, title, panel.trees.length > 1 ? this.select : null, this.pictures, key, marks, this.readout);
    this.element.style.setProperty("--share", panel.width || 1);
    this.build();
  }

  get tree() {
    return this.panel.trees[this.chosen];
  }

  choose(number) {
    this.chosen = number;
    this.pointed = null;
    this.build();
    this.stage.redraw();
  }

  point(number) {
    this.pointed = number;
    this.stage.redraw();
  }

  build() {
    const { lanes } = this.panel;
    this.lanes = lanes.map((lane) => ({ ...lane, picture: new TreePicture(this.tree.nodes, `${lane.label}: ${this.tree.name}`, (number) => this.point(number)) }));
    this.pictures.replaceChildren(...this.lanes.map(({ label, picture }) => make("div", { class: "lane" }, make("p", { text: label }), make("div", { class: "wide" }, picture.svg))));
  }

  draw(tape, theme) {
    this.samples.forEach((sample, at) => (sample.style.background = css(diverging(at / 2 - 1, theme))));
    for (const lane of this.lanes) {
      const said = tape.array(lane.array)?.data;
      if (!said) return;
      const { start, nodes } = this.tree;
      lane.said = said.subarray(N_CLASSES * start, N_CLASSES * (start + nodes.length));
      lane.past = lane.before ? tape.array(lane.before)?.data : null;
      lane.picture.show(lane.said, lane.past, this.pointed, theme);
    }
    this.tell();
  }

  /** The span, what the rules say of it, and the shares of every lane; the root while nothing is pointed at. */
  tell() {
    const number = this.pointed ?? this.tree.nodes.length - 1;
    const { words, truth, was } = this.tree.nodes[number];
    const { classes, reading, unknown, now, past } = this.panel;
    const lines = [fill(reading, { words, truth: truth === null ? unknown : classes[truth] })];
    for (const { label, said, past: before } of this.lanes) {
      lines.push(fill(now, { lane: label, shares: this.sayShares(said, number) }));
      if (before && was >= 0) lines.push(fill(past, { shares: this.sayShares(before, was) }));
    }
    const text = lines.join("\n");
    if (this.readout.textContent !== text) this.readout.textContent = text;
  }

  /** The classes that have a per cent or more, the likeliest first. */
  sayShares(said, number) {
    const named = readNode(said, number).shares.map((share, at) => ({ per_cent: Math.round(100 * share), name: this.panel.classes[at] }));
    const some = named.filter(({ per_cent }) => per_cent > 0).sort((a, b) => b.per_cent - a.per_cent);
    return some.map(({ per_cent, name }) => fill(this.panel.share, { name, n: per_cent })).join(" · ");
  }

  press(event) {
    const { nodes } = this.tree;
    const here = this.pointed ?? nodes.length - 1;
    const parent = this.lanes[0].picture.parents[here];
    const sibling = parent < 0 ? here : nodes[parent].left === here ? nodes[parent].right : nodes[parent].left;
    const down = nodes[here].word === null ? nodes[here].left : here;
    const next = { ArrowUp: parent < 0 ? here : parent, ArrowDown: down, ArrowLeft: sibling, ArrowRight: sibling, Home: nodes.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.point(next);
  }
}
