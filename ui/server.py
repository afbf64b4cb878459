"""What the web server adds to Streamlit's own: headers, metrics for this machine only, readiness, one log format.

`serve.py` hands it to `st.App`. The headers are set here and nowhere else; a proxy in front passes them on and adds
what only it knows (HTTPS).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import importlib
import logging
import os
import re
import socket
import stat
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dlcore.errors import DLCoreError
from dlcore.logs import log_to_console
from ui import runtime
from ui.sign_in import require_provider
from ui.text import ROOT

HERE = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
PRIVATE = ("/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/mcp")  # answered to this machine alone


def refuse_wrong_settings() -> None:
    """End a server whose owner set something impossible: one line in the log and exit status 2."""
    try:
        require_provider(runtime.settings().sign_in)
    except DLCoreError as error:
        log_to_console()
        logging.getLogger("dlcore.settings").critical("%s", error)
        sys.exit(2)


def security_headers(embed_in: str) -> dict[str, str]:
    """What a browser may do with our pages; `embed_in` names other origins that may show them in a frame,
    with commas between them."""
    headers = {
        "Content-Security-Policy": content_policy(embed_in),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",  # settings in the address bar are nobody else's business
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }
    return headers if embed_in else headers | {"X-Frame-Options": "SAMEORIGIN"}


def content_policy(embed_in: str) -> str:
    """As little as Streamlit's pages work with.

    `blob:` is how it loads the scripts of inline components; styles are written by its scripts and by `st.html`.
    Nothing is ever evaluated from text: Vega interprets its expressions.
    """
    sources = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "blob:", *map(script_hash, inline_scripts())]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' data: blob:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(["'self'", *embed_in.replace(",", " ").split()]),
    }
    return "; ".join(f"{name} {allowed}" for name, allowed in sources.items())


def inline_scripts() -> list[str]:
    """The scripts that stand in the one HTML page that Streamlit serves."""
    page = Path(st.__file__).parent / "static" / "index.html"
    return re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)


def script_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class Guard:
    """Puts the headers on every answer and keeps private addresses from everybody but this machine."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers: Mapping[str, str] = security_headers(runtime.settings().embed_in)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        answer = PlainTextResponse("not found", 404) if _is_refused(scope) else self.app
        await answer(scope, receive, send_with_headers)


def _is_refused(scope: Scope) -> bool:
    """What a proxy hands on comes from elsewhere, even from a proxy on this machine."""
    host = (scope.get("client") or ("", 0))[0]
    is_here = host in HERE and "x-forwarded-for" not in Headers(scope=scope)
    return scope["path"].rstrip("/").endswith(PRIVATE) and not is_here


async def answer_ready(_: Request) -> PlainTextResponse:
    """200 once a student who comes now waits for nothing; 503 with what is missing until then."""
    missing = runtime.what_is_missing()
    no_store = {"Cache-Control": "no-store"}
    return PlainTextResponse(missing or "ready", 503 if missing else 200, headers=no_store)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Everything is loaded and the workers are on their way before the first student comes; finished runs are kept."""
    log_to_console("uvicorn.access")  # a proxy writes that one
    load_pages()
    store = runtime.store()
    send_at_once()
    yield
    await asyncio.to_thread(store.close)


def load_pages() -> None:
    """Import all that any page imports, so that no student waits for it."""
    for path in sorted([*ROOT.glob("ui/*.py"), *ROOT.glob("ui/components/*.py"), *ROOT.glob("pages/*/*.py")]):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))


def send_at_once() -> None:
    """Have every connection send small messages at once.

    asyncio does that for sockets made for TCP by name, which Streamlit's is not: without it a client that delays its
    acknowledgements waits 40 ms for the second half of an answer. What is accepted inherits it from what listens.
    """
    for number in map(int, os.listdir("/dev/fd")):
        with suppress(OSError):  # the folder's own number is gone by now; a socket that is no TCP has no such option
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as known:
                    if known.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                        known.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


ROUTES = [Route("/ready", answer_ready)]
MIDDLEWARE = [Middleware(Guard)]
