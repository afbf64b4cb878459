// The chosen output pixel, opened: for each channel the window, the weights and the products, and what they add up to.

const CHANNEL_NAMES = ["R", "G", "B"];
const MOST_TERMS = 9; // that are written out in one line

const BRIGHT = 140; // of 255: black is read better on it than white

/** A cell's colour, and that of what is written on it. */
function colourCell(cell, value, size, theme) {
  const colour = diverging(size ? value / size : 0, theme);
  const [red, green, blue] = colour;
  cell.style.background = css(colour);
  cell.style.color = 0.299 * red + 0.587 * green + 0.114 * blue > BRIGHT ? "#000000" : "#ffffff";
}

/** Two decimals, or more where the largest number beside it is small. */
function tell(value, size = Math.abs(value)) {
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const decimals = size >= 0.1 || size === 0 ? 2 : size >= 0.01 ? 3 : 4;
  return value === 0 || size >= 0.1 ? two(value) : value.toFixed(decimals).replace("-", "−");
}

/** A square of numbers; `mark(at)` gives a cell a frame. */
function makeNumbers(title, values, kernel, theme, { mark = () => false, outside = () => false } = {}) {
  const size = Math.max(...values.map((value) => (Number.isFinite(value) ? Math.abs(value) : 0)));
  const cells = values.map((value, at) => {
    const cell = make("span", { text: tell(value, size), class: [mark(at) && "marked", outside(at) && "outside"].filter(Boolean).join(" ") || null });
    colourCell(cell, Number.isFinite(value) ? value : 0, size, theme);
    return cell;
  });
  return makeSquare(title, kernel, cells);
}

function makeSquare(title, kernel, cells) {
  const grid = make("div", { class: "cells" }, ...cells);
  const square = make("figure", { class: "square" }, make("figcaption", { text: title }), grid);
  square.style.setProperty("--size", kernel);
  return square;
}

class Readings {
  /** `edit(channel, at, value)` is called when a weight is typed. */
  constructor(words, edit) {
    Object.assign(this, { words, edit });
    this.rows = make("div", { class: "rows" });
    this.sum = make("div", { class: "numbers", "aria-live": "polite" });
    this.root = make("div", { class: "readings" }, this.rows, this.sum);
  }

  /** `given`: operation, settings, row, column, output, and of each channel shown { name, taps, weights }. */
  show(given, theme) {
    if (given.operation === "conv") this.showProducts(given, theme);
    else this.showPool(given, theme);
  }

  showProducts(given, theme) {
    const { words } = this;
    const { channels, settings } = given;
    this.keepInputs(channels, settings.kernel);
    this.weights = channels.map(({ weights }) => weights);
    const sides = channels.map(({ name, taps, weights }, number) => {
      this.inputs[number].forEach((input, at) => this.fillInput(input, number, at, theme));
      const of = (word) => (name ? `${words[word]} ${name}` : words[word]);
      const outside = (at) => !taps[at].isInside;
      const window = makeNumbers(of("convlab_window"), taps.map(({ value }) => value), settings.kernel, theme, { outside });
      const products = taps.map(({ value }, at) => value * weights[at]);
      return [window, makeNumbers(of("convlab_products"), products, settings.kernel, theme)];
    });
    if (this.rows.querySelector("input:focus")) this.replaceSides(sides);
    else this.rows.replaceChildren(...sides.map(([window, products], number) => make("div", { class: settings.kernel > 5 ? "factors large" : "factors" }, window, make("b", { text: "×" }), this.squares[number], make("b", { text: "=" }), products)));
    this.sum.replaceChildren(make("p", {}, ...this.writeSum(given)));
  }

  /** While a weight is typed its square must stay in the page. */
  replaceSides(sides) {
    sides.forEach(([window, products], number) => {
      const row = this.rows.children[number];
      row.firstChild.replaceWith(window);
      row.lastChild.replaceWith(products);
    });
  }

  showPool(given, theme) {
    const { words } = this;
    const [{ name, taps }] = given.channels;
    const isMax = given.operation === "max";
    const best = taps.findIndex(({ isInside, value }) => isInside && value === given.output);
    const options = {
      mark: (at) => isMax && at === best,
      outside: (at) => !taps[at].isInside,
    };
    const values = taps.map(({ isInside, value }) => (isInside || !isMax ? value : -Infinity));
    const title = name ? `${words.convlab_window} ${name}` : words.convlab_window;
    const square = makeNumbers(title, values, given.settings.kernel, theme, options);
    this.rows.replaceChildren(make("div", { class: "factors" }, square));
    this.squares = null;
    this.sum.replaceChildren(make("p", {}, ...this.writePool(given, values)));
  }

  /** The weights are inputs that stay while their size does, so that typing is not interrupted. */
  keepInputs(channels, kernel) {
    const made = `${channels.map(({ name }) => name)}|${kernel}`;
    if (this.squares && this.made === made) return;
    this.made = made;
    this.inputs = channels.map(({ name }, channel) => Array.from({ length: kernel * kernel }, (_, at) => this.makeInput(name, channel, at, kernel)));
    this.squares = this.inputs.map((inputs, number) => {
      const { name } = channels[number];
      return makeSquare(name ? `${this.words.convlab_weights} ${name}` : this.words.convlab_weights, kernel, inputs);
    });
    this.rows.replaceChildren();
  }

  makeInput(name, channel, at, kernel) {
    const where = { row: Math.floor(at / kernel) + 1, column: (at % kernel) + 1, channel: name || "1" };
    const input = make("input", { type: "text", inputmode: "decimal", "aria-label": fill(this.words.convlab_weight, where), "data-at": `${channel},${at}` });
    input.addEventListener("input", () => {
      const value = Number(input.value.trim().replace("−", "-").replace(",", "."));
      const isNumber = input.value.trim() !== "" && Number.isFinite(value);
      input.toggleAttribute("aria-invalid", !isNumber);
      if (isNumber) this.edit(channel, at, roundWeight(value));
    });
    input.addEventListener("blur", () => this.settle(input, channel, at));
    return input;
  }

  fillInput(input, number, at, theme) {
    const weights = this.weights[number];
    colourCell(input, weights[at], Math.max(...weights.map(Math.abs)), theme);
    if (!input.matches(":focus")) this.settle(input, number, at);
  }

  /** The weight as it is, once nobody types. */
  settle(input, number, at) {
    input.value = say(roundWeight(this.weights[number][at]));
    input.removeAttribute("aria-invalid");
  }

  writeSum({ channels, output, row, column }) {
    const terms = channels.flatMap(({ taps, weights }) => taps.map(({ value }, at) => [value, weights[at]]));
    const sums = channels.map(({ name, taps, weights }) => [name, taps.reduce((sum, { value }, at) => sum + value * weights[at], 0)]);
    const short = terms.filter(([, weight]) => weight !== 0);
    const written =
      short.length <= MOST_TERMS
        ? short.map(([value, weight]) => `${bracketed(value)}·${weight < 0 ? `(${say(roundWeight(weight))})` : say(roundWeight(weight))}`).join(" + ") || "0"
        : sums.length > 1
          ? sums.map(([name, sum]) => `${name} ${bracketed(sum)}`).join(" + ")
          : fill(this.words.convlab_many, { n: terms.length });
    return this.writeLine(row, column, written, output);
  }

  writePool({ operation, output, row, column }, values) {
    const said = values.map((value) => (operation === "max" ? tell(value, 1) : bracketed(value)));
    const count = values.length;
    const many = fill(this.words.convlab_many_values, { n: count });
    const listed = count <= MOST_TERMS ? said.join(operation === "max" ? ", " : " + ") : many;
    return this.writeLine(row, column, operation === "max" ? `max(${listed})` : `(${listed}) / ${count}`, output);
  }

  writeLine(row, column, written, output) {
    const place = fill(this.words.convlab_output_at, { row: row + 1, column: column + 1 });
    return [make("span", { text: `${place}: ` }), make("span", { class: "term", text: written }), " ≈ ", make("b", { class: "term", text: tell(output) })];
  }
}
