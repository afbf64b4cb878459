"""The Evidence page: rows open, filters, what is not on record is told, every link opens what it says."""

from __future__ import annotations

import pytest

from dlcore.evidence import CLAIMS, ROWS, record
from tests.pages.test_pages import inline, open_app
from ui.evidence import at_a_glance
from ui.text import read_labels

__all__ = ["inline"]
LABELS = read_labels("en")


def test_an_open_row_shows_both_sides_and_the_rule():
    app = open_app("evidence", "en", row="deeper")
    said = " ".join(element.value for element in app.markdown)
    assert "**3 of 8**" in said
    assert "| Hidden layers | 4, 4, 4, 4, 4 | 4 |" in said
    assert app.query_params["row"] == "deeper"


def test_the_filter_is_kept_in_the_address():
    app = open_app("evidence", "en", verdict="mixed")
    assert app.query_params["verdict"] == "mixed"
    assert all("Mixed" in expander.label for expander in app.expander if "-badge" in expander.label)
    assert not open_app("evidence", "en", verdict="nonsense").exception


def test_a_row_without_a_record_says_so_and_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "FOLDER", tmp_path)
    record._read.cache_clear()
    app = open_app("evidence", "en", row="bend")
    record._read.cache_clear()
    rows = [expander.label for expander in app.expander if "-badge" in expander.label]
    assert len(rows) == len(CLAIMS)
    assert all(LABELS["not_run"] in label for label in rows)
    assert LABELS["evidence_not_run"] in [info.value for info in app.info]


def test_a_row_measured_here_agrees_with_the_record(monkeypatch):
    app = open_app("evidence", "en", row="features")
    next(button for button in app.button if button.key == "evidence.row.features.run").click().run()
    for _ in range(40):
        if app.success:
            break
        app.run()
    assert LABELS["evidence_same"] in app.success[0].value or LABELS["evidence_other"] in app.success[0].value


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_every_link_opens_its_page_without_a_correction(row):
    app = open_app(row.page, "en", **row.link)
    assert not app.exception
    assert not app.warning
    missing = {name: text for name, text in row.link.items() if app.query_params.get(name) != text}
    assert not missing


def test_a_glance_shows_different_pages():
    assert len({claim.page for claim in at_a_glance()}) >= min(3, len({claim.page for claim in CLAIMS}))
