// What the moved picture is set to, and how the address bar says it: image,right,down,kernel,pooling,size

const SHIFT = { min: 0, max: 8, step: 1 };
const POOL_SIZE = { min: 1, max: 8, step: 1 };
const SHIFT_KERNELS = ["sobel_x", "sobel_y", "edges", "gauss"];
const SHIFT_POOLS = ["max", "avg"];
const SHIFT_IMAGES = Array.from({ length: 10 }, (_, digit) => `digit${digit}`);

const startShift = () => ({ image: "digit3", right: 1, down: 0, preset: "edges", pooling: "max", size: 2 });
const shiftText = ({ image, right, down, preset, pooling, size }) => [image, right, down, preset, pooling, size].join(",");

/** Read `?shift=`; what it leaves out or cannot have becomes the nearest that is possible; null if it names no picture. */
function readShift(text) {
  const asked = text.split(",");
  const start = startShift();
  if (!SHIFT_IMAGES.includes(asked[0])) return null;
  const choice = (at, choices, fallback) => (choices.includes(asked[at]) ? asked[at] : fallback);
  const number = (at, range, fallback) => (asked[at]?.trim() && Number.isFinite(Number(asked[at])) ? snapTo(range, Number(asked[at])) : fallback);
  return {
    image: asked[0],
    right: number(1, SHIFT, start.right),
    down: number(2, SHIFT, start.down),
    preset: choice(3, SHIFT_KERNELS, start.preset),
    pooling: choice(4, SHIFT_POOLS, start.pooling),
    size: number(5, POOL_SIZE, start.size),
  };
}

/** The picture on a larger dark sheet, moved: `margin` pixels are added at every side, so that nothing is lost. */
function moveOnSheet(picture, right, down, margin) {
  const sheet = emptyPicture(1, picture.height + 2 * margin, picture.width + 2 * margin);
  for (let row = 0; row < picture.height; row++) {
    for (let column = 0; column < picture.width; column++) {
      sheet.data[(row + margin + down) * sheet.width + column + margin + right] = picture.data[row * picture.width + column];
    }
  }
  return sheet;
}

/** A picture moved by whole pixels, zeros where nothing comes from. */
function movePicture(picture, right, down) {
  const { height, width } = picture;
  const moved = emptyPicture(1, height, width);
  for (let row = down; row < height; row++) {
    for (let column = right; column < width; column++) moved.data[row * width + column] = picture.data[(row - down) * width + column - right];
  }
  return moved;
}

const subtract = (one, other) => ({ ...one, data: one.data.map((value, at) => value - other.data[at]) });
const norm = ({ data }) => Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0));
/** How far apart two pictures are, as a share of the first's size. */
const shareChanged = (one, other) => (norm(one) ? norm(subtract(one, other)) / norm(one) : 0);
const rectify = (picture) => ({ ...picture, data: picture.data.map((value) => Math.max(0, value)) });
const averageAll = (picture) => ({ channels: 1, height: 1, width: 1, data: Float64Array.of(picture.data.reduce((sum, value) => sum + value, 0) / picture.data.length) });

/** Picture, feature map after ReLU, and pooled map, when the picture is moved by so many pixels. */
function runShifted(picture, { preset, pooling, size }, right, down) {
  const sheet = moveOnSheet(picture, right, down, SHIFT.max);
  const kernel = NATURAL_SIZE[preset] ?? 3;
  const settings = { kernel, stride: 1, padding: (kernel - 1) / 2, dilation: 1 };
  const map = rectify(convolve(sheet, [weightsOf({ name: preset }, kernel, 1)], settings));
  const pooled = pool(map, pooling, { kernel: size, stride: size, padding: 0, dilation: 1 });
  return { sheet, map, pooled, whole: averageAll(map) };
}

/** For every move to the right: how much picture, map, pooled map and the map's mean change. */
function changesByShift(picture, state) {
  const still = runShifted(picture, state, 0, 0);
  return Array.from({ length: SHIFT.max + 1 }, (_, right) => {
    const moved = runShifted(picture, state, right, 0);
    return Object.fromEntries(["sheet", "map", "pooled", "whole"].map((name) => [name, shareChanged(still[name], moved[name])]));
  });
}
