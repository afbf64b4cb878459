// Convolution and pooling of dlcore/functions/convolution.py, in the browser; compared by tests/ui/test_convolution.py.
// A picture is { channels, height, width, data }, row by row, channel after channel.

const windowSize = (kernel, dilation) => dilation * (kernel - 1) + 1;
const outputSize = (n, { kernel, stride, padding, dilation }) => Math.floor((n + 2 * padding - windowSize(kernel, dilation)) / stride) + 1;
const emptyPicture = (channels, height, width) => ({ channels, height, width, data: new Float64Array(channels * height * width) });

/** A whole number with a comma at every thousand. */
const withCommas = (count) => count.toLocaleString("en-US");

/** Why there is no output: the name of the rule and the numbers that break it; null where there is one. */
function refuse({ height, width }, settings, isPool) {
  const { kernel, padding, dilation } = settings;
  if (isPool && padding > Math.floor(kernel / 2)) return { rule: "pool", kernel, padding, high: Math.floor(kernel / 2) };
  const n = Math.min(height, width);
  const reach = windowSize(kernel, dilation);
  return reach > n + 2 * padding ? { rule: "window", n, kernel, padding, dilation, reach, padded: n + 2 * padding } : null;
}

/** Each filter is (channels · kernel²) weights; one output channel a filter. */
function convolve(picture, filters, settings) {
  const { channels, height, width, data } = picture;
  const { kernel, stride, padding, dilation } = settings;
  const output = emptyPicture(filters.length, outputSize(height, settings), outputSize(width, settings));
  let at = 0;
  for (const weights of filters) {
    for (let row = 0; row < output.height; row++) {
      for (let column = 0; column < output.width; column++) {
        let sum = 0;
        for (let channel = 0; channel < channels; channel++) {
          for (let u = 0; u < kernel; u++) {
            const y = row * stride + u * dilation - padding;
            if (y < 0 || y >= height) continue;
            const line = (channel * height + y) * width;
            const weightLine = (channel * kernel + u) * kernel;
            for (let v = 0; v < kernel; v++) {
              const x = column * stride + v * dilation - padding;
              if (x >= 0 && x < width) sum += weights[weightLine + v] * data[line + x];
            }
          }
        }
        output.data[at++] = sum;
      }
    }
  }
  return output;
}

/** "max" or "avg", channel by channel; an average counts the zeros of the padding. */
function pool(picture, kind, settings) {
  const output = emptyPicture(picture.channels, outputSize(picture.height, settings), outputSize(picture.width, settings));
  let at = 0;
  for (let channel = 0; channel < picture.channels; channel++) {
    for (let row = 0; row < output.height; row++) {
      for (let column = 0; column < output.width; column++) output.data[at++] = poolOne(windowAt(picture, channel, settings, row, column), kind);
    }
  }
  return output;
}

const poolOne = (taps, kind) =>
  kind === "max"
    ? taps.reduce((most, { isInside, value }) => (isInside && value > most ? value : most), -Infinity)
    : taps.reduce((sum, { value }) => sum + value, 0) / taps.length;

/** What one window sees of one channel: kernel² taps { row, column, isInside, value }, 0 outside the picture. */
function windowAt({ height, width, data }, channel, { kernel, stride, padding, dilation }, row, column) {
  return Array.from({ length: kernel * kernel }, (_, at) => {
    const y = row * stride + Math.floor(at / kernel) * dilation - padding;
    const x = column * stride + (at % kernel) * dilation - padding;
    const isInside = y >= 0 && y < height && x >= 0 && x < width;
    return { row: y, column: x, isInside, value: isInside ? data[(channel * height + y) * width + x] : 0 };
  });
}

/** Mean, standard deviation, least and largest of each channel. */
function measure({ channels, height, width, data }) {
  return Array.from({ length: channels }, (_, channel) => {
    const values = data.subarray(channel * height * width, (channel + 1) * height * width);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return { mean, deviation, least: Math.min(...values), largest: Math.max(...values) };
  });
}

/** "none", "mean": each channel minus its mean, "norm": and divided by its standard deviation, if that is not 0. */
function prepare(picture, how) {
  if (how === "none") return picture;
  const prepared = emptyPicture(picture.channels, picture.height, picture.width);
  const size = picture.height * picture.width;
  measure(picture).forEach(({ mean, deviation }, channel) => {
    const divisor = how === "norm" && deviation > 0 ? deviation : 1;
    for (let at = channel * size; at < (channel + 1) * size; at++) prepared.data[at] = (picture.data[at] - mean) / divisor;
  });
  return prepared;
}

/** One channel, the brightness as the eye sees it (ITU-R BT.601). */
function toGrey(picture) {
  if (picture.channels === 1) return picture;
  const grey = emptyPicture(1, picture.height, picture.width);
  const size = grey.data.length;
  for (let at = 0; at < size; at++) grey.data[at] = 0.299 * picture.data[at] + 0.587 * picture.data[size + at] + 0.114 * picture.data[2 * size + at];
  return grey;
}

/** Bytes (height, width, channels) as a picture of values from 0 to 1. */
function fromBytes(bytes, height, width, channels) {
  const picture = emptyPicture(channels, height, width);
  const size = height * width;
  bytes.forEach((value, at) => (picture.data[(at % channels) * size + Math.floor(at / channels)] = value / 255));
  return picture;
}
