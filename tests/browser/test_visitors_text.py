"""A table whose names and cells are meant to do harm, in a real browser: it reads as text and nothing happens."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from ui.text import read_labels

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LABELS = read_labels("en")
NAME = "<img src=x onerror=window.harmed=1>[x](javascript:window.harmed=1)$\\href{javascript:window.harmed=1}{y}$"
CELL = "[link](https://evil.example) ![picture](https://evil.example/x.png)"


def test_a_harmful_table_is_text(visit: Open) -> None:
    page = visit("/linear_regression?tab=own_table&lang=en")
    page.get_by_text(LABELS["paste_csv"]).click()
    page.get_by_role("textbox", name="CSV").fill(f"town;{NAME};price\n{CELL};60;210\nB;75;250\nC;90;330\nD;110;375\n")
    page.get_by_role("button", name=LABELS["linreg_use_table"]).click()
    main = page.get_by_test_id("stMain")
    main.locator("code", has_text=CELL).wait_for()
    main.locator("code", has_text="onerror=window.harmed=1").first.wait_for()
    assert main.locator("img, a[href*='javascript'], a[href*='evil'], .katex-error").count() == 0
    assert page.evaluate("window.harmed") is None
