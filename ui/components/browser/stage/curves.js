// Curves over the steps with a playhead, and bars: canvas panels with axes.

const AXES = { left: 46, right: 8, top: 6, bottom: 22 };
const RULES = [{ dash: [3, 3], key: "┄" }, { dash: [10, 4], key: "— —" }, { dash: [10, 3, 2, 3], key: "— ·" }]; // level lines, told apart
const FLOOR = 1e-6; // what a logarithmic axis shows of zero
const TINY = 1e-30; // the same where vanishing is the subject

class LinesPanel extends Panel {
  constructor(panel, stage) {
    super(panel, stage);
    panel.series.forEach((series, number) => this.legend.append(keyLine(series.label, number)));
    panel.rules.forEach((rule, number) => this.legend.append(make("span", { text: `${RULES[number % RULES.length].key} ${rule.label}` })));
  }

  draw(tape, theme) {
    const height = 190;
    const context = prepareCanvas(this.canvas, this.width, height);
    const seen = tape.frames.slice(0, tape.furthest + 1);
    const area = { left: AXES.left, top: AXES.top, width: this.width - AXES.left - AXES.right, height: height - AXES.top - AXES.bottom };
    const domain = this.domain(seen, tape);
    const n_steps = Math.max(1, this.stage.header.n_steps || 1);
    const toX = (step) => area.left + (step / n_steps) * area.width;
    const toY = (value) => area.top + (1 - (this.scale(value) - domain.low) / (domain.high - domain.low)) * area.height;
    drawFrame(context, theme, area, domain, this.panel.log, toY);
    drawSteps(context, theme, area, n_steps, toX);
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.width, area.height);
    context.clip();
    this.panel.rules.forEach((rule, number) => drawRule(context, theme, area, toY, tape.scalar(rule.name), number));
    this.panel.series.forEach((series, number) => {
      if (series.low) drawBand(context, theme, seen, series, number, toX, toY);
      drawCurve(context, theme, seen, series.name, number, toX, toY);
    });
    drawPlayhead(context, theme, area, toX(tape.step));
    context.restore();
    this.answerAt(tape, seen, area, n_steps);
  }

  scale(value) {
    return this.panel.log ? Math.log10(Math.max(value, this.panel.floor)) : value;
  }

  /** The values in view, with some air; a logarithmic axis spans at least a factor of two. */
  domain(frames, tape) {
    const names = this.panel.series.flatMap(({ name, low, high }) => [name, low, high].filter(Boolean));
    const values = frames.flatMap((frame) => names.map((name) => frame.scalars[name]).filter((value) => value !== undefined));
    const rules = this.panel.rules.map((rule) => tape.scalar(rule.name)).filter((value) => value !== undefined);
    const scaled = values.map((value) => this.scale(value));
    if (!scaled.length) return { low: 0, high: 1 };
    let [low, high] = [Math.min(...scaled), Math.max(...scaled)];
    for (const rule of rules) if (rule < 30 * Math.max(high, 5)) high = Math.max(high, this.scale(rule));
    if (this.panel.log) low = Math.min(low, ...rules.map((rule) => this.scale(rule)).filter((rule) => rule > low - 2)); // if near
    if (this.panel.log) return { low: Math.min(low, high - 0.3) - 0.05, high: high + 0.05 };
    if (this.panel.domain) return { low: this.panel.domain[0], high: this.panel.domain[1] };
    return { low: Math.min(0, low), high: high + 0.06 * (high - Math.min(0, low)) || 1 };
  }

  /** The numbers at the pointer, else at the playhead. */
  answerAt(tape, seen, area, n_steps) {
    let frame = tape.current;
    if (this.pointer) {
      const step = ((this.pointer.x - area.left) / area.width) * n_steps;
      frame = seen.reduce((best, other) => (Math.abs(other.step - step) < Math.abs(best.step - step) ? other : best), seen[0]);
    }
    const numbers = this.panel.series.map(({ name, label, low, high }) => {
      const band = low ? ` (${say(frame.scalars[low])} – ${say(frame.scalars[high])})` : "";
      return `${label} ${say(frame.scalars[name])}${band}`;
    });
    const rules = this.panel.rules.map((rule) => `${rule.label} ${say(frame.scalars[rule.name])}`);
    this.answer(`${fill(this.stage.labels.stage_at, { step: frame.step })}: ${[...numbers, ...rules].join(" · ")}`);
  }
}

class BarsPanel extends Panel {
  draw(tape, theme) {
    const values = tape.array(this.panel.array)?.data;
    const height = 190;
    const context = prepareCanvas(this.canvas, this.width, height);
    if (!values) return;
    const area = { left: AXES.left, top: AXES.top, width: this.width - AXES.left - AXES.right, height: height - AXES.top - AXES.bottom };
    const domain = this.domain(tape);
    const scale = (value) => (this.panel.log ? Math.log10(Math.max(value, FLOOR)) : value);
    const toY = (value) => area.top + (1 - (scale(value) - domain.low) / (domain.high - domain.low)) * area.height;
    drawFrame(context, theme, area, domain, this.panel.log, toY);
    const each = area.width / values.length;
    const every = Math.ceil(22 / each); // numbers that have room below
    values.forEach((value, number) => {
      context.fillStyle = theme.series[0];
      const top = Math.max(area.top, Math.min(area.top + area.height, toY(value)));
      context.fillRect(area.left + each * (number + 0.2), top, each * 0.6, area.top + area.height - top);
      if (number % every) return;
      context.fillStyle = theme.faint;
      context.textAlign = "center";
      context.textBaseline = "top";
      context.fillText(String(number + this.panel.first), area.left + each * (number + 0.5), area.top + area.height + 5);
    });
    if (this.panel.reading) this.answer(this.readOne(tape, values, area));
    else this.answer([...values].map((value, number) => `${fill(this.panel.name, { n: number + this.panel.first })}: ${say(value)}`).join(" · "));
  }

  /** What is said of the bar at the pointer, else of the tallest. */
  readOne(tape, values, area) {
    const pointed = this.pointer && Math.floor(((this.pointer.x - area.left) / area.width) * values.length);
    const at = this.pointer ? Math.max(0, Math.min(values.length - 1, pointed)) : values.indexOf(Math.max(...values));
    const others = Object.entries(this.panel.values).map(([name, array]) => [name, Number(tape.array(array)?.data[at].toPrecision(3))]);
    return fill(this.panel.reading, { ...tape.current.scalars, ...Object.fromEntries(others), n: at + this.panel.first, value: values[at] });
  }

  /** The same for the whole run, so that bars of different steps can be compared. */
  domain(tape) {
    if (this.panel.domain) return { low: this.panel.domain[0], high: this.panel.domain[1] };
    if (this.known !== tape.frames) {
      this.known = tape.frames;
      const values = tape.frames.flatMap((frame) => [...(frame.arrays[this.panel.array]?.data ?? [])]).filter((value) => value > 0);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      if (!values.length) this.range = this.panel.log ? { low: -3, high: 0 } : { low: 0, high: 1 };
      else if (this.panel.log) this.range = { low: Math.max(-6, Math.min(Math.log10(low), Math.log10(high) - 1)) - 0.1, high: Math.log10(high) + 0.1 };
      else this.range = { low: 0, high: high * 1.06 };
    }
    return this.range;
  }
}

/** Arrays (N,) of the frame as curves over their index: a layer, a time step, a coefficient. */
class ProfilePanel extends Panel {
  constructor(panel, stage) {
    super(panel, stage);
    panel.series.forEach((series, number) => this.legend.append(keyLine(series.label, number)));
  }

  draw(tape, theme) {
    const height = 200;
    const context = prepareCanvas(this.canvas, this.width, height);
    const area = { left: AXES.left, top: AXES.top, width: this.width - AXES.left - AXES.right, height: height - AXES.top - AXES.bottom };
    const curves = this.panel.series.map(({ name }) => tape.array(name)?.data ?? []);
    const length = Math.max(1, ...curves.map((curve) => curve.length));
    const domain = this.domain(tape);
    const scale = (value) => (this.panel.log ? Math.log10(Math.max(value, TINY)) : value);
    const toX = (at) => area.left + ((at + 0.5) / length) * area.width;
    const toY = (value) => area.top + (1 - (scale(value) - domain.low) / (domain.high - domain.low)) * area.height;
    drawFrame(context, theme, area, domain, this.panel.log, toY);
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.width, area.height);
    context.clip();
    this.panel.series.forEach(({ low, high }, number) => {
      if (low) this.drawRange(context, theme, number, tape.array(low)?.data ?? [], tape.array(high)?.data ?? [], toX, toY);
    });
    curves.forEach((curve, number) => {
      startLine(context, theme, number);
      curve.forEach((value, at) => context.lineTo(toX(at), toY(value)));
      context.stroke();
      context.setLineDash([]);
      if (length <= 60) curve.forEach((value, at) => drawDot(context, theme, number, toX(at), toY(value)));
    });
    context.restore();
    this.drawIndex(context, theme, area, length, toX);
    this.answerAt(curves, length, area);
  }

  drawRange(context, theme, number, low, high, toX, toY) {
    context.fillStyle = theme.series[number % theme.series.length];
    context.globalAlpha = 0.25;
    context.beginPath();
    low.forEach((value, at) => context.lineTo(toX(at), toY(value)));
    for (let at = high.length - 1; at >= 0; at--) context.lineTo(toX(at), toY(high[at]));
    context.fill();
    context.globalAlpha = 1;
  }

  drawIndex(context, theme, area, length, toX) {
    context.fillStyle = theme.faint;
    context.textAlign = "center";
    context.textBaseline = "top";
    const widest = Math.max(28, context.measureText(this.call(length - 1)).width + 10);
    const every = Math.ceil(length / (area.width / widest));
    for (let at = 0; at < length; at += every) context.fillText(this.call(at), toX(at), area.top + area.height + 5);
  }

  /** What the place `at` is called. */
  call(at) {
    return this.panel.ticks?.[at] ?? String(at + this.panel.first);
  }

  /** The numbers at the pointer, else at the end. */
  answerAt(curves, length, area) {
    const pointed = this.pointer ? Math.floor(((this.pointer.x - area.left) / area.width) * length) : length - 1;
    const at = Math.max(0, Math.min(length - 1, pointed));
    const numbers = this.panel.series.map(({ label, low, high }, number) => {
      const [from, to] = [low, high].map((name) => name && this.stage.tape.array(name)?.data[at]);
      return `${label} ${say(curves[number][at])}${low ? ` (${say(from)} – ${say(to)})` : ""}`;
    });
    this.answer(`${fill(this.panel.name, { n: this.call(at) })}: ${numbers.join(" · ")}`);
  }

  /** The same for the whole run, so that steps can be compared. */
  domain(tape) {
    if (this.panel.domain) return { low: this.panel.domain[0], high: this.panel.domain[1] };
    if (this.known === tape.frames) return this.range;
    this.known = tape.frames;
    const names = this.panel.series.flatMap(({ name, low, high }) => [name, low, high].filter(Boolean));
    const values = tape.frames.flatMap(({ arrays }) => names.flatMap((name) => [...(arrays[name]?.data ?? [])]));
    const scaled = values.filter((value) => !this.panel.log || value > 0).map((value) => (this.panel.log ? Math.log10(Math.max(value, TINY)) : value));
    const [low, high] = scaled.length ? [Math.min(...scaled), Math.max(...scaled)] : [0, 1];
    const air = 0.05 * (high - low) || 0.5;
    this.range = { low: low - air, high: high + air };
    return this.range;
  }
}

function drawDot(context, theme, number, x, y) {
  context.beginPath();
  context.arc(x, y, 2.5, 0, 2 * Math.PI);
  context.fillStyle = theme.series[number % theme.series.length];
  context.fill();
}

function keyLine(label, number) {
  const dash = SERIES_DASHES[number % SERIES_DASHES.length];
  const line = make("i", { class: `key key${number % SERIES_DASHES.length}` });
  line.style.borderTopStyle = dash.length ? (dash[0] > 2 ? "dashed" : "dotted") : "solid";
  return make("span", {}, line, document.createTextNode(label));
}

function drawFrame(context, theme, area, domain, isLog, toY) {
  context.font = `11px ${theme.font}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  const values = isLog ? logTicks(domain) : ticks(domain.low, domain.high, 4);
  for (const value of values) {
    const y = toY(value);
    context.strokeStyle = theme.grid;
    context.beginPath();
    context.moveTo(area.left, y);
    context.lineTo(area.left + area.width, y);
    context.stroke();
    context.fillStyle = theme.faint;
    context.fillText(say(value), area.left - 5, y);
  }
}

/** Powers of ten in the domain; 1, 2 and 5 of each when there are few; evenly spaced numbers in less than one. */
function logTicks({ low, high }) {
  if (high - low < 0.7) return ticks(10 ** low, 10 ** high, 4);
  const factors = high - low > 3 ? [1] : high - low > 1.2 ? [1, 3] : [1, 2, 5];
  const every = high - low > 8 ? Math.ceil((high - low) / 6) : 1;
  const found = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++)
    if (power % every === 0)
      for (const factor of factors) {
        const at = power + Math.log10(factor);
        if (at >= low && at <= high) found.push(Number((factor * 10 ** power).toPrecision(6)));
      }
  return found;
}

function drawSteps(context, theme, area, n_steps, toX) {
  context.fillStyle = theme.faint;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const step of ticks(0, n_steps, area.width < 260 ? 3 : 5)) {
    if (Number.isInteger(step) && toX(step) < area.left + area.width - 4) context.fillText(say(step), toX(step), area.top + area.height + 5);
  }
}

function drawCurve(context, theme, frames, name, number, toX, toY) {
  context.strokeStyle = theme.series[number % theme.series.length];
  context.lineWidth = 1.8;
  context.setLineDash(SERIES_DASHES[number % SERIES_DASHES.length]);
  context.beginPath();
  for (const frame of frames) if (frame.scalars[name] !== undefined) context.lineTo(toX(frame.step), toY(frame.scalars[name]));
  context.stroke();
  context.setLineDash([]);
}

function drawBand(context, theme, frames, series, number, toX, toY) {
  context.fillStyle = theme.series[number % theme.series.length];
  context.globalAlpha = 0.25;
  context.beginPath();
  for (const frame of frames) context.lineTo(toX(frame.step), toY(frame.scalars[series.low]));
  for (const frame of [...frames].reverse()) context.lineTo(toX(frame.step), toY(frame.scalars[series.high]));
  context.fill();
  context.globalAlpha = 1;
}

function drawRule(context, theme, area, toY, value, number) {
  if (value === undefined) return;
  context.strokeStyle = theme.text;
  context.lineWidth = 1.2;
  context.setLineDash(RULES[number % RULES.length].dash);
  context.beginPath();
  context.moveTo(area.left, toY(value));
  context.lineTo(area.left + area.width, toY(value));
  context.stroke();
  context.setLineDash([]);
}

function drawPlayhead(context, theme, area, x) {
  context.strokeStyle = theme.accent;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, area.top);
  context.lineTo(x, area.top + area.height);
  context.stroke();
}
