// What the table of layers is set to, and how the address bar says it: side,channels,row chosen,layers joined by -

const SIZE = { min: 8, max: 512, step: 1 };
const USUAL_SIZES = [28, 32, 64, 96, 224, 384, 512];
const STACKS = {
  lenet: { size: 28, channels: 1, layers: "conv 6 5 p2-tanh-avgpool 2-conv 16 5-tanh-avgpool 2-flatten-linear 120-tanh-linear 84-tanh-linear 10" },
  vgg: { size: 224, channels: 3, layers: "conv 64 3 p1-relu-maxpool 2-conv 128 3 p1-relu-maxpool 2-conv 256 3 p1-relu-maxpool 2-flatten-linear 10" },
  alexnet: { size: 224, channels: 3, layers: "conv 64 11 s4 p2-relu-maxpool 3 s2-conv 192 5 p2-relu-maxpool 3 s2-conv 256 3 p1-relu-maxpool 3 s2-flatten-linear 4096-linear 1000" },
  allconv: { size: 32, channels: 3, layers: "conv 32 3 s2 p1-relu-conv 64 3 s2 p1-relu-conv 128 3 s2 p1-relu-conv 10 1-avgpool 4-flatten" },
  dilated: { size: 64, channels: 1, layers: "conv 8 3 p1-conv 8 3 p2 d2-conv 8 3 p4 d4" },
  mlp: { size: 28, channels: 1, layers: "flatten-linear 128-relu-linear 10" },
};
const NEW_LAYERS = ["conv 8 3 p1", "relu", "maxpool 2", "avgpool 2", "batchnorm", "dropout 0.3", "flatten", "linear 10"];

const presetStack = (name) => ({ size: STACKS[name].size, channels: STACKS[name].channels, rows: splitStack(STACKS[name].layers), chosen: 0 });
const startStack = () => presetStack("lenet");
const stackText = ({ size, channels, rows, chosen }) => [size, channels, chosen, rows.map((row) => row.replace(/[-;,]/g, " ").trim()).join("-")].join(",");

/** Read `?stack=`; rows stay as they are written, and what is wrong with one is said beside it; null if it names no side. */
function readStack(text) {
  const [size, channels, chosen, layers] = text.split(",");
  if (!size?.trim() || !Number.isFinite(Number(size))) return null;
  const rows = splitStack(layers ?? "").slice(0, MAX_LAYERS).map((row) => row.slice(0, 40));
  return {
    size: snapTo(SIZE, Number(size)),
    channels: channels === "3" ? 3 : 1,
    chosen: Number.isInteger(Number(chosen)) ? clip(Number(chosen), 0, Math.max(0, rows.length - 1)) : 0,
    rows: rows.length ? rows : startStack().rows,
  };
}
