// Frames from the server, as dlcore/frames.py packs them.

const TYPED_ARRAYS = { uint8: Uint8Array, int8: Int8Array, int16: Int16Array, int32: Int32Array, float32: Float32Array };
const UTF8 = new TextDecoder();

/** The packed frames of a message whose header says how long each one is. */
function splitBlobs(body, sizes) {
  const blobs = [];
  let start = 0;
  for (const size of sizes) {
    blobs.push(body.subarray(start, start + size));
    start += size;
  }
  return blobs;
}

/** Open one packed frame: {step, scalars, arrays: {name: {data, shape}}}. */
async function openFrame(blob) {
  const stream = new Blob([blob]).stream().pipeThrough(new DecompressionStream("deflate"));
  const raw = await new Response(stream).arrayBuffer();
  const length = new DataView(raw).getUint32(0, true);
  const header = JSON.parse(UTF8.decode(new Uint8Array(raw, 4, length)));
  const start = Math.ceil((4 + length) / 8) * 8;
  const arrays = {};
  for (const { name, dtype, shape, offset } of header.arrays) {
    const count = shape.reduce((product, size) => product * size, 1);
    arrays[name] = { data: new TYPED_ARRAYS[dtype](raw, start + offset, count), shape };
  }
  return { step: header.step, scalars: header.scalars, arrays };
}
