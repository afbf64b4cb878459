// Drawings as bytes of ink, 0 to 255, and as base64.

const SIDE = 112; // of a drawing that is sent, four pixels for each of MNIST's
const FINE = 4; // pixels of the canvas for each of those
const SAMPLE_SIDE = 28;

function toBase64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** The opacity of RGBA pixels (side · fine)² as the mean of each fine × fine block, (side)². */
function averageInk(rgba, side = SIDE, fine = FINE) {
  const ink = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let sum = 0;
      for (let down = 0; down < fine; down++) {
        for (let right = 0; right < fine; right++) {
          sum += rgba[4 * ((row * fine + down) * side * fine + column * fine + right) + 3];
        }
      }
      ink[row * side + column] = Math.round(sum / (fine * fine));
    }
  }
  return ink;
}

/** A canvas (side)² in one colour, as opaque as there is ink. */
function inkCanvas(ink, side, [red, green, blue]) {
  const canvas = make("canvas", { width: side, height: side });
  const rgba = new Uint8ClampedArray(4 * side * side);
  ink.forEach((opacity, at) => rgba.set([red, green, blue, opacity], 4 * at));
  canvas.getContext("2d").putImageData(new ImageData(rgba, side, side), 0, 0);
  return canvas;
}
