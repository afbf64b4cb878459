"""Looking inside: every map against its definition, worked out in another way."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.tree import export_text

from dlcore.advance import advance
from dlcore.experiments.look_inside import LookInside, covers, signed
from dlcore.frames import unpack
from dlcore.specs import LookInsideSpec
from pages.ml_vs_dl.rules import Tree, rules
from ui.text import read_labels


@pytest.fixture(scope="module")
def trained() -> LookInside:
    experiment = LookInside(LookInsideSpec(n_steps=100))
    for _ in range(100):
        experiment.step()
    return experiment


def test_saliency_is_the_finite_difference(trained):
    x = trained.x_test[:1]
    found = trained._importance("saliency", x, torch.tensor([3]))[0]
    for pixel in (10, 27, 36):
        moved = x.repeat(2, 1)
        moved[0, pixel] += 1e-3
        moved[1, pixel] -= 1e-3
        with torch.no_grad():
            up, down = trained._logits("cnn", moved)[:, 3]
        assert float(found[pixel]) == pytest.approx(abs(float(up - down)) / 2e-3, abs=0.02)


def test_occlusion_is_the_fall_of_the_probability(trained):
    image, side = trained.x_test[4], trained.spec.occluded
    found = trained._occlusion(image[None], torch.tensor([2]))[0].view(8, 8)
    holed = image.clone().view(8, 8)
    holed[3 - side // 2 : 3 - side // 2 + side, 5 - side // 2 : 5 - side // 2 + side] = 0
    with torch.no_grad():
        before, after = torch.softmax(trained._logits("cnn", torch.stack([image, holed.flatten()])), 1)[:, 2]
    assert float(found[3, 5]) == pytest.approx(float(before - after), abs=1e-6)


@pytest.mark.parametrize("side", [1, 2, 3, 4])
def test_a_square_covers_its_pixel_and_stays_inside(side):
    squares = covers(side).view(8, 8, 8, 8)
    assert all(squares[row, column, row, column] == 1 for row in range(8) for column in range(8))
    assert squares[4, 4].sum() == side**2
    assert squares.sum((2, 3)).max() == side**2


def test_the_linear_map_adds_up_to_the_logit(trained):
    image = trained.x_test[7]
    weight, bias = (block.detach()[0] for block in trained.nets["linear"].blocks)
    total = (weight[:, 5] * image).sum() + bias[0, 5]
    assert float(total) == pytest.approx(float(trained._logits("linear", image[None]).detach()[0, 5]), abs=1e-5)


def test_the_trees_way_asks_as_many_pixels_as_its_path_has_questions(trained):
    image = trained.x_test[3].numpy()
    asked = np.flatnonzero(trained._asked_pixels(image))
    path = trained.tree.decision_path(image[None]).indices
    questions = {trained.tree.tree_.feature[node] for node in path if trained.tree.tree_.children_left[node] >= 0}
    assert set(asked) == questions


def test_deleting_what_matters_hurts_more_than_deleting_at_random(trained):
    check = trained._check()
    assert check["deleted_occlusion"][0] == check["deleted_random"][0] > 0.8
    assert check["deleted_occlusion"][1:4].mean() < check["deleted_random"][1:4].mean() - 0.2


def test_the_rules_are_the_trees():
    spec = LookInsideSpec(n_steps=1, tree_depth=3)
    arrays = unpack(advance(spec, None, 1).frames[0].blob).arrays
    tree = Tree(*(arrays[f"tree_{name}"] for name in Tree._fields))
    image = arrays["images"][3].reshape(-1) / 255
    lines = list(rules(tree, image, read_labels("en")))
    theirs = export_text(LookInside(spec).tree).splitlines()
    assert len(lines) == len(theirs)
    assert [line.count("says") for line in lines] == [line.count("class:") for line in theirs]
    bold = [line for line in lines if "**" in line]
    assert len(bold) == 4  # three questions and one leaf
    assert f"says {arrays['said_tree'][3]} " in bold[-1]


def test_signed_maps_use_the_whole_range():
    maps = np.zeros((2, 64))
    maps[0, :2], maps[1, 0] = (1.0, -2.0), 0.5
    assert signed(maps)[:, 0, :2].tolist() == [[64, -127], [32, 0]]
    assert signed(maps, each=True)[:, 0, :2].tolist() == [[64, -127], [127, 0]]
    assert not signed(np.zeros((1, 64))).any()


def test_one_image_of_each_digit_is_explained():
    arrays = unpack(advance(LookInsideSpec(n_steps=1, sample=19), None, 1).frames[0].blob).arrays
    experiment = LookInside(LookInsideSpec(sample=19))
    found = [int(experiment.y_test[(experiment.x_test == image).all(1)][0]) for image in experiment.shown]
    assert found == list(range(10))
    assert {arrays[name].shape for name in ("images", "map_linear", "map_tree", "map_occlusion")} == {(10, 8, 8)}
