"""Whatever a reader sets on a tab is in the address, and that opens the same runs and says the same, for anybody."""

from __future__ import annotations

import random
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.data.vowels import SPEAKERS, VOWELS
from dlcore.specs import SPECS
from pages.activations.cost import SIZES
from pages.other_models.ntm_film import HEADS
from tests.pages.test_pages import PAGES, inline, open_app  # noqa: F401
from ui.player import View
from ui.text import LANGUAGES

CHOICES = {value for spec_class in SPECS.values() for field in spec_class.describe() for value in field.choices}
VALUES = [*sorted(CHOICES), *range(10), *VOWELS, *SPEAKERS, *HEADS, *SIZES]  # of selections


@pytest.mark.parametrize(("slug", "tab"), PAGES)
def test_a_copied_link_opens_what_the_reader_has_set(slug: str, tab: str) -> None:
    begin = {"tab": tab} if tab else {}
    reader = open_app(slug, "en", **begin)
    dice = random.Random(f"{slug} {tab}")
    for _ in range(2):  # some settings show others
        for widget in settings(reader):
            if dice.random() < 0.5 and not widget.disabled and not widget.key.endswith(".tab"):
                set_otherwise(widget, dice)
        reader.run()
    assert not reader.exception
    link = {name: "".join(value) for name, value in reader.query_params.items()}
    language = dice.choice(tuple(LANGUAGES))
    opened = open_app(slug, **link_in(link, language))
    assert runs(opened) == runs(reader)
    assert values(opened) == values(reader)
    if language == "en":
        assert texts(opened) == texts(reader)


def link_in(link: dict[str, str], language: str) -> dict[str, Any]:
    return {name: value for name, value in link.items() if name != "lang"} | {"language": language}


def settings(app: AppTest) -> list[Any]:
    kinds = (app.slider, app.select_slider, app.number_input, app.selectbox, app.segmented_control, app.toggle)
    return [widget for kind in kinds for widget in kind if widget.key not in (None, "language_switch")]


def set_otherwise(widget: Any, dice: random.Random) -> None:
    """Another value for a widget, of the few next to its least one: those train fast."""
    if widget.type == "toggle":
        widget.set_value(not widget.value)
    elif widget.type in ("selectbox", "button_group"):
        widget.set_value(dice.choice([value for value in VALUES if is_option(widget, value)] or [widget.value]))
    elif widget.type == "select_slider":
        widget.set_value(float(dice.choice(widget.options)))
    elif widget.min is not None:
        n_steps = min(10, round((widget.max - widget.min) / widget.step))
        widget.set_value(widget.min + dice.randint(0, n_steps) * widget.step)


def is_option(widget: Any, value: Any) -> bool:
    try:
        return widget.format_func(value) in widget.options
    except (KeyError, TypeError, IndexError):
        return False


def runs(app: AppTest) -> dict[str, str]:
    """The run on each player."""
    return {name: value.run for name, value in app.session_state.to_dict().items() if isinstance(value, View)}


def values(app: AppTest) -> dict[str, Any]:
    return {widget.key: widget.value for widget in settings(app)}


def texts(app: AppTest) -> list[str]:
    return [element.value for element in (*app.markdown, *app.caption, *app.info, *app.success)]
