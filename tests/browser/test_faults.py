"""What breaks under a reader: the server, the connection. Nothing finished is lost, no page is broken."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from dlcore.settings import Settings
from tests.browser.conftest import Open, Player, Server, free_port, serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SHORT = "/concepts?tab=playground&dataset=moons&hidden_sizes=3&n_steps=60"
LONG = "/concepts?tab=playground&hidden_sizes=32,32,32,32&n_samples=1000&batch_size=500&n_steps=20000"


def is_whole(page: Page) -> None:
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.locator("h1").first).to_be_visible()


def test_a_server_that_is_killed_and_comes_back(visit: Open, tmp_path: Path) -> None:
    """For the page it is the same as a connection that was lost for longer than a session is kept: ten minutes, say."""
    port = free_port()
    with serve(tmp_path, port) as server:
        finished, interrupted = Player(visit(server.url + SHORT)), Player(visit(server.url + LONG))
        finished.press("Start")
        finished.wait_for_phase("finished")
        shown = finished.frames()
        server.wait_for_log("training finished")
        interrupted.press("Start")
        interrupted.wait("stage.header.step > 0 && stage.tape.frames.length > 3")
        step = interrupted.read("stage.tape.frames.at(-1).step")
    with serve(tmp_path, port) as server:
        interrupted.wait(f"stage.header.step > {step} && stage.tape.frames.at(-1).step > {step}")  # by itself
        steps = interrupted.read("stage.tape.frames.map(({step}) => step)")
        assert steps == sorted(set(steps))
        finished.wait_for_phase("finished")
        assert finished.frames() == shown
        again = Player(visit(server.url + SHORT))
        again.wait_for_phase("finished")
        assert again.frames() == shown
        assert f"training started: {again.read('stage.tape.run')}" not in server.log()
        assert "Traceback" not in server.log()
        is_whole(finished.page)
        is_whole(interrupted.page)


@pytest.mark.parametrize(("seconds", "is_forgotten"), [(3, False), (10, False), (5, True)])
def test_a_connection_that_is_cut(visit: Open, server: Server, seconds: float, is_forgotten: bool) -> None:
    """For less and for more than a lease, with which the training rests; until the session is gone (two minutes)."""
    with Wire(int(server.url.rsplit(":", 1)[1])) as wire:
        player = Player(visit(f"http://127.0.0.1:{wire.port}{LONG}&seed={70 + seconds}"))
        player.press("Start")
        player.wait("stage.header.step > 0")
        key, step = player.read("[stage.header.run, stage.header.step]")
        wire.cut()
        time.sleep(seconds)
        if seconds > Settings().lease_seconds:
            server.wait_for_log(f"training rests: {key} at step ")
            step = int(server.log().rpartition(f"training rests: {key} at step ")[2].split()[0])
        if is_forgotten:
            push_out_sessions(server)
        wire.mend()
        player.wait(f"stage.header.run === '{key}' && stage.header.step > {step + 20}")
        assert server.log().count(f"training started: {key}") == 1
        is_whole(player.page)


def test_a_file_that_is_too_large_is_refused_in_the_browser(visit: Open, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(31 * 2**20)
    page = visit("/linear_regression?tab=own_table")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Upload CSV").click()
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_text("File must be 30.0MB or smaller")).to_be_visible()
    assert "PUT" not in sent
    is_whole(page)


def push_out_sessions(server: Server) -> None:
    """Streamlit keeps the sessions of 128 lost connections; the oldest one makes room."""
    address = server.url.replace("http", "ws", 1) + "/_stcore/stream"
    for _ in range(129):
        with connect(address, subprotocols=[Subprotocol("streamlit")], origin=Origin(server.url), proxy=None):
            pass


class Wire:
    """A connection to a port of this machine that can be cut."""

    def __init__(self, target: int) -> None:
        self.target, self.port = target, free_port()
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Wire:
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()

    def mend(self) -> None:
        """Take connections from now on."""
        self._door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._open, args=(self._door,), daemon=True).start()

    def cut(self) -> None:
        """End all that there are, and take no more."""
        with self._lock:
            for end in (self._door, *self._ends):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
            self._ends = []

    def _open(self, door: socket.socket) -> None:
        with suppress(OSError):  # the door is closed
            while True:
                here, there = door.accept()[0], socket.create_connection(("127.0.0.1", self.target))
                with self._lock:
                    self._ends += [here, there]
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
