"""Which browser the tests drive: one that is named or installed, else Playwright's own; as a command, whether any."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update"
ARGUMENTS = [f"--{switch}" for switch in (*SWITCHES.split(" "), "disable-sync")]


def find_browser() -> str | None:
    """The path of a Chromium: `$DLCORE_BROWSER`, one on the path, or the one that Playwright downloaded."""
    named = os.environ.get("DLCORE_BROWSER")
    if named:
        return named
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    return installed or _playwrights_own()


def require_browser() -> str:
    """The path of a browser; without one the test is skipped, or fails where `$DLCORE_BROWSER_REQUIRED` is set."""
    path = find_browser()
    if path is None:
        give_up = pytest.fail if os.environ.get("DLCORE_BROWSER_REQUIRED") else pytest.skip
        give_up("no browser: install chromium, or `playwright install chromium`")
    return str(path)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    sys.exit(0 if find_browser() else 1)
