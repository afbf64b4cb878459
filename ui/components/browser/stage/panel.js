// What every panel has: a title with help, a canvas with a text alternative, a legend, a line that answers pointing.

class Panel {
  constructor(panel, stage) {
    this.panel = panel;
    this.stage = stage;
    this.canvas = make("canvas", { role: "img", "aria-label": panel.alt || panel.title, tabindex: this.focusable ? 0 : null });
    this.legend = make("div", { class: "legend" });
    this.readout = make("div", { class: "readout", "aria-live": "polite" });
    const help = panel.help && make("span", { class: "help", title: panel.help, tabindex: 0, role: "note", "aria-label": panel.help, text: "?" });
    const title = make("figcaption", {}, make("span", { text: panel.title }), help);
    const size = panel.width < 0.4 ? "panel small" : "panel";
    this.element = make("figure", { class: size }, title, this.canvas, this.legend, this.readout);
    this.element.style.setProperty("--share", panel.width || 1);
    this.canvas.addEventListener("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => this.point(null));
  }

  get focusable() {
    return false;
  }

  get width() {
    return Math.max(120, this.element.clientWidth - 2);
  }

  /** Where the pointer is on the canvas, in CSS pixels. */
  point(event) {
    this.pointer = event && { x: event.offsetX, y: event.offsetY };
    this.stage.redraw();
  }

  /** Say something below the canvas; the line keeps its height, so that nothing jumps. */
  answer(text) {
    if (this.readout.textContent !== text) this.readout.textContent = text || "";
  }
}

/** A sentence with the frame's numbers in it; which one is told by a scalar. */
class SentencePanel {
  constructor(panel) {
    this.panel = panel;
    this.words = make("p", { class: "sentence" });
    this.element = make("figure", { class: "panel" }, make("figcaption", {}, make("span", { text: panel.title })), this.words);
    this.element.style.setProperty("--share", panel.width || 1);
  }

  draw(tape) {
    const template = this.panel.templates[String(tape.scalar(this.panel.case) ?? "")] ?? "";
    this.words.textContent = fill(template, tape.current.scalars);
  }
}
