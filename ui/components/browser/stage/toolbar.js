// The transport: start, one step, stop, rewind, the timeline, speed, where the run stands, and the fork.

const ICONS = {
  play: "M3 2l10 6-10 6z",
  pause: "M3 2h4v12H3zM9 2h4v12H9z",
  step: "M2 2l7 6-7 6zM11 2h3v12h-3z",
  stop: "M3 3h10v10H3z",
  rewind: "M2 2h3v12H2zM14 2L6 8l8 6z",
};
const SPEEDS = [0.25, 0.5, 1, 2, 4];
const ENDED = ["finished", "diverged", "failed"];

class Toolbar {
  constructor(stage) {
    this.stage = stage;
    const { labels } = stage;
    this.primary = this.button("play", labels.stage_start, () => stage.together((each) => each.playOrPause(this.isPausing)), "primary");
    this.step = this.button("step", labels.stage_step, () => stage.together((each) => each.oneStep()));
    this.stop = this.button("stop", labels.stage_stop, () => stage.together((each) => each.stop()));
    this.rewind = this.button("rewind", labels.stage_rewind, () => stage.together((each) => each.rewind()));
    const speeds = SPEEDS.map((speed) => make("option", { value: speed, text: `${speed}×` }));
    this.speed = make("select", { "aria-label": labels.stage_speed, title: labels.stage_speed, onchange: () => this.changeSpeed() }, ...speeds);
    this.speed.value = "1";
    this.timeline = make("input", { type: "range", min: 0, max: 0, value: 0, "aria-label": labels.stage_timeline, oninput: () => this.scrub() });
    this.place = make("span", { class: "place" });
    this.state = make("span", { class: "state", role: "status" });
    this.message = make("div", { class: "message", role: "alert" });
    this.element = make(
      "div",
      { class: "toolbar" },
      stage.compact ? null : make("div", { class: "buttons" }, this.primary, this.step, this.stop, this.rewind, this.speed),
      stage.compact ? null : this.timeline,
      make("div", { class: "where" }, stage.compact ? null : this.place, this.state),
      this.message,
      stage.compact ? null : this.makeShortcuts(),
      stage.compact ? null : this.makeFork(),
    );
  }

  button(icon, text, onclick, kind = "") {
    const button = make("button", { type: "button", class: kind, title: text, onclick });
    button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[icon]}"/></svg><span></span>`;
    button.lastChild.textContent = text;
    return button;
  }

  relabel(button, icon, text) {
    if (button.title === text) return;
    button.title = button.lastChild.textContent = text;
    button.querySelector("path").setAttribute("d", ICONS[icon]);
  }

  changeSpeed() {
    this.stage.together((each) => {
      each.tape.speed = Number(this.speed.value);
      each.toolbar.speed.value = this.speed.value;
    });
  }

  scrub() {
    const position = Number(this.timeline.value);
    const step = this.stage.tape.frames[position]?.step ?? 0;
    this.stage.together((each) => each.show(step));
  }

  /** The fork: which setting, which value; the step is where the playhead stands. */
  makeFork() {
    const { labels, editable } = this.stage;
    if (!editable.length) return null;
    this.field = make("select", { "aria-label": labels.stage_fork_field, onchange: () => this.offerValue() });
    for (const field of editable) this.field.append(make("option", { value: field.name, text: field.label }));
    this.value = make("input", { type: "number", step: "any", "aria-label": labels.stage_fork_value });
    this.forkButton = this.button("play", labels.stage_fork_do, () => this.fork());
    this.summary = make("summary");
    const row = make("div", { class: "buttons" }, this.field, this.value, this.forkButton);
    this.offerValue();
    return make("details", { class: "fork" }, this.summary, make("p", { text: labels.stage_fork_help }), row);
  }

  /** Forks at one click: a setting gets a given value from the playhead on. */
  makeShortcuts() {
    const { shortcuts } = this.stage;
    if (!shortcuts.length) return null;
    const fork = ({ field, value }) => this.stage.together((each) => each.fork(field, value));
    this.shortcuts = shortcuts.map((shortcut) => this.button(shortcut.icon, shortcut.label, () => fork(shortcut)));
    return make("div", { class: "buttons" }, make("span", { text: this.stage.labels.stage_from_here }), ...this.shortcuts);
  }

  /** A starting point: a tenth of what it is now, if the rules allow. */
  offerValue() {
    const field = this.stage.editable.find(({ name }) => name === this.field.value);
    const suggestion = field.value > 0 ? field.value / 10 : field.max / 10;
    this.value.min = field.min;
    this.value.max = field.max;
    this.value.value = Number(Math.max(field.min, Math.min(field.max, suggestion)).toPrecision(2));
  }

  fork() {
    this.stage.fork(this.field.value, Number(this.value.value));
  }

  /** Make everything say where tape and run are. */
  update(tape, header) {
    const { labels } = this.stage;
    const isLive = this.stage.isLive;
    const hasEnded = ENDED.includes(header.phase);
    this.isPausing = tape.playing || (isLive && this.stage.wanted);
    if (this.isPausing) this.relabel(this.primary, "pause", labels.stage_pause);
    else if (hasEnded && tape.atEnd) this.relabel(this.primary, "play", labels.stage_replay);
    else if (tape.furthest > 0) this.relabel(this.primary, "play", labels.stage_continue);
    else this.relabel(this.primary, "play", labels.stage_start);
    this.step.disabled = hasEnded && tape.atEnd;
    this.stop.disabled = !this.isPausing && tape.atEnd;
    this.rewind.disabled = tape.index === 0;
    this.timeline.max = Math.max(0, tape.last);
    this.timeline.value = tape.index;
    this.timeline.setAttribute("aria-valuetext", fill(labels.stage_at, { step: tape.step }));
    this.timeline.disabled = tape.last < 1;
    this.timeline.style.setProperty("--computed", `${(100 * header.step) / Math.max(1, header.n_steps)}%`);
    this.place.textContent = fill(labels.stage_place, { step: tape.step, n_steps: header.n_steps });
    this.state.textContent = this.describe(header, labels);
    this.message.textContent = this.stage.silence ? labels.stage_no_answer : header.message || "";
    this.message.className = `message ${this.stage.silence ? "error" : header.message_kind || ""}`;
    const isPossible = tape.step < this.stage.n_steps && tape.frames.length > 0;
    this.shortcuts?.forEach((button) => (button.disabled = !isPossible || tape.step === 0));
    if (this.summary) {
      this.summary.textContent = isPossible ? fill(labels.stage_fork, { step: tape.step }) : labels.stage_fork_earlier;
      this.forkButton.disabled = !isPossible;
    }
  }

  describe(header, labels) {
    const seconds = header.seconds_left === null || header.seconds_left === undefined ? null : Math.max(1, Math.round(header.seconds_left));
    let said = labels[`stage_${header.phase}`] ?? "";
    if (header.phase === "running" && seconds !== null && header.step > 0) said = labels.stage_running_left;
    const words = fill(said, { step: header.step, position: header.position, seconds });
    return header.others > 0 ? `${words} · ${fill(labels.stage_others, { others: header.others })}` : words;
  }
}
