"""The page Backpropagation without a browser: numbers, questions, the stopping rule, the fault."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.functions.expressions import EXPRESSIONS
from dlcore.functions.faulty_backprop import FAULTS, draw_case
from dlcore.functions.graph_walk import record_walk
from pages.backprop.bug import CODE, FAULTY
from pages.backprop.predict import computation
from tests.pages.test_pages import inline, open_app  # noqa: F401
from ui.text import read_labels

LABELS = read_labels("en")


def box(app: AppTest, label: str) -> object:
    return next(element for element in app.number_input if element.label == label)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == LABELS[label]).click().run()


def test_numbers_come_from_the_link_and_go_into_it() -> None:
    app = open_app("backprop", "en", tab="walk", expression="fan_out", numbers="1,2,3")
    assert [box(app, name).value for name in "abt"] == [1.0, 2.0, 3.0]
    box(app, "b").set_value(-1.5).run()
    assert app.query_params["numbers"] == "1,-1.5,3"
    press(app, "walk_own_numbers")
    assert [box(app, name).value for name in "abt"] == [2.0, -3.0, 1.0]
    assert "numbers" not in app.query_params


def test_the_next_pass_begins_with_the_updated_weights() -> None:
    """a ← 2 − 0.05 · 20, b ← −3 − 0.05 · (−20); the target stays."""
    app = open_app("backprop", "en", tab="walk", expression="fan_out")
    press(app, "walk_next_pass")
    assert [box(app, name).value for name in "abt"] == pytest.approx([1.0, -2.0, 1.0])


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_expression_is_walked_and_asked(expression: str) -> None:
    for tab in ("walk", "predict"):
        app = open_app("backprop", "en", tab=tab, expression=expression)
        assert not app.exception
        assert not app.warning


def test_absurd_links_are_corrected_and_said() -> None:
    app = open_app("backprop", "en", tab="walk", expression="baydin", numbers="-1,5", walk="abc")
    assert not app.exception
    assert "has no value" in app.warning[0].value
    assert box(app, "x₁").value == 2.0
    for numbers in ("1,2,3", "nan,2", "1e99,1", "a,b", "1;2"):
        app = open_app("backprop", "en", tab="stop", expression="baydin", numbers=numbers, question="999999")
        assert not app.exception
        assert app.warning
    assert not open_app("backprop", "en", tab="bug", **{"bug.case": "5000"}).exception
    assert not open_app("backprop", "en", tab="predict", question="-3").exception


def test_a_prediction_is_judged_with_the_computation() -> None:
    """The last question of fan_out asks for a, which is used twice: 30 − 10 = 20."""
    app = open_app("backprop", "en", tab="predict", expression="fan_out", question="6")
    assert any("∂L/∂a" in markdown.value for markdown in app.markdown)
    box(app, LABELS["predict_answer"]).set_value(30.0).run()
    assert "one branch only" in app.info[0].value
    box(app, LABELS["predict_answer"]).set_value(20.0).run()
    assert "Right" in app.success[0].value
    assert "(−3) · (−10) + 1 · (−10) = **20**" in app.success[0].value
    press(app, "predict_back")
    assert app.query_params["question"] == "5"


@pytest.mark.parametrize("case", range(1, 6))
def test_the_fault_is_named_and_wrong_answers_are_told_what_speaks_against_them(case: int) -> None:
    app = open_app("backprop", "en", tab="bug", **{"bug.case": str(case)})
    fault = draw_case(case)[0]
    wrong = next(other for other in FAULTS if other != fault)
    choice = next(radio for radio in app.radio if LABELS["bug_which"] in radio.label)
    choice.set_value(wrong).run()
    assert LABELS[f"bug_would_{wrong}"] in app.info[0].value
    next(radio for radio in app.radio if LABELS["bug_which"] in radio.label).set_value(fault).run()
    assert LABELS[f"bug_is_{fault}"] in app.success[0].value


def test_the_next_case() -> None:
    app = open_app("backprop", "en", tab="bug", **{"bug.case": "7"})
    press(app, "bug_next")
    assert app.query_params["bug.case"] == "8"
    assert box(app, LABELS["case"]).value == 8


def test_every_fault_has_its_line_and_the_code_marks_four_places() -> None:
    assert set(FAULTY) == set(FAULTS)
    assert all(f"# {mark}: " in CODE for mark in "ABCD")


def test_the_computation_names_every_branch() -> None:
    expression = EXPRESSIONS["fan_out"]
    record = record_walk(expression, expression.numbers, 0.1, 1e-5)
    assert computation(record, 0) == "∂L/∂a = ∂p/∂a · ∂L/∂p + ∂y/∂a · ∂L/∂y = (−3) · (−10) + 1 · (−10) = **20**"
