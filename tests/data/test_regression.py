"""Tables: the published figures of Anscombe and of the penguins, and scikit-learn's diabetes without scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from palmerpenguins import load_penguins
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression

from dlcore.data.regression import DIABETES, SPECIES, make_line, read_anscombe, read_diabetes, read_penguins
from dlcore.data.regression_problem import make_problem
from dlcore.functions.least_squares import fit_line, r_squared, solve
from dlcore.specs import LinearRegressionSpec


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_anscombes_figures(number: int) -> None:
    """Anscombe 1973: mean of x 9.0, mean of y 7.5, line y = 3 + 0.5 x, Σ(x − x̄)² = 110, R² = 0.667 (0.666 in set 2)."""
    x, y = read_anscombe(number)
    fit = fit_line(x[:, 0], y)
    assert x.mean() == 9.0
    assert y.mean() == pytest.approx(7.50, abs=0.005)
    assert ((x - 9) ** 2).sum() == 110
    assert (round(fit.intercept, 2), fit.slope) == (3.00, pytest.approx(0.500, abs=0.0005))
    assert fit.r == pytest.approx(0.816, abs=0.001)
    assert fit.r**2 == pytest.approx(0.667, abs=0.001)


def test_simpsons_paradox_on_penguins() -> None:
    """All penguins: bill depth falls with bill length and with mass; in each species it rises with both.

    The figures over bill length are those of numpy and pandas on the package's own table: −0.085 over all, and 0.179,
    0.222, 0.205 for Adelie, Chinstrap, Gentoo.
    """
    penguins = read_penguins()
    table = load_penguins().dropna(subset=["bill_length_mm"])
    assert np.polyfit(table["bill_length_mm"], table["bill_depth_mm"], 1)[0] == pytest.approx(-0.085, abs=0.0005)
    for (_, rows), slope in zip(table.groupby("species"), (0.179, 0.222, 0.205), strict=True):
        assert np.polyfit(rows["bill_length_mm"], rows["bill_depth_mm"], 1)[0] == pytest.approx(slope, abs=0.0005)
    assert np.bincount(penguins.species).tolist() == [151, 68, 123]
    published = (0.179, 0.222, 0.205)
    assert fit_line(penguins.bill_length, penguins.bill_depth).slope == pytest.approx(-0.085, abs=0.0005)
    assert fit_line(penguins.body_mass, penguins.bill_depth).slope < 0
    for number in range(len(SPECIES)):
        inside = penguins.species == number
        over_length = fit_line(penguins.bill_length[inside], penguins.bill_depth[inside])
        assert over_length.slope == pytest.approx(published[number], abs=0.0005)
        assert fit_line(penguins.body_mass[inside], penguins.bill_depth[inside]).slope > 0


def test_diabetes_is_that_of_scikit_learn() -> None:
    theirs = load_diabetes(scaled=False)
    x, y = read_diabetes()
    assert np.array_equal(x, theirs.data)
    assert np.array_equal(y, theirs.target)
    assert tuple(theirs.feature_names) == DIABETES


def test_diabetes_closed_form() -> None:
    """R² = 0.5177 on all rows, as scikit-learn has it."""
    x, y = read_diabetes()
    theta = solve(x, y)
    assert r_squared(theta[0] + x @ theta[1:], y) == pytest.approx(0.5177, abs=5e-5)
    assert LinearRegression().fit(x, y).score(x, y) == pytest.approx(0.5177, abs=5e-5)
    assert np.corrcoef(x[:, 4], x[:, 5])[0, 1] == pytest.approx(0.90, abs=0.005)  # s1 and s2, as the page says


def test_the_generated_line_has_the_mean_and_deviation_that_are_asked_for() -> None:
    x, y = make_line(40, 2.0, 0.5, 0.0, 3)
    assert (x.mean(), x.std()) == pytest.approx((2.0, 0.5))
    assert y == pytest.approx(2 + x[:, 0])


@pytest.mark.parametrize("scaled", [False, True])
def test_a_problem_tells_the_same_line_in_raw_units(scaled: bool) -> None:
    problem = make_problem(LinearRegressionSpec(table="penguins", scaled=scaled))
    penguins = read_penguins()
    fit = fit_line(penguins.bill_length, penguins.bill_depth)
    assert problem.to_raw(problem.solution) == pytest.approx([fit.intercept, fit.slope], rel=1e-8)
    assert problem.excess(problem.solution) == 0
    assert problem.kappa == pytest.approx(1 if scaled else 129239, rel=1e-4)
    left, right, bottom, top = problem.map_extent
    assert right - left == pytest.approx(top - bottom)
    assert left < 0 < right
    assert bottom < 0 < top
