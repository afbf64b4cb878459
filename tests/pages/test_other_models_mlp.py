"""The tabs of fully connected nets on the page Other models: curves from the address, mistakes named, tasks chosen."""

from __future__ import annotations

import pytest

from dlcore.functions.approximation import PRESETS
from dlcore.specs import FunctionFitSpec, SmallCodesSpec
from pages.other_models import small_codes
from tests.pages.test_pages import inline, open_app
from ui.components.sketch import read_heights

__all__ = ["inline"]


def test_a_formula_comes_from_the_address_and_a_mistake_leaves_it() -> None:
    app = open_app("other_models", "en", tab="universal", **{"u.fit_formula": "x^2 - 0.5", "u.n_steps": "20"})
    typed = app.text_input(key="other_models.universal.typed")
    assert typed.value == "x^2 - 0.5"
    typed.set_value("sin(x").run()
    assert "character 6" in app.error[0].value
    assert typed.value == "sin(x"
    assert app.query_params["u.fit_formula"] in ("x^2 - 0.5", ["x^2 - 0.5"])
    app.text_input(key="other_models.universal.typed").set_value("sin(x)").run()
    assert not app.error
    assert app.query_params["u.fit_formula"] in ("sin(x)", ["sin(x)"])


def test_a_curve_without_a_value_on_the_wider_interval_is_refused() -> None:
    app = open_app("other_models", "en", tab="universal", **{"u.fit_formula": "sqrt(x+1)", "u.n_steps": "20"})
    app.button_group(key="other_models.universal.reach.chosen").set_value("3").run()
    assert "x = −3" in app.error[0].value
    assert "u.fit_reach" not in app.query_params


def test_nonsense_in_the_address_is_corrected_and_said() -> None:
    app = open_app("other_models", "zh", tab="universal", **{"u.fit_formula": "__import__('os')", "u.n_steps": "20"})
    assert not app.exception
    assert "_" in app.warning[0].value
    assert "u.fit_formula" not in app.query_params


@pytest.mark.parametrize("task", small_codes.SUITED)
def test_both_tasks_open(task: str) -> None:
    app = open_app("other_models", "en", tab="small_codes", **{"c.code_task": task, "c.n_steps": "20"})
    assert not app.exception
    assert app.button_group(key="other_models.codes.chosen").value == task


def test_presets_are_valid_specs() -> None:
    for formula, reach in PRESETS.values():
        FunctionFitSpec(fit_formula=formula, fit_reach=reach)
    for task, values in small_codes.SUITED.items():
        SmallCodesSpec(code_task=task, **values)


def test_what_is_no_drawing_is_not_taken() -> None:
    assert read_heights("1,-500,3", 3, 100) == (1, -100, 3)
    assert [read_heights(said, 3, 100) for said in (None, "", "1,2", "a,b,c")] == [None] * 4
