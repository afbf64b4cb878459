"""A real server and a real browser, one of each for all browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.find import ARGUMENTS, require_browser

ROOT = Path(__file__).parents[2]
PATIENCE = 240  # seconds until a slow machine is called stuck
expect.set_options(timeout=PATIENCE * 1000)


def wait_for(page: Page, expression: str, arg: Any = None) -> None:
    """Until a JavaScript expression, or a function of `arg`, is true in the page.

    Playwright's own way evaluates text inside the page, which the server's security policy forbids.
    """
    wait_until(lambda: page.evaluate(expression, arg), expression)


def wait_for_script(page: Page) -> None:
    """Until the server has sent everything: nothing moves any more."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def wait_until_it_fits(page: Page) -> None:
    """Nothing reaches over the edge; styles come a moment after what they are for."""
    main = page.locator("[data-testid=stMain]")
    wait_until(lambda: main.evaluate("main => main.scrollWidth <= main.clientWidth"), "a page as wide as the screen")


@dataclass
class Server:
    """A running explainer: its address, its log, its process."""

    url: str
    log_file: Path
    process: psutil.Process

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def wait_for_log(self, text: str, times: int = 1) -> None:
        wait_until(lambda: self.log().count(text) >= times, f"{text!r} in the server's log")

    def workers(self) -> list[psutil.Process]:
        """The processes that train."""
        return [child for child in self.process.children(recursive=True) if is_worker(child)]


def is_worker(process: psutil.Process) -> bool:
    with suppress(psutil.Error):  # it may end at any moment
        return "dlcore.worker" in process.cmdline()
    return False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser test that fails is run once more; the summary lists it, so that the cause is looked for."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.flaky(reruns=1))


def wait_until(is_so: Callable[[], Any], what: str) -> Any:
    """Poll until `is_so()` is true and return its value; fails after a long time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = is_so()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {PATIENCE} s: {what}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("server"), free_port()) as running:
        yield running


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(folder: Path, port: int, *options: str, **environment: str) -> Iterator[Server]:
    """A server of its own, with its log and cache in `folder`."""
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port), *options]
    quick = {"DLCORE_REHEARSE": "0", "DLCORE_NICE": "0"}  # browsers and other tests leave no processor idle
    own = {"DLCORE_CACHE_DIR": str(folder / "cache"), "PYTHONPATH": str(ROOT), **quick, **environment}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=log, stderr=subprocess.STDOUT)
        running = Server(f"http://127.0.0.1:{port}", folder / "log", psutil.Process(process.pid))
        try:
            wait_until(lambda: _is_healthy(running.url), "a healthy server")
            yield running
        finally:
            for child in running.process.children(recursive=True):
                child.kill()
            process.kill()
            process.wait()


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = require_browser()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for process in psutil.Process().children(recursive=True):
            if "chrom" in process.name():
                process.nice(10)  # as root it takes more than its share, and the server's workers would starve
        yield chromium
        chromium.close()


Open = Callable[..., Page]


def is_fault(said: str) -> bool:
    """What must not stand in the console: a complaint of a stage, anything that the server forbids."""
    return said.startswith("stage") or "Content Security Policy" in said


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Open]:
    """`visit("/concepts?tab=neuron", width=390, scheme="dark")`: in a browser of its own; faults fail the test."""
    contexts, faults = [], []

    def visit(address: str, width: int = 1280, scheme: Any = "light", locale: str = "en-GB") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=locale)
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if is_fault(said.text) else None)
        page.goto(urljoin(server.url, address))
        page.locator("h1").first.wait_for()
        wait_for_script(page)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults


class Player:
    """What a test reads off and does to the stage of a page."""

    def __init__(self, page: Page, key: str = "concepts.playground") -> None:
        self.page = page
        self.key = key
        wait_for(page, "key => window.dlcoreHub?.stages.get(key)?.tape.frames.length > 0", arg=key)

    def read(self, expression: str) -> Any:
        """A JavaScript expression of `stage`."""
        return self.page.evaluate(
            f"key => {{ const stage = window.dlcoreHub.stages.get(key); return {expression} }}", self.key
        )

    def wait(self, expression: str) -> None:
        wait_for(
            self.page,
            f"key => {{ const stage = window.dlcoreHub.stages.get(key); return stage && ({expression}) }}",
            arg=self.key,
        )

    def wait_for_phase(self, phase: str) -> None:
        self.wait(f"stage.header.phase === '{phase}' && stage.tape.received >= stage.header.n_frames")

    def press(self, name: str) -> None:
        self.page.locator(".stage").first.get_by_role("button", name=name, exact=True).click()

    def frames(self) -> list[dict[str, Any]]:
        """Step, scalars and a digest of all arrays of every frame."""
        return self.read(
            "stage.tape.frames.map(({step, scalars, arrays}) => ({step, scalars, digest: Object.entries(arrays)"
            ".map(([name, {data}]) => name + data.reduce((sum, value, at) => (sum * 31 + value * (at + 1)) % 1e9, 7))"
            ".join()}))"
        )
