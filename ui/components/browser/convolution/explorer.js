// The convolution explorer: a window slides over a picture; every product and the sum can be read. The server sends the
// pictures and hears nothing.

const PACE = 120; // ms from one output pixel to the next

class Explorer extends Widget {
  static look = "convolution";
  static corrected = "convlab_corrected";
  static address = "explorer";
  static start = startExplorer;
  static toText = explorerText;
  static read = readExplorer;

  take(data) {
    this.pictures = data.pictures;
    this.made = new Map(); // pictures, decoded and prepared
    const arrived = OWN_IMAGES.filter((name) => data.pictures[name] && data.pictures[name].bytes !== (this.own ?? REMEMBERED.get(`${data.key} own`) ?? {})[name]);
    this.own = Object.fromEntries(OWN_IMAGES.map((name) => [name, data.pictures[name]?.bytes]));
    const isFirst = !REMEMBERED.has(`${data.key} own`);
    REMEMBERED.set(`${data.key} own`, this.own);
    super.take(data);
    if (arrived.length && !(isFirst && data.initial)) this.change({ image: arrived[arrived.length - 1] });
  }

  build() {
    const { words } = this;
    const choice = (name, choices, change) => {
      const select = make("select", { "aria-label": words[`convlab_${name}`], "data-name": name, onchange: () => change(select.value) });
      select.append(...choices.map((value) => make("option", { value, text: this.word(name, value) })));
      return { select, row: make("label", { class: "choice" }, make("span", { text: words[`convlab_${name}`] }), select) };
    };
    this.choices = {
      image: choice("image", IMAGES, (image) => this.change({ image })),
      channels: choice("channels", CHANNELS, (channels) => this.change({ channels })),
      operation: choice("operation", OPERATIONS, (operation) => this.operate(operation)),
      preparation: choice("preparation", PREPARATIONS, (preparation) => this.change({ preparation })),
    };
    this.sliders = Object.fromEntries(
      Object.entries(SETTINGS).map(([name, range]) => [name, makeSlider(name, `${words[`convlab_${name}`]} ${name[0]}`, range, (value) => this.setNumber(name, value))]),
    );
    this.buildFilters();
    this.statistics = make("div", { class: "statistics" });
    this.input = new PictureView((row, column) => this.pickInput(row, column));
    this.output = new PictureView((row, column) => this.pick(row, column));
    this.output.canvas.tabIndex = 0;
    this.output.canvas.addEventListener("keydown", (event) => this.press(event));
    this.maps = make("div", { class: "maps", role: "group", "aria-label": words.convlab_maps });
    this.formula = make("div", { class: "numbers formula" });
    this.refusal = make("p", { class: "note", role: "status" });
    this.readings = new Readings(words, (channel, at, value) => this.edit(channel, at, value));
    this.outputs = make("div", { class: "outputs" }, this.output.root, this.maps);
    this.slideButton = make("button", { type: "button", "data-name": "slide", text: words.convlab_slide, onclick: () => (this.sliding ? this.halt() : this.slide()) });
    this.opened = make("div", {}, make("p", { class: "hint", text: words.convlab_hint }), make("div", { class: "bar" }, this.slideButton), this.readings.root);
    const reset = make("button", { type: "button", text: words.convlab_reset, onclick: () => this.change(startExplorer()) });
    this.root.replaceChildren(
      this.makeNote(),
      make("div", { class: "bar" }, ...Object.values(this.choices).map(({ row }) => row), reset),
      make("div", { class: "settings" }, ...Object.values(this.sliders).map(({ row }) => row)),
      this.filterBar,
      this.formula,
      this.refusal,
      make("div", { class: "pair" }, this.input.root, this.outputs),
      this.opened,
      this.statistics,
    );
    this.observer ??= new ResizeObserver(() => this.drawPictures());
    this.observer.disconnect();
    this.observer.observe(this.root);
  }

  buildFilters() {
    const { words } = this;
    this.preset = make("select", { "aria-label": words.convlab_preset, "data-name": "preset", onchange: () => this.setPreset(this.preset.value) });
    this.filters = make("div", { class: "filters", role: "group", "aria-label": words.convlab_filters });
    const button = (name, act) => make("button", { type: "button", "data-name": name, text: words[`convlab_${name}`], onclick: act });
    this.add = button("add", () => this.addFilter());
    this.remove = button("remove", () => this.removeFilter());
    this.flip = button("flip", () => this.changeWeights((grid) => [...grid].reverse()));
    this.clear = button("clear", () => this.changeWeights((grid) => grid.map(() => 0)));
    const preset = make("label", { class: "choice" }, make("span", { text: words.convlab_preset }), this.preset);
    this.filterBar = make("div", { class: "bar" }, this.filters, this.add, this.remove, preset, this.flip, this.clear);
  }

  leave() {
    this.halt();
    this.observer?.disconnect();
    super.leave();
  }

  word(name, value) {
    return name === "image" && value.startsWith("digit") ? fill(this.words.convlab_image_digit, { n: value.slice(5) }) : this.words[`convlab_${name}_${value}`];
  }

  // --- what is set

  operate(operation) {
    const usual = operation === "conv" ? { kernel: 3, stride: 1, padding: 0 } : { kernel: 2, stride: 2, padding: 0, dilation: 1 };
    this.change({ operation, ...((operation === "conv") !== (this.state.operation === "conv") && usual) });
  }

  setNumber(name, value) {
    const filters = name === "kernel" ? this.state.filters.map((filter) => (filter.name === OWN ? { name: OWN, own: filter.own.map((grid) => resizeGrid(grid, value)) } : filter)) : this.state.filters;
    this.change({ [name]: value, filters });
  }

  setPreset(name) {
    if (name === OWN) this.changeWeights((grid) => grid);
    else this.change({ filters: this.replaced({ name }), ...(this.state.filters.length === 1 && { kernel: NATURAL_SIZE[name] ?? 3 }) });
  }

  addFilter() {
    const unused = ["sobel_y", "edges", "blur"].find((name) => !this.state.filters.some((filter) => filter.name === name));
    this.change({ filters: [...this.state.filters, { name: unused }], shown: this.state.filters.length });
  }

  removeFilter() {
    this.change({ filters: this.state.filters.filter((_, number) => number !== this.state.shown), shown: 0 });
  }

  replaced(filter) {
    return this.state.filters.map((other, number) => (number === this.state.shown ? filter : other));
  }

  changeWeights(how) {
    const own = toOwn(this.state.filters[this.state.shown], this.state.kernel, this.prepared.channels);
    this.change({ filters: this.replaced({ ...own, own: own.own.map(how) }) });
  }

  edit(channel, at, value) {
    const { name, own } = toOwn(this.state.filters[this.state.shown], this.state.kernel, this.prepared.channels);
    own[channel][at] = value;
    this.change({ filters: this.replaced({ name, own }) });
  }

  // --- where it is looked

  pick(row, column) {
    this.halt();
    this.look(row, column);
  }

  look(row, column) {
    if (!this.result) return;
    this.state.row = clip(row, 0, this.result.height - 1);
    this.state.column = clip(column, 0, this.result.width - 1);
    this.corrected = false;
    this.drawPictures();
    this.showReadings();
    this.writeLater();
  }

  /** The output pixel whose window has its middle nearest to this input pixel. */
  pickInput(row, column) {
    const { kernel, stride, padding, dilation } = this.settings;
    const nearest = (place) => Math.round((place + padding - (windowSize(kernel, dilation) - 1) / 2) / stride);
    this.pick(nearest(row), nearest(column));
  }

  /** Row by row over the whole output, until it is halted or the end is reached. */
  slide() {
    const isAtEnd = () => this.state.row === this.result.height - 1 && this.state.column === this.result.width - 1;
    if (isAtEnd()) this.look(0, 0);
    this.slideButton.textContent = this.words.convlab_halt;
    this.readings.sum.ariaLive = "off"; // nobody wants to be read every pixel
    this.sliding = setInterval(() => {
      const { row, column } = this.state;
      if (!this.result || isAtEnd()) return this.halt();
      this.look(column + 1 < this.result.width ? row : row + 1, (column + 1) % this.result.width);
    }, PACE);
  }

  halt() {
    clearInterval(this.sliding);
    this.sliding = null;
    this.readings.sum.ariaLive = "polite";
    this.slideButton.textContent = this.words.convlab_slide;
  }

  press(event) {
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -Infinity], End: [0, Infinity], PageUp: [-5, 0], PageDown: [5, 0] };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.pick(this.state.row + move[0], this.state.column + move[1]);
  }

  // --- what is shown

  get settings() {
    const { kernel, stride, padding, dilation, operation } = this.state;
    return { kernel, stride, padding, dilation: operation === "avg" ? 1 : dilation };
  }

  get isPool() {
    return this.state.operation !== "conv";
  }

  /** The chosen picture after this preparation, made once. */
  find(preparation) {
    const { image, channels } = this.state;
    const name = `${image} ${channels} ${preparation}`;
    if (!this.made.has(name)) this.made.set(name, preparation === "none" ? this.decode(image, channels) : prepare(this.find("none"), preparation));
    return this.made.get(name);
  }

  decode(image, channels) {
    const { bytes, shape } = this.pictures[image];
    const picture = fromBytes(fromBase64(bytes), ...shape);
    return channels === "grey" ? toGrey(picture) : picture;
  }

  show() {
    const { state } = this;
    if (!this.pictures[state.image]) {
      state.image = startExplorer().image;
      this.corrected = true;
    }
    state.shown = Math.min(state.shown, this.isPool ? 2 : state.filters.length - 1);
    this.showNote();
    this.compute();
    this.showControls();
    this.showFormula();
    this.showMaps();
    this.drawPictures();
    this.showReadings();
    this.showStatistics();
    this.writeLater();
  }

  compute() {
    const { state, settings } = this;
    this.prepared = this.find(state.preparation);
    if (this.isPool) state.shown = Math.min(state.shown, this.prepared.channels - 1);
    this.refused = refuse(this.prepared, settings, this.isPool);
    const weights = state.filters.map((filter) => weightsOf(filter, settings.kernel, this.prepared.channels));
    this.weights = weights;
    this.result = this.refused ? null : this.isPool ? pool(this.prepared, state.operation, settings) : convolve(this.prepared, weights, settings);
    if (this.result) {
      state.row = Math.min(state.row, this.result.height - 1);
      state.column = Math.min(state.column, this.result.width - 1);
    }
    this.setViews();
  }

  setViews() {
    const { words, state, prepared, result } = this;
    const theme = readTheme(this.root);
    const sizes = (picture) => ({ height: picture.height, width: picture.width, channels: picture.channels });
    this.input.set(prepared, theme, state.preparation === "none" ? 1 : 0, fill(words.convlab_input_alt, { image: this.word("image", state.image), ...sizes(prepared) }), `${words.convlab_input}: ${prepared.channels} × ${prepared.height} × ${prepared.width}`);
    if (!result) return;
    const map = oneChannel(result, state.shown);
    this.output.set(map, theme, 0, "", `${words.convlab_output}: ${result.channels} × ${result.height} × ${result.width}`);
  }

  showControls() {
    const { state } = this;
    for (const [name, { select }] of Object.entries(this.choices)) select.value = state[name];
    for (const option of this.choices.image.select.options) option.hidden = option.disabled = !this.pictures[option.value];
    this.choices.channels.row.hidden = this.pictures[state.image].shape[2] === 1;
    for (const [name, slider] of Object.entries(this.sliders)) slider.show(this.settings[name], String(this.settings[name]));
    this.sliders.dilation.input.disabled = state.operation === "avg";
    this.filterBar.hidden = this.isPool;
    this.filters.replaceChildren(...(state.filters.length > 1 ? state.filters.map((_, number) => this.makeTab(number, fill(this.words.convlab_filter, { n: number + 1 }))) : []));
    this.filters.hidden = state.filters.length === 1;
    this.add.hidden = state.filters.length >= MAX_FILTERS;
    this.remove.hidden = state.filters.length === 1;
    const names = [...KERNEL_NAMES.filter((name) => name !== "red_green" || this.prepared.channels === 3), OWN];
    this.preset.replaceChildren(...names.map((name) => make("option", { value: name, text: this.words[`convlab_preset_${name}`] })));
    this.preset.value = state.filters[state.shown]?.name ?? OWN;
  }

  makeTab(number, text, ...children) {
    return make("button", { type: "button", "aria-pressed": number === this.state.shown ? "true" : "false", onclick: () => this.change({ shown: number }), "aria-label": text }, ...(children.length ? children : [document.createTextNode(text)]));
  }

  /** All output channels, small, when there are several. */
  showMaps() {
    if (!this.result || this.result.channels === 1) return this.maps.replaceChildren();
    const theme = readTheme(this.root);
    const maps = Array.from({ length: this.result.channels }, (_, number) => {
      const map = oneChannel(this.result, number);
      return this.makeTab(number, fill(this.words.convlab_map, { n: this.isPool ? CHANNEL_NAMES[number] : number + 1 }), paintPixels(map, chooseLook(map, theme)));
    });
    this.maps.replaceChildren(...maps);
  }

  showFormula() {
    const { words, prepared, settings, refused, result, state } = this;
    this.refusal.hidden = !refused;
    this.opened.hidden = this.outputs.hidden = this.formula.hidden = !result;
    if (refused) this.refusal.textContent = fill(words[`convlab_refused_${refused.rule}`], refused);
    if (!result) return;
    const line = (name, n, size) => `${words[`convlab_${name}`]}: ⌊(${n} + 2·${settings.padding} − ${settings.dilation}·(${settings.kernel} − 1) − 1) / ${settings.stride}⌋ + 1 = ${size}`;
    const lines = [line("height", prepared.height, result.height), line("width", prepared.width, result.width)];
    const isSquare = prepared.height === prepared.width;
    const count = { filters: state.filters.length, channels: prepared.channels, area: settings.kernel ** 2, total: state.filters.length * (prepared.channels * settings.kernel ** 2 + 1) };
    this.formula.replaceChildren(
      ...(isSquare ? [line("side", prepared.height, result.height)] : lines).map((text) => make("p", { text })),
      make("p", { text: this.isPool ? words.convlab_no_parameters : fill(words.convlab_parameters, { ...count, work: withCommas(state.filters.length * prepared.channels * settings.kernel ** 2 * result.height * result.width) }) }),
    );
  }

  drawPictures() {
    if (!this.prepared) return; // the observer may come before the first picture
    const { settings, state, words } = this;
    const theme = readTheme(this.root);
    if (!this.result) return this.input.draw(theme, [], settings.padding);
    const reach = windowSize(settings.kernel, settings.dilation);
    const [row, column] = [state.row * settings.stride - settings.padding, state.column * settings.stride - settings.padding];
    const taps = settings.dilation > 1 ? windowAt(this.prepared, 0, settings, state.row, state.column).map((tap) => ({ ...tap, height: 1, width: 1, isThin: true })) : [];
    this.input.draw(theme, [{ row, column, height: reach, width: reach }, ...taps], settings.padding);
    this.output.draw(theme, [{ row: state.row, column: state.column, height: 1, width: 1, isThin: false }]);
    const value = two(this.value);
    this.output.canvas.setAttribute("aria-label", fill(words.convlab_output_alt, { height: this.result.height, width: this.result.width, row: state.row + 1, column: state.column + 1, value }));
    this.root.dataset.value = this.value;
    this.root.dataset.place = `${state.row},${state.column}`;
    this.root.dataset.shape = `${this.result.channels},${this.result.height},${this.result.width}`;
  }

  get value() {
    const { result, state } = this;
    return result.data[(state.shown * result.height + state.row) * result.width + state.column];
  }

  showReadings() {
    if (!this.result) return;
    const { settings, state, prepared } = this;
    const names = prepared.channels === 3 ? CHANNEL_NAMES : [""];
    const shown = this.isPool ? [state.shown] : names.map((_, channel) => channel);
    const channels = shown.map((channel) => ({
      name: names[channel],
      taps: windowAt(prepared, channel, settings, state.row, state.column),
      weights: this.isPool ? [] : this.weights[state.shown].slice(channel * settings.kernel ** 2, (channel + 1) * settings.kernel ** 2),
    }));
    this.readings.show({ operation: state.operation, settings, row: state.row, column: state.column, output: this.value, channels }, readTheme(this.root));
  }

  showStatistics() {
    const { words, state } = this;
    const names = this.prepared.channels === 3 ? CHANNEL_NAMES : [""];
    const block = (title, picture) => {
      const rows = measure(picture).map(({ mean, deviation, least, largest }, channel) => `${names[channel] ? `${names[channel]}: ` : ""}${fill(words.convlab_statistics, { mean: two(mean), deviation: two(deviation), least: two(least), largest: two(largest) })}`);
      return make("figure", { class: "block" }, make("figcaption", { text: title }), drawHistogram(picture, words, this.colours), ...rows.map((text) => make("p", { text })));
    };
    const after = state.preparation === "none" ? [] : [block(`${words.convlab_after}: ${this.word("preparation", state.preparation)}`, this.prepared)];
    this.statistics.replaceChildren(block(words.convlab_before, this.find("none")), ...after);
  }
}

export default (component) => mountWidget(Explorer, component);
