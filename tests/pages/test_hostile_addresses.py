"""Every tab opens with an address of nonsense: all settings, prefixes and other words that any page looks for."""

from __future__ import annotations

import random
import re

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.specs import SPECS
from tests.hostile import ANYTHING
from tests.pages.test_pages import inline  # noqa: F401
from ui.course import HOME, built_pages
from ui.lesson import HIDE, LOCK
from ui.text import LANGUAGES, ROOT

FIELDS = {field.name: field for spec_class in SPECS.values() for field in spec_class.describe()}
SOURCES = [file.read_text(encoding="utf-8") for folder in ("pages", "ui") for file in (ROOT / folder).rglob("*.py")]
PREFIXES = ("", *sorted({found for text in SOURCES for found in re.findall(r'"([a-z]{1,3}\.)"', text)}))
ASKED = re.compile(
    r'(?:query_params(?:\.get\(|\[)|page\.query\[|address=|page\.asked\()"(\w+)"'
    r'|page\.(?:keep|keep_text|recall)\([^,]+, "(\w+)"|ADDRESS = "(\w+)"'
)
FOUND = {name for text in SOURCES for found in ASKED.findall(text) for name in found} - {"", "lang", "tab"}
OTHERS = sorted(FOUND | {"o.names", "flip", HIDE, LOCK, "embed_options"})
MOST = 900  # parameters; Streamlit reads no address with more than 1000
# what an address cannot hold is left out: half of a character, and long texts, so that all are read
TEXTS = [text for text in ANYTHING if text != "\ud800" and len(text) < 500]


def nonsense(dice: random.Random) -> dict[str, str]:
    """As many settings as are read at all, mostly nonsense, now and then a choice that exists, to see what it opens."""
    said = {prefix + name: dice.choice(TEXTS) for prefix in PREFIXES for name in (*FIELDS, "edits")}
    for name, field in FIELDS.items():
        if field.choices and dice.random() < 0.3:
            said |= {prefix + name: dice.choice(field.choices) for prefix in PREFIXES}
    some = dice.sample(sorted(said), MOST - len(OTHERS))
    return {name: said[name] for name in some} | {name: dice.choice(TEXTS) for name in OTHERS}


@pytest.mark.parametrize("page", built_pages(), ids=lambda page: page.slug)
def test_nonsense_in_the_address_breaks_no_tab(page, caplog) -> None:
    dice = random.Random(page.slug)
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=120)
    app.run()
    if page.slug != HOME:
        app.switch_page(f"pages/{page.slug}.py")
    told = 0
    for tab in (*page.tabs, "no such tab\x00"):
        app.query_params.clear()
        app.query_params.update({"tab": tab, "lang": dice.choice((*LANGUAGES, "tlh")), **nonsense(dice)})
        app.run()
        assert not app.exception, (tab, app.exception[0].message)
        told += len(app.warning)
    assert told or page.slug in (HOME, "evidence")  # which have no settings
    assert "Ignoring query string" not in caplog.text


def test_the_nonsense_names_what_pages_look_for() -> None:
    assert {"probe", "walk", "scores", "names", "sentence", "outlier", "explorer", "elements"} <= set(OTHERS)
    assert {"a.", "b."} <= set(PREFIXES)
