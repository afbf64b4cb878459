// A graph of numbers that lives: every node's value and gradient at the playhead.

class GraphPanel {
  constructor(panel) {
    this.panel = panel;
    this.picture = make("div", { class: "wide", tabindex: 0 });
    this.element = make("figure", { class: "panel" }, make("figcaption", {}, make("span", { text: panel.title })), this.picture);
    this.element.style.setProperty("--share", panel.width || 1);
  }

  draw(tape, theme) {
    const { values, gradients, nodes, edges, alt } = this.panel;
    const [value, gradient] = [tape.array(values)?.data, tape.array(gradients)?.data];
    if (!value) return;
    const shown = { value: (place) => sayFour(value[place]), gradient: (place) => sayFour(gradient[place]) };
    const scrolled = this.picture.scrollLeft;
    this.picture.replaceChildren(drawGraph({ nodes, edges }, shown, alt));
    this.picture.classList.toggle("dark", theme.isDark);
    this.picture.scrollLeft = scrolled;
  }
}

/** Frames bring single precision: four digits of it are to be trusted. */
function sayFour(value) {
  return sayFive(Number(value.toPrecision(4)));
}
