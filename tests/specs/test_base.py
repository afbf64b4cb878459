"""Specs as texts and keys: what the laws do not say of every kind."""

from __future__ import annotations

import pytest

from dlcore.errors import SpecError
from dlcore.specs import PerceptronSpec, PlaygroundSpec


def test_an_absurd_link_is_repaired_field_by_field():
    spec, errors = PlaygroundSpec.repair(
        {"learning_rate": "abc", "hidden_sizes": "9999", "noise": "7", "activation": "relu", "utm_source": "mail"}
    )
    assert spec == PlaygroundSpec(noise=0.5, activation="relu")
    assert {error.values["field"]: error.values["used"] for error in errors} == {
        "learning_rate": 0.01,
        "hidden_sizes": (4, 2),
        "noise": 0.5,
    }


def test_a_regression_surface_brings_its_loss():
    spec, (error,) = PlaygroundSpec.repair({"dataset": "plane"})
    assert spec.loss == "mse"
    assert (error.code, error.values["used"]) == ("loss_for_regression", "mse")


@pytest.mark.parametrize("spec_class", [PlaygroundSpec, PerceptronSpec])
def test_own_points_begin_with_something_to_train_on(spec_class):
    spec, (error,) = spec_class.repair({"dataset": "own"})
    assert spec.dataset == "own"
    assert len(spec.points) == 4
    assert error.code == "too_few_points"


def test_a_fork_replaces_what_came_later():
    spec = PlaygroundSpec().fork(300, "learning_rate", 0.1).fork(600, "l2", 0.01)
    assert spec.edits == ((300, "learning_rate", 0.1), (600, "l2", 0.01))
    assert spec.fork(300, "learning_rate", 0.2).edits == ((300, "learning_rate", 0.2),)
    assert spec.fork(300, "l1", 0.2).edits == ((300, "l1", 0.2), (300, "learning_rate", 0.1))
    assert spec.parent() == PlaygroundSpec().fork(300, "learning_rate", 0.1)
    assert (spec.at(299).learning_rate, spec.at(300).learning_rate) == (0.01, 0.1)


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        (((0, "learning_rate", 0.1),), "edit_step"),
        (((2000, "learning_rate", 0.1),), "edit_step"),
        (((5, "dataset", 0.1),), "edit_field"),
        (((5, "learning_rate", 11.0),), "between"),
        (((9, "l1", 0.1), (5, "l1", 0.1)), "edit_order"),
        (((5, "l1", 0.1), (5, "l1", 0.2)), "edit_order"),
        (tuple((step, "l1", 0.1) for step in range(1, 12)), "too_long"),
    ],
)
def test_edits_that_mean_nothing_are_refused(edits, code):
    with pytest.raises(SpecError) as caught:
        PlaygroundSpec(edits=edits)
    assert caught.value.code == code


def test_equal_specs_have_equal_keys_and_texts_are_short():
    assert PlaygroundSpec(noise=0.1).key == PlaygroundSpec().key != PlaygroundSpec(noise=0.11).key
    assert PlaygroundSpec(hidden_sizes=()).to_texts() == {"hidden_sizes": ""}
    assert PlaygroundSpec.from_texts({"hidden_sizes": ""}).hidden_sizes == ()
    points = ((1.5, -2.0, 0), (0.0, 0.0, 1), (1.0, 1.0, 1), (2.0, 2.0, 0))
    spec = PlaygroundSpec(dataset="own", points=points)
    assert spec.to_texts()["points"] == "1.5,-2,0;0,0,1;1,1,1;2,2,0"


def test_unknown_fields_are_named():
    with pytest.raises(SpecError, match="learning_rat'") as caught:
        PlaygroundSpec.from_texts({"learning_rat": "1"})
    assert caught.value.code == "unknown_field"
