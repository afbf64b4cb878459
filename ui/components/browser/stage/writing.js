// Writing: rows of characters with a colour behind each, and sentences with the tags that are given to their words.

/** An array (R, C) of places in an alphabet as R texts; `colour` (R, C), uint8, says how strongly each is marked. */
class TextPanel {
  constructor(panel, stage) {
    this.panel = panel;
    this.stage = stage;
    this.rows = make("div", { class: "rows", role: "group", "aria-label": panel.alt });
    this.readout = make("div", { class: "readout", "aria-live": "polite" });
    const help = panel.help && make("span", { class: "help", title: panel.help, tabindex: 0, role: "note", "aria-label": panel.help, text: "?" });
    this.element = make("figure", { class: "panel writing" }, make("figcaption", {}, make("span", { text: panel.title }), help), this.rows, this.readout);
    this.element.style.setProperty("--share", panel.width || 1);
    this.alphabet = Array.from(panel.alphabet);
    this.rows.addEventListener("pointermove", ({ target }) => this.tell(this.cells.indexOf(target)));
    this.cells = [];
  }

  draw(tape, theme) {
    const characters = tape.array(this.panel.array);
    if (!characters) return;
    const colours = this.panel.colour && tape.array(this.panel.colour)?.data;
    const [n_rows, n_columns] = characters.shape;
    if (this.cells.length !== n_rows * n_columns) this.layOut(n_rows, n_columns);
    this.colours = colours;
    this.cells.forEach((cell, at) => {
      const text = this.alphabet[characters.data[at]] ?? "";
      const shown = text === "\n" ? "↵\n" : text;
      if (cell.textContent !== shown) cell.textContent = shown;
      const share = colours ? colours[at] / 255 : 0;
      cell.style.backgroundColor = share > 0.02 ? css(mix(theme.background, POSITIVE, share)) : "";
      cell.style.color = share > 0.5 ? "#111" : "";
    });
    if (this.pointed !== undefined) this.tell(this.pointed);
  }

  layOut(n_rows, n_columns) {
    this.cells = [];
    const rows = Array.from({ length: n_rows }, () => {
      const cells = Array.from({ length: n_columns }, () => make("span"));
      this.cells.push(...cells);
      return make("p", {}, ...cells);
    });
    this.rows.replaceChildren(...rows);
  }

  /** The number behind a character. */
  tell(at) {
    const cell = this.cells[at];
    if (!cell || !this.panel.reading || !this.colours) return;
    this.pointed = at;
    const text = fill(this.panel.reading, { character: cell.textContent.trim() || "␣", value: say(this.colours[at] * this.panel.scale) });
    if (this.readout.textContent !== text) this.readout.textContent = text;
  }
}

/** Sentences whose words have tags (R, C) from several arrays below each other; those that differ from `truth` stand out. */
class WordsPanel {
  constructor(panel) {
    this.panel = panel;
    this.body = make("div", { class: "wide", tabindex: 0, role: "group", "aria-label": panel.alt });
    this.element = make("figure", { class: "panel writing" }, make("figcaption", {}, make("span", { text: panel.title })), this.body);
    this.element.style.setProperty("--share", panel.width || 1);
  }

  draw(tape) {
    const truth = tape.array(this.panel.truth);
    if (!truth) return;
    const n_columns = truth.shape[1];
    const scrolled = this.body.scrollLeft;
    const tables = this.panel.sentences.map((words, row) => {
      const head = make("tr", {}, make("td"), ...words.map((text) => make("th", { text, scope: "col" })));
      const lines = this.panel.lanes.map(({ array, label }) => {
        const tags = tape.array(array)?.data;
        const cells = words.map((_, at) => this.cell(tags?.[row * n_columns + at], truth.data[row * n_columns + at]));
        return make("tr", {}, make("th", { text: label, scope: "row" }), ...cells);
      });
      return make("table", {}, head, ...lines);
    });
    this.body.replaceChildren(...tables);
    this.body.scrollLeft = scrolled;
  }

  cell(tag, truth) {
    const isOff = tag !== truth;
    return make("td", { class: isOff ? "off" : null, text: `${isOff ? "≠ " : ""}${this.panel.names[tag] ?? "–"}` });
  }
}
