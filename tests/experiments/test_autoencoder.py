"""The autoencoder beside an independent PCA, what noise does, and the decoded place."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from dlcore.advance import advance, ask
from dlcore.data.digit_split import split_digits
from dlcore.experiments.autoencoder import Autoencoder, pca_errors
from dlcore.frames import unpack
from dlcore.models.digit_pictures import MAP_SCALE
from dlcore.specs import AutoencoderSpec
from dlcore.specs.autoencoder import LINEAR

SPLIT = split_digits()
TRAIN, TEST = (x.reshape(len(x), 64).astype(float) for x in (SPLIT.x_train, SPLIT.x_test))
SMALL = {"hidden_sizes": (8,), "n_steps": 20, "n_seeds": 2}


def last_of(spec: AutoencoderSpec) -> dict[str, float]:
    return advance(spec, None, spec.n_steps).frames[-1].scalars


@pytest.mark.parametrize("k", [2, 8, 16])
def test_the_linear_one_reaches_the_error_of_scikit_learns_pca(k: int) -> None:
    """Within 0.1 % on the digits that it learnt from, from both seeds (Baldi & Hornik 1989); on the others too."""
    pca = PCA(k, svd_solver="full").fit(TRAIN)
    errors = [np.square(x - pca.inverse_transform(pca.transform(x))).sum(1).mean() for x in (TRAIN, TEST)]
    last = last_of(AutoencoderSpec(**LINEAR, bottleneck=k, n_seeds=2))
    assert last["pca_train_error"] == pytest.approx(errors[0], rel=1e-6)
    for name in ("train_error_low", "train_error_high"):
        assert last[name] == pytest.approx(errors[0], rel=1e-3)
    for name in ("error_low", "error_high"):
        assert last[name] == pytest.approx(errors[1], rel=1e-3)
    assert last["angle_high"] < 5


def test_errors_are_sums_of_squares_of_what_comes_out() -> None:
    experiment = Autoencoder(AutoencoderSpec(**SMALL))
    experiment.step()
    observed = experiment.observe()
    x = torch.from_numpy(TEST.astype(np.float32))
    with torch.no_grad():
        rebuilt = experiment.model.decode(experiment.model.encode(x.expand(2, -1, -1)))
    errors = (rebuilt.double() - x).square().sum(2).mean(1).numpy()
    assert (observed["error_low"], observed["error_high"]) == pytest.approx((errors.min(), errors.max()), rel=1e-6)
    assert observed["gain"] == pytest.approx(100 * (1 - observed["error"] / observed["pca_error"]))


def test_doing_nothing_about_the_noise_costs_its_variance() -> None:
    assert pca_errors(4, 0.5)["noisy_error"] == pytest.approx(64 * 0.25, rel=0.03)
    assert "noisy_error" not in pca_errors(4, 0.0)
    assert pca_errors(4, 0.0)["mean_error"] == pytest.approx(np.square(TEST - TRAIN.mean(0)).sum(1).mean(), rel=1e-6)


def test_a_denoising_one_is_asked_for_the_clean_picture() -> None:
    """One update is one of Adam's against the gradient at the noisy batch with the clean one as target."""
    spec = AutoencoderSpec(hidden_sizes=(), activation="identity", input_noise=0.4, n_seeds=1, optimizer="sgd")
    experiment = Autoencoder(spec)
    weights = [part.detach()[0].clone().requires_grad_() for part in experiment.weights().values()]
    w1, b1, w2, b2 = weights
    rows = np.random.default_rng([0, 2, 0]).permutation(len(TRAIN))[: spec.batch_size]
    clean = torch.from_numpy(TRAIN[rows].astype(np.float32))
    noise = np.random.default_rng([0, 3, 0]).standard_normal(clean.shape, np.float32)
    loss = (((clean + 0.4 * torch.from_numpy(noise)) @ w1 + b1) @ w2 + b2 - clean).square().sum(1).mean()
    loss.backward()
    experiment.step()
    for after, before in zip(experiment.weights().values(), weights, strict=True):
        torch.testing.assert_close(after[0], before.detach() - spec.learning_rate * before.grad, rtol=1e-4, atol=1e-6)


def test_a_place_in_the_map_is_decoded_as_the_digit_that_lies_there() -> None:
    spec = AutoencoderSpec(**SMALL)
    chunk = advance(spec, None, 20)
    frames = [unpack(frame.blob).arrays for frame in chunk.frames]
    place = frames[-1]["codes"][7] / MAP_SCALE
    experiment = Autoencoder(spec)
    assert np.abs(place).max() < 4
    answer = ask(spec, chunk.state, {"decode": place.tolist()})
    for _ in range(20):
        experiment.step()
    with torch.no_grad():
        rebuilt = experiment._pass(experiment.clean[1])[1][0, 7].clamp(0, 1)
    assert np.abs(answer["pictures"][0].ravel() / 255 - rebuilt.numpy()).max() < 0.05
    assert 0 <= answer["label"] <= 9
    assert 0 < answer["confidence"] <= 1


def test_the_map_has_mean_0_and_deviation_1() -> None:
    arrays = unpack(advance(AutoencoderSpec(**SMALL), None, 20).frames[-1].blob).arrays
    codes = arrays["codes"] / MAP_SCALE
    np.testing.assert_allclose(codes.mean(0), 0, atol=0.01)
    np.testing.assert_allclose(codes.std(0), 1, atol=0.01)


def test_what_a_kind_of_network_does_not_have_is_not_in_its_frames() -> None:
    curved, linear, wide = (
        advance(AutoencoderSpec(**{**SMALL, **values}), None, 1).frames[0]
        for values in ({}, {"activation": "identity"}, {"bottleneck": 5, "input_noise": 0.2})
    )
    assert "angle" not in curved.scalars
    assert "angle" in linear.scalars
    assert {"codes", "pca_codes"} <= unpack(curved.blob).arrays.keys()
    assert not {"codes", "pca_codes"} & unpack(wide.blob).arrays.keys()
    assert "noisy" in unpack(wide.blob).arrays
