// A table whose columns are arrays of the frame, a row for each element; a flag marks numbers that should not differ.

class TablePanel {
  constructor(panel) {
    this.panel = panel;
    this.body = make("tbody");
    const heads = ["", ...panel.columns.map(({ label }) => label)].map((text) => make("th", { text, scope: "col" }));
    const table = make("table", { class: "numbers", "aria-label": panel.alt }, make("thead", {}, make("tr", {}, ...heads)), this.body);
    this.element = make("figure", { class: "panel" }, make("figcaption", {}, make("span", { text: panel.title })), make("div", { class: "wide", tabindex: 0 }, table));
    this.element.style.setProperty("--share", panel.width || 1);
  }

  draw(tape) {
    const rows = this.panel.rows.map((name, row) => {
      const cells = this.panel.columns.map(({ array, flag }) => {
        const isOff = flag && tape.array(flag)?.data[row];
        const value = tape.array(array)?.data[row];
        return make("td", { class: isOff ? "off" : null, text: `${isOff ? "≠ " : ""}${value === undefined ? "–" : sayFour(value)}` });
      });
      return make("tr", {}, make("th", { text: name, scope: "row" }), ...cells);
    });
    this.body.replaceChildren(...rows);
  }
}
