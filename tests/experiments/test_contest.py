"""The contest: every fit is finished in its turn, and the spec knows how long that takes."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors import numpy as safetensors

from dlcore.advance import advance, weights
from dlcore.errors import SpecError
from dlcore.experiments.contest import Contest
from dlcore.frames import unpack
from dlcore.specs import ContestSpec

SMALL = ContestSpec(
    tasks=("digits",), train_sizes=("50", "200"), contestants=("logistic", "svm", "mlp"), net_updates=100
)


def test_it_ends_after_as_many_pieces_as_the_spec_says():
    chunk = advance(SMALL.replace(n_steps=SMALL.n_pieces + 50), None, 10_000)
    assert chunk.done
    assert chunk.step == SMALL.n_pieces
    last = unpack(chunk.frames[-1].blob)
    assert last.scalars["finished"] == last.scalars["cells"] == 6
    assert last.arrays["mean"].shape == (3, 2)
    assert (last.arrays["mean"] > 0.5).all()


def test_scores_are_told_once_a_fit_is_finished():
    frames = advance(SMALL.replace(n_steps=SMALL.n_pieces), None, 10_000).frames
    name = "score_digits_raw_50_mlp"
    first = next(frame for frame in frames if name in frame.scalars)
    finished = first.scalars["finished"]
    assert finished == 3
    assert first.scalars[f"{name}_low"] <= first.scalars[name] <= first.scalars[f"{name}_high"]
    assert all(frame.scalars[name] == first.scalars[name] for frame in frames if frame.step > first.step)
    assert "score_digits_raw_50_logistic" in frames[3].scalars


def test_more_samples_help():
    scalars = advance(SMALL.replace(n_steps=SMALL.n_pieces), None, 10_000).frames[-1].scalars
    for contestant in SMALL.contestants:
        assert scalars[f"score_digits_raw_200_{contestant}"] > scalars[f"score_digits_raw_50_{contestant}"]


def test_shuffling_the_axis_changes_nothing_for_nearest_neighbours_and_much_for_a_cnn():
    spec = ContestSpec(views=("raw", "shuffled"), train_sizes=("1000",), contestants=("knn", "cnn"), net_updates=200)
    scalars = advance(spec.replace(n_steps=spec.n_pieces), None, 10_000).frames[-1].scalars
    raw, shuffled = ({c: scalars[f"score_mnist1d_{view}_1000_{c}"] for c in ("knn", "cnn")} for view in spec.views)
    assert raw["knn"] == shuffled["knn"]
    assert raw["cnn"] > shuffled["cnn"] + 0.1


def test_what_the_models_are_made_of_is_told():
    spec = ContestSpec(tasks=("digits",), contestants=("logistic", "knn", "mlp"), net_updates=100)
    arrays = unpack(advance(spec.replace(n_steps=spec.n_pieces), None, 10_000).frames[-1].blob).arrays
    np.testing.assert_array_equal(arrays["numbers"][:, 0], [650, 500 * 65, 64 * 100 + 100 + 10100 + 1010])


def test_a_contest_has_a_bound():
    sizes, tasks = ("50", "100", "200", "500"), ("mnist1d", "digits", "mnist")
    everything = {"tasks": tasks, "train_sizes": sizes, "contestants": ("logistic", "tree", "knn", "svm", "mlp", "cnn")}
    with pytest.raises(SpecError) as caught:
        ContestSpec(**everything)
    assert caught.value.code == "too_many_cells"
    repaired, _ = ContestSpec.repair({name: ",".join(values) for name, values in everything.items()})
    assert len(repaired.cells) <= 63


def test_a_contest_opened_from_a_state_goes_on_with_what_was_learnt():
    spec = SMALL.replace(n_steps=SMALL.n_pieces)
    middle = spec.n_pieces - 5
    first = advance(spec, None, middle)
    whole = {frame.step: frame for frame in advance(spec, None, 10_000).frames}
    rest = advance(spec, first.state, 5).frames
    assert rest
    assert all(frame == whole[frame.step] for frame in rest)
    assert Contest(spec).memory.size == 3 * 3 * 17610


def test_the_scores_can_be_taken_home():
    spec = ContestSpec(tasks=("digits",), contestants=("knn",), n_seeds=2, n_steps=2)
    chunk = advance(spec, None, 2)
    scores = safetensors.load(weights(spec, chunk.state))["scores"]
    assert scores.shape == (1, 2)
    assert scores.mean() == chunk.frames[-1].scalars["score_digits_raw_500_knn"]


def test_a_state_holds_nothing_of_a_model_that_was_fitted_before():
    spec = ContestSpec(tasks=("friedman1", "diabetes"), n_steps=10)
    begun = advance(spec, None, 1)
    whole, resumed = (advance(spec, state, spec.n_steps).state for state in (None, begun.state))
    for name, values in safetensors.load(whole).items():
        np.testing.assert_array_equal(values, safetensors.load(resumed)[name], name)
