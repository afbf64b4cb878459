"""The page Machine learning vs deep learning in a browser: recorded runs, a live contest, rules to read."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open, wait_until
from ui.text import read_labels

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LABELS = read_labels("en")
QUICK = "f.tasks=digits&f.train_sizes=100&f.contestants=logistic,knn&f.views=raw,shuffled&f.n_seeds=1"


def test_a_recorded_contest_opens_finished(visit: Open) -> None:
    page = visit("/ml_vs_dl")
    page.get_by_text("All 27 fits are finished.").wait_for()
    page.get_by_text("Recorded on").wait_for()
    page.get_by_text("Shuffling changes the score by").wait_for()


def test_the_digit_is_changed_without_the_server(visit: Open) -> None:
    page = visit("/ml_vs_dl")
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    chart.locator("input[type=radio]").nth(7).wait_for()
    wait_until(lambda: page.locator("[data-testid=stStatusWidget]").count() == 0, "the end of the script")
    page.context.set_offline(True)
    drawn = chart.locator("svg").first
    before = drawn.inner_html()
    chart.locator("input[type=radio]").nth(7).check()
    wait_until(lambda: drawn.inner_html() != before, "another digit's signals")


def test_a_contest_runs_live_and_says_what_came_out(visit: Open) -> None:
    page = visit(f"/ml_vs_dl?{QUICK}")
    page.get_by_role("button", name=LABELS["stage_start"], exact=True).click()
    page.get_by_text("All 4 fits are finished.").wait_for(timeout=60_000)
    page.get_by_text("Shuffling changes the score by").wait_for()


def test_the_rules_show_the_way_of_an_image(visit: Open) -> None:
    page = visit("/ml_vs_dl?tab=ml_inside")
    page.get_by_text("The tree as rules").click()
    bold = page.locator("[data-testid=stExpander]").filter(has_text="The tree as rules").locator("strong")
    wait_until(lambda: bold.count() and bold.last.inner_text().startswith("says 0"), "the way of the image of a 0")
