"""Headers, private addresses and readiness, without a network."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dlcore.logs import OneLine
from ui import runtime
from ui.server import MIDDLEWARE, ROUTES, content_policy, inline_scripts, security_headers, send_at_once
from ui.text import ROOT

ELSEWHERE = "203.0.113.5"


class Answer(NamedTuple):
    status: int
    headers: Headers
    text: str


def ask(path: str, host: str = "127.0.0.1", **headers: str) -> Answer:
    """What a visitor from `host` gets from a server with our additions and one page at every other address."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request"}

    async def send(message: dict) -> None:
        sent.append(message)

    page = Route("/{path:path}", lambda _: PlainTextResponse("here"))
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": raw, "client": (host, 1)}
    app = Starlette(routes=[*ROUTES, page], middleware=MIDDLEWARE)
    with ThreadPoolExecutor(1) as thread:  # the browser tests' Playwright keeps an event loop in this one
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    start, body = sent
    return Answer(start["status"], Headers(raw=start["headers"]), body["body"].decode())


@pytest.mark.parametrize("path", ["/", "/_stcore/metrics"])
def test_every_answer_has_the_headers(path):
    headers = ask(path, ELSEWHERE).headers
    assert {name: headers[name] for name in security_headers("")} == security_headers("")


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/base/_stcore/metrics"])
def test_metrics_are_for_this_machine_alone(path):
    assert ask(path).status == 200
    assert ask(path, x_forwarded_for=ELSEWHERE).status == 404
    assert ask(path, x_forwarded_for="127.0.0.1").status == 404
    assert ask(path, ELSEWHERE).status == 404


def test_nothing_is_evaluated_and_nothing_comes_from_elsewhere():
    policy = content_policy("")
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert "script-src 'self' blob: 'sha256-" in policy  # and no 'unsafe-inline' there


def test_streamlit_s_page_has_one_inline_script_that_only_sets_a_flag():
    assert [script.split() for script in inline_scripts()] == [["window.prerenderReady", "=", "false"]]


def test_a_course_site_may_be_allowed_to_embed():
    assert "frame-ancestors 'self';" in content_policy("") + ";"
    embedded = security_headers("https://moodle.example, https://course.example")
    policy = embedded["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://moodle.example https://course.example")
    assert "X-Frame-Options" not in embedded


@pytest.mark.parametrize(("missing", "status"), [("", 200), ("rehearsals of 3 kinds", 503)])
def test_ready_says_what_is_missing(missing, status, monkeypatch):
    monkeypatch.setattr(runtime, "what_is_missing", lambda: missing)
    answer = ask("/ready")
    assert (answer.status, answer.text) == (status, missing or "ready")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_line_of_the_log_is_one_line_whatever_it_says():
    try:
        raise ValueError("two\nlines, \x1b[31mred, 中文")
    except ValueError:
        record = logging.LogRecord("dlcore.run", logging.ERROR, "", 0, "what %s", ("a\r\nday",), sys.exc_info())
    line = OneLine().format(record)
    assert "\n" not in line
    assert "ERROR dlcore.run what a\\r\\nday\\nTraceback" in line
    assert line.endswith("ValueError: two\\nlines, \\x1b[31mred, 中文")


def test_what_is_accepted_sends_at_once():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        before = len(os.listdir("/dev/fd"))
        send_at_once()
        assert len(os.listdir("/dev/fd")) == before
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_server_with_a_wrong_setting_ends_with_one_line():
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", "0"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"DLCORE_WORKERS": "many"}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(
        "CRITICAL dlcore.settings bad_setting: field='DLCORE_WORKERS', value='many'"
    )
