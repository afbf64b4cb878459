"""A table whose names and cells are meant to do harm, in a real browser: it reads as text and nothing happens."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from ui.text import read_labels

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LABELS = read_labels("en")
PICTURE, LINK, CELL = "<img src onerror=harm=1>", "[x](javascript:harm=1)", "[x](//evil.example)"


def test_a_harmful_table_is_text(visit: Open) -> None:
    page = visit("/linear_regression?tab=own_table&lang=en")
    page.get_by_text(LABELS["paste_csv"]).click()
    page.get_by_role("textbox", name="CSV").fill(
        f"{LINK};{PICTURE};price\n{CELL};60;210\nB;75;250\nC;90;330\nD;110;375\n"
    )
    page.get_by_role("button", name=LABELS["linreg_use_table"]).click()
    main = page.get_by_test_id("stMain")
    for text in (PICTURE, LINK, CELL):
        main.locator("code", has_text=text).first.wait_for()
    main.get_by_role("button", name=PICTURE).first.wait_for()  # the column picked as input
    assert main.locator("img, a[href*='javascript'], a[href*='evil']").count() == 0
    assert page.evaluate("window.harm") is None
