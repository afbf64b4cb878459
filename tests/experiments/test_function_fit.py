"""Universal approximation: what is drawn is what is trained, and what no width can do."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.advance import advance
from dlcore.errors import SpecError
from dlcore.experiments.function_fit import FunctionFit
from dlcore.frames import unpack
from dlcore.functions.approximation import WIDTHS, make_places, polynomial_error, rms
from dlcore.specs import FunctionFitSpec


def test_the_shown_contributions_add_up_to_the_fit():
    spec = FunctionFitSpec(n_steps=50, shown_width="16", activation="tanh")
    frames = [unpack(frame.blob) for frame in advance(spec, None, 50).frames]
    u = make_places(1.0)
    for frame in (frames[0], frames[-1]):
        inner, bias, outer = frame.arrays["parts"].T.astype(float)
        fit = (outer * np.tanh(u[:, None] * inner + bias)).sum(1) + frame.arrays["level"][0]
        target = frames[0].arrays["target"][:, 1]
        assert rms(fit - target) == pytest.approx(frame.scalars["error_shown"], rel=1e-4)


@pytest.mark.parametrize(("activation", "degree"), [("identity", 1), ("square", 2)])
def test_a_polynomial_stays_one_whatever_the_width(activation, degree):
    experiment = FunctionFit(FunctionFitSpec(activation=activation, learning_rate=0.03, n_seeds=2))
    u, y = experiment.test
    floor = polynomial_error(degree, u, y)
    for _ in range(400):
        experiment.step()
    errors = experiment.errors()
    assert errors.min() >= floor * (1 - 1e-5)
    assert errors[:, WIDTHS.index(64)] == pytest.approx(floor, rel=0.01)


def test_a_wrong_formula_is_a_spec_error_that_proposes_a_right_one():
    with pytest.raises(SpecError) as caught:
        FunctionFitSpec(fit_formula="sin(x")
    assert (caught.value.code, caught.value.values["position"]) == ("formula_ended", 6)
    spec, errors = FunctionFitSpec.repair({"fit_formula": "1/x", "fit_reach": "3"})
    assert spec == FunctionFitSpec(fit_reach="3")
    assert [error.code for error in errors] == ["formula_undefined"]


def test_a_formula_is_kept_as_it_was_typed():
    spec = FunctionFitSpec(fit_formula="x * 2.0")
    assert FunctionFitSpec.from_texts(spec.to_texts()) == spec


def test_the_drawing_is_the_target():
    spec = FunctionFitSpec(fit_source="drawn", fit_drawn=(-50, 50), n_steps=1)
    target = unpack(advance(spec, None, 0).frames[0].blob).arrays["target"]
    np.testing.assert_allclose(target[:, 1], make_places(1.0), atol=1e-6)
