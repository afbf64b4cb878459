"""A student's browser without the browser: a websocket session that speaks Streamlit's protocol as version 1.67 does.

It sends script runs, keeps the elements of the page by their place, the widgets' values and the messages that the
server need not send twice, and hands every feed's message to a `Tape` (tests/load/tape.py). It draws nothing.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from dlcore.frames import unpack_message
from tests.load.cache import MessageCache
from tests.load.tape import Figures, Tape
from tests.load.widgets import WIDGETS, first_state, new_state, user_key

FEED = "dlcore_feed"  # the component that carries frames to the stage that its header names
TRIGGERS = "$$STREAMLIT_INTERNAL_KEY_{id}__events"  # where a component's triggers arrive, by the component's id
EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN
GOOD = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
FLUSH = 0.001  # seconds: a browser's setTimeout(0)
PATIENCE_OF_ASK = 1.0  # seconds after which an ask no longer waits for the one before, or for a script to end
BUSY_WAIT = 0.008  # seconds after which it is looked again whether a script still runs
PATIENCE = 60.0  # seconds that a student waits for a page


class Unanswered(Exception):
    """The server did not finish a script run in time."""


@dataclass(frozen=True)
class Element:
    """What stands at one place of the page, and the script run and fragment that put it there."""

    kind: str
    proto: Any
    run: str
    fragment: str


@dataclass
class Request:
    """A script run that was asked for; `answer` becomes the seconds until it had ended."""

    fragment: str
    sent: float
    answer: asyncio.Future[float]
    has_begun: bool = False


@dataclass
class Totals:
    """What a session counts."""

    n_bytes: int = 0
    n_messages: int = 0
    n_lost: int = 0  # connections that the server or the network closed
    exceptions: list[str] = field(default_factory=list)


class Student:
    """One tab; `async with Student(port, "concepts", "tab=playground")` opens the page and closes it at the end."""

    def __init__(
        self, port: int, page: str = "", query: str = "", tls: ssl.SSLContext | None = None, cookie: str = ""
    ) -> None:
        self.port, self.page, self.query, self.tls, self.cookie = port, page, query, tls, cookie
        self.elements: dict[tuple[int, ...], Element] = {}
        self.widgets: dict[str, WidgetState] = {}
        self.tapes: dict[str, Tape] = {}
        self.totals = Totals()
        self.figures: list[Figures] = []  # of every tape there was
        self.opened_in = 0.0
        self.on_element: Callable[[Element], None] | None = None
        self._requests: list[Request] = []
        self._triggers: dict[str, list[dict[str, Any]]] = {}  # of this moment, by component
        self._cache = MessageCache()
        self._asks: list[tuple[Tape, Callable[[], None], bool]] = []  # of all stages of the page, in turn
        self._asking: Tape | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._next: asyncio.TimerHandle | None = None
        self._waited = 0.0
        self._is_running = False  # a script, or it was asked for
        self._run, self._session, self._page_hash = "", "", ""
        self._pages: dict[str, str] = {}  # address → hash of its script
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Task[None]] = set()

    # --- the tab

    async def __aenter__(self) -> Self:
        started = time.perf_counter()
        await self.connect()
        await self.rerun()
        self.opened_in = time.perf_counter() - started
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.disconnect()

    async def connect(self) -> None:
        """Open the websocket; after a loss of connection the old session is asked for again."""
        protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([self._session] if self._session else [])]
        self._socket = await connect(
            f"ws{'s' if self.tls else ''}://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=protocols,  # type: ignore[arg-type]
            origin=self._origin,  # type: ignore[arg-type]
            ssl=self.tls,
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            max_size=None,
            max_queue=None,
            ping_interval=None,  # browsers answer pings and send none
            open_timeout=PATIENCE,
            close_timeout=3,
            proxy=None,
        )
        self._reader = asyncio.create_task(self._read(self._socket))

    @property
    def _origin(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}"

    async def disconnect(self) -> None:
        """Close the tab, or lose the connection: the server can't tell."""
        for tape in self.tapes.values():
            tape.rest()
        self._asks.clear()
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close()
        if self._reader is not None:
            await self._reader
        for request in self._requests:
            request.answer.cancel()
        self._requests.clear()

    # --- what a student does

    async def rerun(self) -> float:
        """Run the page's script; returns the seconds until it had ended."""
        return await self._answer(self.request())

    async def go(self, page: str, query: str = "") -> float:
        """Follow a link to another page of the app."""
        self.page, self.query, self._page_hash = page, query, self._pages.get(page, "")
        return await self.rerun()

    async def set(self, key: str, value: Any) -> float:
        """Give a widget a value, in the units of its script."""
        element = self.find(key)
        self.widgets[element.proto.id] = new_state(element.kind, element.proto, value)
        return await self._answer(self.request(element.fragment))

    async def click(self, key: str) -> float:
        return await self._answer(self.press(key))

    def press(self, key: str) -> Request:
        """Click without waiting for the script run."""
        element = self.find(key)
        return self.request(element.fragment, WidgetState(id=element.proto.id, trigger_value=True))

    def find(self, key: str) -> Element:
        """The widget with this key; raises LookupError with the keys that there are."""
        widgets = [element for element in self.elements.values() if element.kind in WIDGETS]
        for element in widgets:
            if user_key(element.proto.id) == key:
                return element
        raise LookupError(f"no widget {key!r}; there are {sorted(user_key(e.proto.id) for e in widgets)}")

    def trigger(self, component: str, fragment: str, name: str, value: Any) -> None:
        """What a component's `setTriggerValue(name, value)` does.

        All triggers of one moment go in one message, which names the fragment of the first of them and no other.
        """
        if not self._triggers:
            asyncio.get_running_loop().call_later(FLUSH, self._flush, fragment)
        self._triggers.setdefault(component, []).append({"event": name, "value": value})

    def in_turn(self, tape: Tape, act: Callable[[], None], is_command: bool) -> None:
        """One ask at a time, as feed.js does; a newer one of a stage replaces one that only looked for news."""
        self._asks = [ask for ask in self._asks if ask[0] is not tape or ask[2]]
        self._asks.append((tape, act, is_command))
        self._send_next()

    def answered(self, tape: Tape) -> None:
        """A message for this stage is here: the next ask may go out."""
        if self._asking is tape:
            self._go_on()

    def _send_next(self) -> None:
        """The next ask, once no script runs, as feed.js does."""
        if self._asking is not None or not self._asks:
            return
        if self._is_running and self._waited < PATIENCE_OF_ASK:
            self._waited += BUSY_WAIT
            if self._next is not None:
                self._next.cancel()
            self._next = asyncio.get_running_loop().call_later(BUSY_WAIT, self._send_next)
            return
        self._waited = 0.0
        self._asking, act, _ = self._asks.pop(0)
        self._patience = asyncio.get_running_loop().call_later(PATIENCE_OF_ASK, self._go_on)
        act()

    def _go_on(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
        self._asking = None
        self._send_next()

    def _flush(self, fragment: str) -> None:
        waiting, self._triggers = self._triggers, {}
        states = [
            WidgetState(id=TRIGGERS.format(id=component), json_trigger_value=json.dumps(events))
            for component, events in waiting.items()
        ]
        self.request(fragment, *states)

    # --- to the server

    def request(self, fragment: str = "", *triggers: WidgetState) -> Request:
        """Ask for a run of the script or of one of its fragments; an older request for the same is answered with it."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.fragment_id = self.query, fragment
        run.page_script_hash = self._page_hash
        if not self._page_hash:
            run.page_name = self.page
        run.widget_states.SetInParent()
        run.widget_states.widgets.extend([*self.widgets.values(), *triggers])
        run.cached_message_hashes.extend(self._cache)
        run.context_info.locale, run.context_info.timezone = "en-GB", "UTC"
        run.context_info.url = f"{self._origin}/{self.page}"
        self._is_running = True
        request = Request(fragment, time.perf_counter(), asyncio.get_running_loop().create_future())
        self._requests = [old for old in self._requests if not old.answer.done()]
        self._requests.append(request)
        task = asyncio.create_task(self._send(message.SerializeToString()))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return request

    async def _send(self, raw: bytes) -> None:
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(raw)

    async def _answer(self, request: Request) -> float:
        try:
            async with asyncio.timeout(PATIENCE):
                return await request.answer
        except TimeoutError:
            raise Unanswered(f"{self.page or 'Home'} {self.query}: no answer for {PATIENCE:.0f} s") from None

    # --- from the server

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for raw in socket:
                if isinstance(raw, bytes):
                    self._receive(raw)
        except ConnectionClosed:
            self.totals.n_lost += self._socket is socket

    def _receive(self, raw: bytes) -> None:
        self.totals.n_bytes += len(raw)
        self.totals.n_messages += 1
        message = self._cache.full(ForwardMsg.FromString(raw), raw)
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._draw(message)
        elif kind == "new_session":
            self._begin(message)
        elif kind == "script_finished":
            self._finish(message)
        elif kind == "session_status_changed":
            self._is_running = message.session_status_changed.script_is_running
        elif kind == "navigation":
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "session_event" and message.session_event.HasField("script_compilation_exception"):
            self.totals.exceptions.append(message.session_event.script_compilation_exception.message)
        elif kind == "page_not_found":
            self.totals.exceptions.append(f"page not found: {self.page}")

    def _begin(self, message: ForwardMsg) -> None:
        run = message.metadata.run
        self._run = run.script_run_id
        start = message.new_session
        self._session = start.initialize.session_id
        self._cache.max_age = start.config.max_cached_message_age
        if not run.fragment_ids:
            self._page_hash = start.page_script_hash
            if not self._pages:
                self._pages = {page.url_pathname: page.page_script_hash for page in start.app_pages}
        for request in self._requests:
            if not run.fragment_ids or request.fragment in run.fragment_ids:
                request.has_begun = True

    def _draw(self, message: ForwardMsg) -> None:
        delta = message.delta
        if delta.WhichOneof("type") == "add_block":
            self.elements.pop(tuple(message.metadata.delta_path), None)
            return
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type") or "empty"
        element = Element(kind, getattr(delta.new_element, kind), self._run, delta.fragment_id)
        self.elements[tuple(message.metadata.delta_path)] = element
        if kind in WIDGETS:
            self._mount(element)
        elif kind == "bidi_component" and element.proto.component_name == FEED:
            header, frames = unpack_message(element.proto.bytes)
            tape = self._tape(str(header["stage"]))
            tape.mount(self, element.proto.id, element.fragment)
            tape.receive(header, frames)
        elif kind == "exception" and not element.proto.is_warning:
            self.totals.exceptions.append(f"{element.proto.type}: {element.proto.message}")
        if self.on_element is not None:
            self.on_element(element)

    def _tape(self, name: str) -> Tape:
        if name not in self.tapes:
            self.tapes[name] = Tape()
            self.figures.append(self.tapes[name].figures)
        return self.tapes[name]

    def _mount(self, element: Element) -> None:
        """A widget that appears has a value from then on; one that the script sets takes the new value."""
        proto = element.proto
        if proto.id not in self.widgets or getattr(proto, "set_value", False):
            state = first_state(element.kind, proto)
            if state is not None:
                self.widgets[proto.id] = state

    def _finish(self, message: ForwardMsg) -> None:
        run, status = message.metadata.run, message.script_finished
        if status in GOOD and (run.fragment_ids or run.script_run_id == self._run):
            self._clear_stale(run.script_run_id, run.fragment_ids)
        if status != EARLY:
            self._cache.end_run(run.fragment_ids)
        for request in self._requests:
            # one run follows another: with this one those before are over, though the server may not have said so, or
            # may have said that they ended early, as it does when another fragment's run follows at once
            if status != EARLY and request.has_begun and not request.answer.done():
                request.answer.set_result(time.perf_counter() - request.sent)

    def _clear_stale(self, run: str, fragments: Any) -> None:
        """Remove what a run (or a run of these fragments) did not draw again, and its widgets' values."""

        def is_fresh(element: Element) -> bool:
            return element.run == run or bool(fragments and element.fragment not in fragments)

        self.elements = {place: element for place, element in self.elements.items() if is_fresh(element)}
        alive = {element.proto.id for element in self.elements.values() if element.kind in WIDGETS}
        self.widgets = {id: state for id, state in self.widgets.items() if id in alive}
        if not fragments:
            stages = {user_key(e.proto.id) for e in self.elements.values() if e.kind == "bidi_component"}
            for name in self.tapes.keys() - stages:
                self.tapes.pop(name).rest()
