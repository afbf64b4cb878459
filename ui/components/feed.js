// Carries the server's messages to the stage of the same id, and the stage's asks to the server.

const hub = (window.dlcoreHub ??= { stages: new Map(), feeds: new Map() });

export default function mountFeed({ data, setTriggerValue }) {
  const length = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  const body = data.slice(4 + length);
  const stage = hub.stages.get(header.stage);
  hub.feeds.set(header.stage, {
    ask: (value) => setTriggerValue("ask", value),
    waiting: stage ? null : { header, body },
  });
  stage?.receive(header, body);
}
