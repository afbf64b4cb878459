"""JavaScript run by a real browser without a page around it."""

from __future__ import annotations

import html
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.find import ARGUMENTS, require_browser

PAGE = (
    "<!doctype html><meta charset='utf-8'><body><script>{scripts}\n"
    "document.body.textContent = JSON.stringify({expression})</script>"
)

Evaluate = Callable[[str], Any]


@pytest.fixture
def evaluate(request: pytest.FixtureRequest, tmp_path: Path) -> Evaluate:
    """The value of a JavaScript expression after the `SCRIPTS` of the test's module."""
    browser = require_browser()

    def evaluate(expression: str) -> Any:
        page = tmp_path / "page.html"
        page.write_text(PAGE.format(scripts=request.module.SCRIPTS, expression=expression), encoding="utf-8")
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        command = [browser, *ARGUMENTS, "--headless", profile, "--dump-dom", page.as_uri()]
        dom = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
        return json.loads(html.unescape(dom.split("<body>")[1].split("</body>")[0]))

    return evaluate
