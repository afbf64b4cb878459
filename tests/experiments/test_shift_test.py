"""Why convolution: pictures are moved and shuffled as said, sizes are equal, all lanes of a seed begin alike."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.advance import open_experiment
from dlcore.data.moved_pictures import move_pictures, pad_pictures, shuffle_pixels
from dlcore.specs import ShiftTestSpec

SMALL = ShiftTestSpec(n_steps=20, train_size=200, test_size=60, n_seeds=2)


def test_a_picture_is_moved_in_one_direction_and_nothing_comes_in() -> None:
    x = pad_pictures(np.arange(1, 10, dtype=np.float32).reshape(1, 1, 3, 3), 2)
    x = np.repeat(x, 50, axis=0)
    moved = move_pictures(x, 2, np.random.default_rng(0))
    rolled = [np.roll(x[0, 0], by, axis) for axis in (0, 1) for by in (2, -2)]
    which = [[np.array_equal(picture, one) for one in rolled].index(True) for picture in moved[:, 0]]
    assert set(which) == {0, 1, 2, 3}
    assert np.array_equal(move_pictures(x, 0, np.random.default_rng(0)), x)
    assert move_pictures(x[:, :, 2:5, 2:5], 1, np.random.default_rng(0)).sum() < x[:, :, 2:5, 2:5].sum()


def test_shuffled_pixels_are_the_same_numbers_in_one_other_order() -> None:
    x = np.random.default_rng(0).random((4, 1, 5, 5))
    order = np.random.default_rng(1).permutation(25)
    shuffled = shuffle_pixels(x, order)
    assert np.array_equal(np.sort(shuffled.reshape(4, -1)), np.sort(x.reshape(4, -1)))
    assert np.array_equal(shuffled.reshape(4, -1)[:, np.argsort(order)], x.reshape(4, -1))


@pytest.mark.parametrize("image_set", ["digits", "mnist"])
def test_both_nets_have_as_many_parameters_within_two_percent(image_set: str) -> None:
    models = open_experiment(SMALL.replace(image_set=image_set)).models
    cnn, mlp = (models[name].flat.shape[1] for name in ("cnn", "mlp"))
    assert mlp == pytest.approx(cnn, rel=0.02)


def test_lanes_begin_alike_and_part() -> None:
    experiment = open_experiment(SMALL)
    models = experiment.models
    assert torch.equal(models["cnn"].flat, models["cnn_shuffled"].flat)
    first = experiment.observe()
    for _ in range(20):
        experiment.step()
    assert not torch.equal(models["cnn"].flat, models["cnn_shuffled"].flat)
    last = experiment.observe()
    assert last["cnn_shift_0"] > first["cnn_shift_0"] + 0.2
    assert last["cnn_by_shift"].tolist() == [pytest.approx(last[f"cnn_shift_{shift}"]) for shift in range(4)]
    assert first["examples"].shape == (5, 14, 14)


def test_a_perceptron_does_not_care_about_the_order_of_the_pixels() -> None:
    """With its first weights shuffled alike it says the same, so that its lanes differ only by how they begin."""
    experiment = open_experiment(SMALL)
    model = experiment.models["mlp"]
    order = np.random.default_rng([SMALL.data_seed, 5]).permutation(14 * 14)
    x = experiment.x_test[0]
    before = model.forward(x)[-1].detach()
    with torch.no_grad():
        model.parameters[0][0].copy_(model.parameters[0][0][:, order])
    torch.testing.assert_close(model.forward(experiment.x_test[-1])[-1].detach(), before)
