"""Train your own: what frames and answers say agrees with what the model computes; refusals name the layer."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.advance import advance, ask, open_experiment
from dlcore.data.image_splits import make_image_split
from dlcore.errors import SpecError
from dlcore.experiments.cnn import Cnn
from dlcore.specs import CnnSpec

SMALL = CnnSpec(n_steps=60, train_size=600, test_size=200)


def trained(spec: CnnSpec) -> Cnn:
    experiment = open_experiment(spec)
    while experiment.steps_done < spec.n_steps:
        experiment.step()
    return experiment


def test_frames_agree_with_themselves() -> None:
    experiment = trained(SMALL)
    seen = experiment.observe()
    confusion = seen["confusion"]
    assert confusion.sum() == 200
    assert np.trace(confusion) / 200 == pytest.approx(seen["test_accuracy"])
    assert np.array_equal(confusion.sum(1), np.bincount(experiment.y_test, minlength=10))
    assert (seen["worst_true"] != seen["worst_predicted"]).all()
    assert len(seen["worst"]) == min(6, 200 - int(np.trace(confusion)))
    assert seen["maps1"].shape == (8, 8, 8)
    assert seen["filters"].shape == (16, 3, 3)


def test_an_answer_is_what_the_frame_says() -> None:
    chunk = advance(SMALL, None, 60)
    mistakes = ask(SMALL, chunk.state, {"mistakes": 3})
    row, p = int(mistakes["worst_index"][0]), mistakes["worst_p"][0]
    answer = ask(SMALL, chunk.state, {"test": row})
    assert answer["true"] == mistakes["worst_true"][0]
    assert answer["p"].argmax() == mistakes["worst_predicted"][0]
    assert answer["p"].max() == pytest.approx(p, rel=1e-5)
    assert answer["saliency"].shape == answer["cam"].shape == answer["picture"].shape == (8, 8)
    assert answer["layer0"].shape == (16, 8, 8)


def test_a_drawn_picture_goes_the_way_of_the_set() -> None:
    experiment = trained(SMALL)
    picture = np.zeros((28, 28), np.uint8)
    picture[4:24, 13:16] = 255
    answer = experiment.ask({"picture": picture.tolist()})
    assert answer["picture"].shape == (8, 8)
    assert answer["p"].sum() == pytest.approx(1, rel=1e-5)
    assert answer["p"].argmax() == 1


def test_seeds_beside_each_other_learn_what_they_learn_alone() -> None:
    together = trained(SMALL.replace(n_steps=5, n_seeds=2, seed=4))
    alone = trained(SMALL.replace(n_steps=5, seed=5))
    assert torch.equal(together.model.flat[1], alone.model.flat[0])
    band = together.observe()
    assert band["test_loss_low"] <= band["test_loss"] <= band["test_loss_high"]
    assert "confusion" not in band


def test_the_data_stay_as_they_are() -> None:
    x = make_image_split(SMALL.image_set, SMALL.train_size, SMALL.test_size, SMALL.data_seed)[0].copy()
    trained(SMALL.replace(n_steps=3))
    assert np.array_equal(make_image_split(SMALL.image_set, SMALL.train_size, SMALL.test_size, SMALL.data_seed)[0], x)


@pytest.mark.parametrize(
    ("layers", "code", "layer"),
    [
        ("conv 8 3-maxpool 2-conv 8 5-flatten-linear 10", "window_too_large", 3),
        ("conv 8 3-linear 10", "layer_before_flatten", 2),
        ("flatten-conv 8 3", "layer_after_flatten", 2),
        ("conv 8 3-flatten", "last_layer_classes", 2),
        ("flatten-linear 9", "last_layer_classes", 2),
        ("", "last_layer_classes", 0),
        ("flatten-linear 4096-linear 10", "too_many_parameters", 2),
        ("conv 200 3 p1-conv 60 3 p1-flatten-linear 10", "too_much_work", 2),
        ("flatten-relux-linear 10", "layer_unknown", 2),
        ("-".join(["relu"] * 13), "too_many_layers", 13),
    ],
)
def test_a_stack_is_refused_at_the_layer_where_it_breaks(layers: str, code: str, layer: int) -> None:
    with pytest.raises(SpecError) as caught:
        CnnSpec(layers=layers)
    assert (caught.value.code, caught.value.values["layer"]) == (code, layer)
    assert caught.value.values["field"] == "layers"


def test_a_batch_is_limited_by_the_work_of_the_stack() -> None:
    heavy = "conv 8 5 p2-relu-conv 8 5 p2-relu-flatten-linear 10"
    with pytest.raises(SpecError, match="batch_work"):
        CnnSpec(image_set="mnist", layers=heavy, batch_size=256)
    spec, errors = CnnSpec.repair({"image_set": "mnist", "layers": heavy, "batch_size": "256"})
    assert 1 <= spec.batch_size < 256
    assert [error.code for error in errors] == ["batch_work"]
