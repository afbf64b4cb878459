"""The descent stops where a rule says so, and the suspected code leaves its traces in the frames."""

from __future__ import annotations

import pytest

from dlcore.advance import advance
from dlcore.errors import SpecError
from dlcore.experiments.backprop import GRADIENT_RULE, LOSS_RULE, MAX_STEPS, Backprop
from dlcore.frames import unpack
from dlcore.functions.faulty_backprop import FAULTS, draw_case
from dlcore.specs import BackpropSpec, GradientBugSpec

NEVER = 1e-12


def last(**fields: object) -> dict[str, float]:
    spec = BackpropSpec(**fields)
    return advance(spec, None, spec.n_steps).frames[-1].scalars


def test_the_loss_rule_stops():
    end = last(gradient_tolerance=NEVER, loss_tolerance=1e-3)
    assert end["stopped"] == LOSS_RULE
    assert end["loss_change"] < 1e-3


def test_the_gradient_rule_stops():
    end = last(loss_tolerance=NEVER, gradient_tolerance=1e-2)
    assert end["stopped"] == GRADIENT_RULE
    assert end["gradient_norm"] < 1e-2


def test_both_rules_stop():
    assert last(expression="linear", loss_tolerance=0.1, gradient_tolerance=0.1, n_steps=500)["stopped"] in (1, 2, 3)
    experiment = Backprop(BackpropSpec(expression="kink"))
    experiment.step()
    assert experiment.stopped_by() == LOSS_RULE + GRADIENT_RULE


def test_the_step_limit_stops():
    end = last(n_steps=3, loss_tolerance=NEVER, gradient_tolerance=NEVER)
    assert (end["stopped"], end["updates"]) == (MAX_STEPS, 3)


def test_a_dead_relu_stops_at_once_and_a_saddle_looks_like_an_end():
    """kink: gradient 0 at the start. fan_out with η = 0.1: one step to the saddle a = 0, b = −1 of (ab + a − 1)²."""
    dead = last(expression="kink")
    assert (dead["stopped"], dead["updates"], dead["loss"]) == (GRADIENT_RULE, 0, 1.0)
    saddle = last(expression="fan_out", learning_rate=0.1)
    assert (saddle["stopped"], saddle["updates"]) == (GRADIENT_RULE, 1)
    assert saddle["loss"] == pytest.approx(1.0)


def test_micrograds_expression_descends_to_its_minimum():
    """g = f/2 + 10/f is smallest at f = √20, where g = √20."""
    end = last(expression="micrograd", learning_rate=1e-5, n_steps=5000, loss_tolerance=NEVER, gradient_tolerance=1e-2)
    assert end["loss"] == pytest.approx(20**0.5, rel=1e-6)


def test_every_frame_agrees_with_autograd():
    spec = BackpropSpec(learning_rate=0.3, n_steps=20)
    assert all(frame.scalars["autograd_gap"] < 1e-12 for frame in advance(spec, None, 20).frames)


def test_autograd_answers_at_any_numbers():
    experiment = Backprop(BackpropSpec(expression="fan_out"))
    answered = experiment.ask({"numbers": [2.0, -3.0, 1.0]})
    assert answered[:3] == [20.0, -20.0, 10.0]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"numbers": (1.0, 2.0)}, "graph_numbers"),
        ({"expression": "baydin", "numbers": (-1.0, 2.0)}, "graph_undefined"),
        ({"numbers": (11.0,) * 12}, "between"),
    ],
)
def test_numbers_must_fit(fields, code):
    with pytest.raises(SpecError) as caught:
        BackpropSpec(**fields)
    assert caught.value.code == code
    repaired, errors = BackpropSpec.repair(
        {name: str(value).strip("()").replace(" ", "") for name, value in fields.items()}
    )
    assert repaired.leaves == repaired.definition.numbers
    assert errors[0].code == code


@pytest.mark.parametrize("case", range(1, 6))
def test_the_numeric_check_betrays_every_fault(case):
    spec = GradientBugSpec(case=case, n_steps=3)
    first, second = (unpack(frame.blob).scalars for frame in advance(spec, None, 3).frames[:2])
    fault = draw_case(case)[0]
    assert fault in FAULTS
    seen = (first["n_wrong_gradients"], first["n_wrong_updates"], second["n_wrong_gradients"])
    expected = {
        "none": (0, 0, 0),
        "no_accumulation": (9, 0, 9),
        "stale_gradient": (0, 0, 9),
        "wrong_transpose": (2, 0, 2),
        "bias_per_weight": (0, 3, 0),
    }
    assert seen == expected[fault]
