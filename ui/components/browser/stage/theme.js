// Colours and numbers: one palette for every panel, told apart with every common colour blindness (Okabe & Ito).

const CLASS_COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00"];
const SERIES_COLOURS = {
  light: ["#0072B2", "#D55E00", "#00785A", "#A3467F", "#7A5C00"],
  dark: ["#56B4E9", "#F2A83B", "#2CC79B", "#E08FBF", "#F0E442"],
};
const DIGIT_COLOURS = {
  light: ["#0072B2", "#B34700", "#00785A", "#A3467F", "#7A5C00", "#5B3FBF", "#B3262E", "#00707F", "#4E7A00", "#555555"],
  dark: ["#56B4E9", "#F2A83B", "#2CC79B", "#E08FBF", "#F0E442", "#B5A2F5", "#FF8A80", "#5FD7E0", "#B4D66B", "#C4CBD2"],
}; // for digits that are written out: they need not be told apart by colour
const SERIES_DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3], [12, 3]];
const NEGATIVE = [0, 114, 178];
const POSITIVE = [230, 130, 0];

/** The colours of the page as it is now, light or dark. */
function readTheme(element) {
  const style = getComputedStyle(element);
  const colour = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
  const background = toRgb(colour("--st-background-color", "#ffffff"));
  const isDark = background[0] + background[1] + background[2] < 384;
  const text = toRgb(colour("--st-text-color", isDark ? "#e6edf3" : "#1b2733"));
  return {
    isDark,
    background,
    text: css(text),
    faint: css(mix(text, background, 0.35)),
    grid: css(mix(text, background, 0.88)),
    panel: colour("--st-secondary-background-color", "#f3f6f9"),
    accent: colour("--st-primary-color", "#0072B2"),
    series: SERIES_COLOURS[isDark ? "dark" : "light"],
    digits: DIGIT_COLOURS[isDark ? "dark" : "light"],
    font: colour("--st-font", "sans-serif"),
    neutral: isDark ? [38, 48, 60] : [244, 244, 244],
  };
}

function toRgb(text) {
  const hex = text.match(/^#([0-9a-f]{6})/i);
  if (hex) return [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16));
  const numbers = text.match(/[\d.]+/g);
  return numbers ? numbers.slice(0, 3).map(Number) : [255, 255, 255];
}

function css([red, green, blue], alpha = 1) {
  return `rgba(${Math.round(red)},${Math.round(green)},${Math.round(blue)},${alpha})`;
}

/** `share` of the way from one colour to another. */
function mix(from, to, share) {
  return from.map((value, channel) => value + (to[channel] - value) * share);
}

/** −1 blue, 0 neutral, 1 orange. */
function diverging(value, theme) {
  const size = Math.min(1, Math.abs(value));
  return mix(theme.neutral, value < 0 ? NEGATIVE : POSITIVE, size);
}

/** What can be read on a colour. */
function inkOn([red, green, blue]) {
  return 0.3 * red + 0.59 * green + 0.11 * blue > 127 ? "#1b2733" : "#ffffff";
}

/** A number as a reader wants it: three digits, a true minus sign. */
function say(value) {
  if (value === undefined || value === null) return "–";
  if (!Number.isFinite(value)) return "∞";
  const size = Math.abs(value);
  let text;
  if (Number.isInteger(value) && size < 1e6) text = String(value);
  else if (size >= 1e5 || size < 1e-3) text = value.toExponential(1).replace("e+", "e").replace(".0e", "e");
  else text = String(Number(value.toPrecision(size >= 100 ? 4 : 3)));
  return text.replace(/-/g, "−");
}

/** `{name}` in a text becomes its value. */
function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "string" ? values[name] : say(values[name])));
}

/** A canvas of that many CSS pixels, sharp on this screen, cleared. */
function prepareCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}
