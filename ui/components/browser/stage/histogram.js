// A histogram whose bins are the same through the whole run, with marks at values that matter.

class HistogramPanel extends Panel {
  constructor(panel, stage) {
    super(panel, stage);
    panel.marks.forEach(({ label }) => this.legend.append(make("span", { text: `┆ ${label}` })));
  }

  draw(tape, theme) {
    const counts = tape.array(this.panel.array)?.data;
    const height = 190;
    const context = prepareCanvas(this.canvas, this.width, height);
    if (!counts) return;
    const area = { left: AXES.left, top: AXES.top, width: this.width - AXES.left - AXES.right, height: height - AXES.top - AXES.bottom };
    const high = this.highest(tape);
    const toY = (count) => area.top + (1 - count / high) * area.height;
    drawFrame(context, theme, area, { low: 0, high }, false, toY);
    const each = area.width / counts.length;
    context.fillStyle = theme.series[0];
    counts.forEach((count, bin) => context.fillRect(area.left + each * (bin + 0.08), toY(count), each * 0.84, area.top + area.height - toY(count)));
    this.drawValues(context, theme, area);
    this.panel.marks.forEach(({ at }) => this.drawMark(context, theme, area, at));
    this.answerAt(counts, area);
  }

  /** Where a value lies across; on a logarithmic axis `low` and `high` are powers of ten. */
  toX(value, area) {
    const { low, high, log } = this.panel;
    return area.left + (((log ? Math.log10(value) : value) - low) / (high - low)) * area.width;
  }

  drawValues(context, theme, area) {
    const { low, high, log } = this.panel;
    context.fillStyle = theme.faint;
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const tick of ticks(low, high, area.width < 260 ? 4 : 6)) {
      if (log && !Number.isInteger(tick)) continue;
      const value = log ? 10 ** tick : tick;
      context.fillText(say(Number(value.toPrecision(6))), this.toX(value, area), area.top + area.height + 5);
    }
  }

  drawMark(context, theme, area, at) {
    const x = this.toX(at, area);
    context.strokeStyle = theme.text;
    context.lineWidth = 1.2;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x, area.top);
    context.lineTo(x, area.top + area.height);
    context.stroke();
    context.setLineDash([]);
  }

  /** The bin under the pointer, else the fullest one. */
  answerAt(counts, area) {
    const pointed = this.pointer && Math.floor(((this.pointer.x - area.left) / area.width) * counts.length);
    const bin = pointed !== undefined && pointed !== null && pointed >= 0 && pointed < counts.length ? pointed : counts.indexOf(Math.max(...counts));
    const { low, high, log } = this.panel;
    const edge = (number) => {
      const value = low + (number / counts.length) * (high - low);
      return say(Number((log ? 10 ** value : value).toPrecision(3)));
    };
    this.answer(fill(this.panel.reading, { low: edge(bin), high: edge(bin + 1), count: counts[bin] }));
  }

  /** The fullest bin of the whole run, so that bars of different steps can be compared. */
  highest(tape) {
    if (this.known !== tape.frames) {
      this.known = tape.frames;
      this.most = tape.frames.reduce((most, { arrays }) => Math.max(most, ...(arrays[this.panel.array]?.data ?? [])), 1);
    }
    return this.most;
  }
}
