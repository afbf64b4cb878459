// What the explorer is set to, and how the address bar says it:
// image,channels,operation,preparation,kernel,stride,padding,dilation,filter shown,row,column,filters joined by ~

const STRIDE = { min: 1, max: 4, step: 1 };
const PADDING = { min: 0, max: 6, step: 1 };
const DILATION = { min: 1, max: 3, step: 1 };
const PLACE = { min: 0, max: 127, step: 1 };
const MAX_FILTERS = 3;
const CHANNELS = ["grey", "rgb"];
const OPERATIONS = ["conv", "max", "avg"];
const PREPARATIONS = ["none", "mean", "norm"];
const SETTINGS = { kernel: KERNEL, stride: STRIDE, padding: PADDING, dilation: DILATION };
const IMAGES = ["tiny", ...Array.from({ length: 10 }, (_, digit) => `digit${digit}`), "temple", "flower", "upload", "drawing"];
const OWN_IMAGES = ["upload", "drawing"];

const startExplorer = () => ({
  image: "digit3", channels: "rgb", operation: "conv", preparation: "none", kernel: 3, stride: 1, padding: 0, dilation: 1,
  shown: 0, row: 8, column: 12, filters: [{ name: "sobel_x" }],
});

function explorerText(state) {
  const { image, channels, operation, preparation, kernel, stride, padding, dilation, shown, row, column, filters } = state;
  return [image, channels, operation, preparation, kernel, stride, padding, dilation, shown, row, column, filters.map(filterText).join("~")].join(",");
}

/** Read `?explorer=`; what it leaves out or cannot have becomes the nearest that is possible; null if it names no image. */
function readExplorer(text) {
  const asked = text.split(",");
  const start = startExplorer();
  if (!IMAGES.includes(asked[0])) return null;
  const choice = (at, choices, fallback) => (choices.includes(asked[at]) ? asked[at] : fallback);
  const number = (at, range, fallback) => (asked[at]?.trim() && Number.isFinite(Number(asked[at])) ? snapTo(range, Number(asked[at])) : fallback);
  const filters = (asked[11] ?? "").split("~").map(readFilter).filter(Boolean).slice(0, MAX_FILTERS);
  const settings = Object.entries(SETTINGS).map(([name, range], at) => [name, number(4 + at, range, start[name])]);
  return {
    image: asked[0],
    channels: choice(1, CHANNELS, start.channels),
    operation: choice(2, OPERATIONS, start.operation),
    preparation: choice(3, PREPARATIONS, start.preparation),
    ...Object.fromEntries(settings),
    shown: number(8, { min: 0, max: MAX_FILTERS - 1, step: 1 }, 0),
    row: number(9, PLACE, 0),
    column: number(10, PLACE, 0),
    filters: filters.length ? filters : start.filters,
  };
}
