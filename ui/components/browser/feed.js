// Carries the server's messages to the stage of the same id, and the stage's asks to the server.

const PATIENCE = 1000; // ms after which an ask no longer waits for the answer to the one before, or for a script to end
const BUSY_WAIT = 8; // ms after which it is looked again whether one still runs

const hub = (window.dlcoreHub ??= { stages: new Map(), feeds: new Map() });
hub.asks ??= []; // of all stages of the page, in turn
hub.asking ??= null; // the stage whose ask is under way
hub.waited ??= 0; // ms that the next ask has waited for a script to end

export default function mountFeed({ data, setTriggerValue }) {
  const length = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  const body = data.slice(4 + length);
  const stage = hub.stages.get(header.stage);
  hub.feeds.set(header.stage, {
    ask: (value) => askInTurn(header.stage, value, setTriggerValue),
    waiting: stage ? null : { header, body },
  });
  stage?.receive(header, body);
  if (hub.asking === header.stage) goOn();
}

/**
 * One ask at a time, and none while a script runs: of asks that come together Streamlit runs only one fragment, and when
 * a run that has just ended is followed by another, its answer is lost, or what it no longer draws stays on the screen.
 * A newer ask of the same stage replaces one that only looked for news.
 */
function askInTurn(id, value, setTriggerValue) {
  hub.asks = hub.asks.filter((other) => other.id !== id || other.value.command);
  hub.asks.push({ id, value, setTriggerValue });
  sendNext();
}

function sendNext() {
  if (hub.asking !== null || !hub.asks.length) return;
  if (isBusy() && hub.waited < PATIENCE) {
    hub.waited += BUSY_WAIT;
    clearTimeout(hub.next);
    hub.next = setTimeout(sendNext, BUSY_WAIT);
    return;
  }
  hub.waited = 0;
  const { id, value, setTriggerValue } = hub.asks.shift();
  hub.asking = id;
  hub.patience = setTimeout(goOn, PATIENCE);
  setTriggerValue("ask", value);
}

/** Whether a script runs, or is about to. */
function isBusy() {
  const app = document.querySelector("[data-testid=stApp]");
  return app !== null && app.dataset.testScriptState !== "notRunning";
}

function goOn() {
  clearTimeout(hub.patience);
  hub.asking = null;
  sendNext();
}
