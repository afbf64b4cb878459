"""Typed formulas against Python's own reading of them, and the mistakes that are named."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcore.errors import DataError
from dlcore.functions.formulas import DEEPEST, FUNCTIONS, LONGEST, OF_TWO, formula_values, read_formula

X = np.linspace(-1, 1, 9)
NAMES = {name: getattr(np, name) for name in ("sin", "cos", "exp", "abs", "sqrt", "tanh", "log", "floor", "sign")}
NAMES |= {"max": np.maximum, "min": np.minimum, "pi": np.pi, "e": np.e}


def by_python(text: str) -> np.ndarray:
    return eval(text.replace("^", "**"), {"__builtins__": {}}, {"x": X, **NAMES}) + 0 * X


def texts() -> st.SearchStrategy[str]:
    """Random formulas in the part of the grammar that Python reads alike."""
    leaves = st.sampled_from(("x", "2", "0.5", "pi", ".25", "3e-1"))

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        two = st.tuples(inner, st.sampled_from(("+", "-", "*", " * ", "**")), inner).map("".join)
        call = st.tuples(st.sampled_from(("sin", "cos", "abs", "tanh", "floor", "sign")), inner)
        pair = st.tuples(st.sampled_from(("max", "min")), inner, inner)
        signed = st.tuples(st.sampled_from("+-"), inner).map("".join)
        calls = call.map(lambda part: f"{part[0]}({part[1]})")
        return (
            two | signed | calls | pair.map(lambda part: f"{part[0]}({part[1]},{part[2]})") | inner.map("({})".format)
        )

    return st.recursive(leaves, grown, max_leaves=6).filter(lambda text: len(text) <= LONGEST)


@settings(max_examples=150, deadline=None)
@given(text=texts())
def test_precedence_and_signs_are_those_of_python(text: str) -> None:
    with np.errstate(all="ignore"):
        ours, theirs = read_formula(text)(X), by_python(text)
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, equal_nan=True)


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("-x^2", "-(x**2)"),
        ("2^-x", "2.0**(-x)"),
        ("2^3^x", "2.0**(3.0**x)"),
        ("2x", "2*x"),
        ("3 sin(2 pi x)", "3*sin(2*pi*x)"),
        ("(x+1)(x-1)x", "(x+1)*(x-1)*x"),
        ("2x^2", "2*x**2"),
        ("1/2x", "1/2*x"),
        ("3x²−2·x×x÷4", "3*x**2-2*x*x/4"),
        ("ｓｉｎ（２ｘ）＋1．5", "sin(2*x)+1.5"),
        ("SIN(X)", "sin(x)"),
        ("max(x，0)", "max(x,0)"),
        ("step(x)", "(x > 0) * 1.0"),
    ],
)
def test_what_python_would_not_read(text: str, python: str) -> None:
    np.testing.assert_allclose(formula_values(text, X), by_python(python), rtol=1e-12)


def test_every_function_of_one_number_is_known() -> None:
    x = np.array([0.25, 0.5, 2.0])
    for name, function in FUNCTIONS.items():
        np.testing.assert_array_equal(formula_values(f"{name}(x)", x), function(x))
    assert set(OF_TWO) == {"max", "min"}


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("  ", "formula_empty", None),
        ("x" * (LONGEST + 1), "formula_long", None),
        ("sin(x", "formula_ended", 6),
        ("2 +", "formula_ended", 4),
        ("x + * 2", "formula_expected", 5),
        ("x)", "formula_expected", 2),
        ("sin x", "formula_expected", 5),
        ("max(x)", "formula_expected", 6),
        ("2 $ x", "formula_character", 3),
        ("|x|", "formula_character", 1),
        ("x + import", "formula_name", 5),
        ("__x", "formula_character", 1),
        ("x.real", "formula_character", 2),
        ("x²)", "formula_expected", 3),
        ("(" * (DEEPEST + 1) + "x", "formula_deep", DEEPEST + 2),
        ("-" * (DEEPEST + 1) + "x", "formula_deep", DEEPEST + 2),
        ("1/x", "formula_undefined", None),
        ("sqrt(x)", "formula_undefined", None),
        ("9^9^9", "formula_undefined", None),
        ("log(x+0.5)", "formula_undefined", None),
    ],
)
def test_mistakes_are_named_where_they_are(text: str, code: str, position: int | None) -> None:
    with pytest.raises(DataError) as caught:
        formula_values(text, X)
    assert caught.value.code == code
    assert caught.value.values.get("position") == position


def test_the_place_without_a_number_is_told() -> None:
    with pytest.raises(DataError) as caught:
        formula_values("1/x", X)
    assert caught.value.values["at"] == 0.0
