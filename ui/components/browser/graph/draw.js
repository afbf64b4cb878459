// A graph of numbers as SVG: a box for every node with its value and gradient, a line for every use.

const GRAPH_SVG = "http://www.w3.org/2000/svg";
const GRAPH_CELL = { width: 136, height: 62 };
const GRAPH_BOX = { width: 96, height: 46 };
const GRAPH_EDGE = 8; // empty space around the picture
const GRAPH_SMALLEST = 0.72; // it shrinks to this share of its size, then it scrolls

/** Five significant digits, a true minus sign; what is unknown is a dash. */
function sayFive(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e") : String(Number(value.toPrecision(5)));
  return text.replace(/-/g, "−");
}

function svgElement(tag, attributes = {}, ...children) {
  const element = document.createElementNS(GRAPH_SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(name, value);
  element.append(...children.flat(2));
  return element;
}

function graphSize(nodes) {
  const columns = Math.max(...nodes.map(({ column }) => column)) + 1;
  const rows = Math.max(...nodes.map(({ row }) => row)) + 1;
  return {
    width: columns * GRAPH_CELL.width - (GRAPH_CELL.width - GRAPH_BOX.width) + 2 * GRAPH_EDGE,
    height: rows * GRAPH_CELL.height - (GRAPH_CELL.height - GRAPH_BOX.height) + 2 * GRAPH_EDGE,
  };
}

/** The middle of a node's box. */
function graphPlace({ column, row }) {
  return {
    x: GRAPH_EDGE + GRAPH_BOX.width / 2 + column * GRAPH_CELL.width,
    y: GRAPH_EDGE + GRAPH_BOX.height / 2 + row * GRAPH_CELL.height,
  };
}

/**
 * The picture. `shown` says what is known by now: `value(place)` and `gradient(place)` as words or null, `active` the node
 * in focus, `lit` the edges in focus (their numbers among the edges), `asked` the node whose gradient is a question.
 */
function drawGraph({ nodes, edges }, shown, alt) {
  const { width, height } = graphSize(nodes);
  const svg = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": alt, class: "graph" });
  svg.style.minWidth = `${Math.round(GRAPH_SMALLEST * width)}px`;
  const repeats = countRepeats(edges);
  edges.forEach((edge, number) => svg.append(drawGraphEdge(nodes, edge, shown.lit?.includes(number), repeats[number])));
  nodes.forEach((node, place) => svg.append(drawGraphNode(node, place, shown)));
  edges.forEach((edge, number) => shown.lit?.includes(number) && shown.local && svg.append(drawLocal(nodes, edge, shown.local(edge), repeats[number])));
  return svg;
}

/** For every edge its number among those with the same ends, from 0: a node may use another twice. */
function countRepeats(edges) {
  const seen = new Map();
  return edges.map(({ from, to }) => {
    const name = `${from}-${to}`;
    seen.set(name, (seen.get(name) ?? -1) + 1);
    return seen.get(name);
  });
}

function graphEnds(nodes, edge, repeat) {
  const [from, to] = [graphPlace(nodes[edge.from]), graphPlace(nodes[edge.to])];
  return { x1: from.x + GRAPH_BOX.width / 2, y1: from.y + 7 * repeat, x2: to.x - GRAPH_BOX.width / 2, y2: to.y + 7 * repeat };
}

function drawGraphEdge(nodes, edge, isLit, repeat) {
  const { x1, y1, x2, y2 } = graphEnds(nodes, edge, repeat);
  const bend = Math.max(14, (x2 - x1) / 2);
  return svgElement("path", { d: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`, class: `use${isLit ? " lit" : ""}` });
}

/** The local derivative, on a plate in the middle of its edge. */
function drawLocal(nodes, edge, words, repeat) {
  const { x1, y1, x2, y2 } = graphEnds(nodes, edge, repeat);
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2 + 14 * repeat];
  const width = 6.2 * words.length + 8;
  return svgElement(
    "g",
    { class: "local" },
    svgElement("rect", { x: x - width / 2, y: y - 9, width, height: 18, rx: 5 }),
    svgElement("text", { x, y: y + 4, "text-anchor": "middle" }, words),
  );
}

function drawGraphNode(node, place, shown) {
  const { x, y } = graphPlace(node);
  const [value, gradient] = [shown.value(place), shown.gradient(place)];
  const isAsked = shown.asked === place;
  const kind = ["node", node.role, shown.active === place && "active", isAsked && "asked", value === null && "unknown"].filter(Boolean).join(" ");
  const line = (words, dy, name) => svgElement("text", { x, y: y + dy, "text-anchor": "middle", class: name }, words);
  const first = value === null ? node.name : `${node.name} = ${value}`;
  const second = isAsked ? "∂ = ?" : gradient === null ? "" : `∂ ${gradient}`;
  return svgElement(
    "g",
    { class: kind, "data-node": node.name },
    svgElement("rect", { x: x - GRAPH_BOX.width / 2, y: y - GRAPH_BOX.height / 2, width: GRAPH_BOX.width, height: GRAPH_BOX.height, rx: node.role === "hidden" || node.role === "error" ? 22 : 6 }),
    line(first, second ? -4 : 5, `value${first.length > 13 ? " long" : ""}`),
    second ? line(second, 14, `gradient ${gradient?.startsWith("−") ? "negative" : "positive"}`) : "",
  );
}
