// Carries the server's messages to the stage of the same id, and the stage's asks to the server.

const BETWEEN = 25; // ms between two asks of one page: Streamlit runs only one fragment for those that come together

const hub = (window.dlcoreHub ??= { stages: new Map(), feeds: new Map() });

export default function mountFeed({ data, setTriggerValue }) {
  const length = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  const body = data.slice(4 + length);
  const stage = hub.stages.get(header.stage);
  hub.feeds.set(header.stage, {
    ask: (value) => inTurn(() => setTriggerValue("ask", value)),
    waiting: stage ? null : { header, body },
  });
  stage?.receive(header, body);
}

/** Do it now, or so much later that asks are kept apart. */
function inTurn(act) {
  const now = performance.now();
  hub.nextTurn = Math.max(now, (hub.nextTurn ?? 0) + BETWEEN);
  if (hub.nextTurn <= now) act();
  else setTimeout(act, hub.nextTurn - now);
}
