// Where the scores come from: given with the page, drawn from two normal distributions, or those of the frame that a stage shows.

const N_NORMAL = { positives: 200, negatives: 200 };

/** The parts of a source by name, {labels, scores} each; null while a stage has nothing yet. */
function readParts(source, state) {
  if (source.stage) return readStage(source);
  if (source.normal) return { all: drawNormals(state.apart) };
  return source.parts;
}

/** The tape's own arrays: the same objects as long as it shows the same frame. */
function readStage({ stage: id, parts }) {
  const tape = window.dlcoreHub?.stages.get(id)?.tape;
  if (!tape?.frames.length) return null;
  const found = parts.map((name) => [name, { labels: tape.array(`${name}_y`)?.data, scores: tape.array(`${name}_score`)?.data }]);
  return found.every(([, { labels, scores }]) => labels && scores) ? Object.fromEntries(found) : null;
}

function drawNormals(apart) {
  const [negatives, positives] = [normalScores(N_NORMAL.negatives), normalScores(N_NORMAL.positives)];
  return {
    labels: Uint8Array.from([...negatives.map(() => 0), ...positives.map(() => 1)]),
    scores: Float64Array.from([...negatives.map((z) => z - apart / 2), ...positives.map((z) => z + apart / 2)]),
  };
}

const isSame = (some, others) =>
  some && others && Object.keys(others).every((name) => some[name]?.scores === others[name].scores && some[name]?.labels === others[name].labels);
