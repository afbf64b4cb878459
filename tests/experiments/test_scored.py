"""The classifiers behind the curves: their scores are those of torch and scikit-learn, their measures those of both."""

from __future__ import annotations

import functools

import numpy as np
import pytest
import torch
from sklearn import metrics as reference
from sklearn.tree import DecisionTreeClassifier

from dlcore.advance import advance, open_experiment
from dlcore.data.scored import make_scored_split
from dlcore.errors import SpecError
from dlcore.experiments.scored_classifier import RARE, ScoredClassifier
from dlcore.frames import Frame, unpack
from dlcore.functions.logistic import fit_logistic, logits
from dlcore.functions.metrics import macro_average_precision, one_against_rest
from dlcore.models.scorers import ForestScorer, NetScorer, Task
from dlcore.specs import ScoredClassesSpec, ScoredClassifierSpec, Spec, ThresholdChoiceSpec


@functools.cache
def frames(spec: Spec) -> list[Frame]:
    return [unpack(frame.blob) for frame in advance(spec, None, spec.n_steps).frames]


@pytest.mark.parametrize("scored_by", ["logistic", "forest", "mlp", "cnn"])
def test_what_a_frame_says_is_scikit_learns_verdict_on_its_scores(scored_by):
    first, *_, last = frames(ScoredClassifierSpec(scored_by=scored_by, n_steps=60))
    for part in ("valid", "test"):
        y, score = first.arrays[f"{part}_y"], last.arrays[f"{part}_score"]
        assert last.scalars[f"{part}_ap"] == pytest.approx(reference.average_precision_score(y, score))
        assert last.scalars[f"{part}_auc"] == pytest.approx(reference.roc_auc_score(y, score))
    precision, recall, _ = reference.precision_recall_curve(y, score)
    assert last.scalars["test_linear"] == pytest.approx(reference.auc(recall, precision))
    weights = np.where(y, RARE / y.mean(), (1 - RARE) / (1 - y.mean()))
    assert last.scalars["test_rare_ap"] == pytest.approx(
        reference.average_precision_score(y, score, sample_weight=weights)
    )
    assert last.scalars["test_ap"] > 2 * last.scalars["prevalence"]


def test_five_batches_of_the_cnn_are_those_of_torchs_own_layers():
    data = make_scored_split("digit_8", 60, 0)
    ours = NetScorer("cnn", Task(data.x_train, data.y_train, data.x_test, 1, 0, 20))
    conv = torch.nn.Conv2d
    layers = [conv(1, 8, 3, padding=1), conv(8, 16, 3, padding=1), torch.nn.Linear(64, 1)]
    for at, layer in enumerate(layers):
        layer.weight.data = ours.net.parameters[2 * at].detach().clone()
        layer.bias.data = ours.net.parameters[2 * at + 1].detach().clone()
    pool, relu = torch.nn.MaxPool2d(2), torch.nn.ReLU()
    network = torch.nn.Sequential(
        torch.nn.Unflatten(1, (1, 8, 8)), layers[0], relu, pool, layers[1], relu, pool, torch.nn.Flatten(), layers[2]
    )
    optimizer = torch.optim.Adam(network.parameters(), 0.01)
    for step in range(5):
        epoch, batch = divmod(step, 3)
        rows = np.random.default_rng([0, 2, epoch]).permutation(60)[20 * batch : 20 * batch + 20]
        optimizer.zero_grad()
        target = torch.from_numpy(data.y_train[rows]).float()
        torch.nn.BCEWithLogitsLoss()(network(torch.from_numpy(data.x_train[rows]))[:, 0], target).backward()
        optimizer.step()
        ours.step(step, 0.01)
    wanted = network(torch.from_numpy(data.x_test)).detach().numpy()
    np.testing.assert_allclose(ours.scores(), wanted, atol=2e-5)  # float32


def test_the_forest_is_the_mean_of_scikit_learns_trees():
    data = make_scored_split("digits", 100, 0)
    ours = ForestScorer(Task(data.x_train, data.y_train, data.x_test, 10, 4))
    shares = np.zeros((len(data.x_test), 10))
    for number in range(4):
        ours.step(number, 0.0)
        generator = np.random.default_rng([4, 3, number])
        rows = generator.integers(0, len(data.x_train), len(data.x_train))
        tree = DecisionTreeClassifier(max_features="sqrt", random_state=int(generator.integers(2**31)))
        tree.fit(data.x_train[rows], data.y_train[rows])
        shares[:, tree.classes_] += tree.predict_proba(data.x_test) / 4
    np.testing.assert_allclose(ours.scores(), shares, atol=1e-7)
    kept = ours.weights(4)
    assert kept["tree3.feature"].tolist() == tree.tree_.feature.tolist()


def test_a_cnn_wants_images():
    with pytest.raises(SpecError) as caught:
        ScoredClassifierSpec(scored_by="cnn", scored_data="breast_cancer")
    assert caught.value.code == "scored_cnn"


def test_the_averages_over_classes_are_scikit_learns():
    first, *_, last = frames(ScoredClassesSpec(n_steps=100))
    y, score = first.arrays["test_y"], last.arrays["test_score"]
    asked = (y[:, None] == np.arange(10)).astype(int)
    assert last.scalars["micro_ap"] == pytest.approx(reference.average_precision_score(asked, score, average="micro"))
    assert last.scalars["macro_ap"] == pytest.approx(reference.average_precision_score(asked, score, average="macro"))
    assert last.scalars["macro_auc"] == pytest.approx(reference.roc_auc_score(asked, score, average="macro"))
    assert last.scalars["accuracy"] == np.mean(score.argmax(1) == y)
    assert last.scalars["micro_ap"] > last.scalars["macro_ap"] + 0.05  # rare digits are the poor ones


def test_every_score_travels_now_and_then_and_at_the_end():
    with_scores = [frame.step for frame in frames(ScoredClassesSpec(n_steps=100)) if "test_score" in frame.arrays]
    assert with_scores == [*range(0, 100, 12), 100]


def test_a_run_s_frames_are_small():
    for spec in (ScoredClassifierSpec(), ScoredClassesSpec(kept_share=1.0)):
        chunk = advance(spec, None, spec.n_steps)
        assert len(chunk.frames) <= 201
        assert sum(len(frame.blob) for frame in chunk.frames) < 1_000_000


def test_a_chosen_threshold_promises_too_much_and_less_so_with_more_cases():
    few, many = (frames(ThresholdChoiceSpec(n_valid_cases=n))[-1].scalars for n in (50, 500))
    assert few["gap_low"] > 0
    assert few["gap_low"] > many["gap_high"]
    assert few["peeked_f"] > few["test_f"]


def test_one_split_is_what_scikit_learn_says_of_it():
    experiment = open_experiment(ThresholdChoiceSpec(n_steps=1))
    experiment.step()
    on_valid, on_test, peeked, fixed = experiment.results[0]
    data = make_scored_split("digit_8", 60, 0, n_valid=50)
    w = fit_logistic(data.x_train, data.y_train)
    valid, test = logits(data.x_valid, w), logits(data.x_test, w)
    scores = [reference.f1_score(data.y_valid, valid >= threshold) for threshold in np.sort(valid)[::-1]]
    chosen = np.sort(valid)[::-1][int(np.argmax(scores))]
    assert on_valid == pytest.approx(max(scores))
    assert on_test == pytest.approx(reference.f1_score(data.y_test, test >= chosen))
    assert fixed == pytest.approx(reference.f1_score(data.y_test, test >= 0))
    assert peeked == pytest.approx(max(reference.f1_score(data.y_test, test >= threshold) for threshold in test))


def test_forking_changes_the_rate_from_there_on():
    spec = ScoredClassifierSpec(n_steps=20)
    forked = spec.fork(10, "learning_rate", 0.1)
    whole, other = frames(spec), frames(forked)
    assert other[10].scalars == whole[10].scalars
    assert other[11].scalars != whole[11].scalars
    assert ScoredClassifier(spec).weights()["layer0.weight"].shape == (1, 64)


def test_every_seed_has_splits_of_its_own():
    first, second = (frames(ThresholdChoiceSpec(n_steps=3, seed=seed))[-1].arrays["pairs"] for seed in (0, 1))
    assert not set(map(tuple, first)) & set(map(tuple, second))


def test_logits_by_themselves_rank_a_class_worse_than_its_odds():
    """The page's figure: the same net and predictions, ranked by raw logits and by log-odds."""
    spec = ScoredClassesSpec()
    experiment = open_experiment(spec, advance(spec, None, spec.n_steps).state)
    y, scorer = experiment.data.y_test, experiment.scorer
    with torch.no_grad():
        logits = scorer._forward(scorer.x_scored).numpy()
    by_logit, by_odds = (macro_average_precision(one_against_rest(y, scores)) for scores in (logits, scorer.scores()))
    assert (logits.argmax(1) == scorer.scores().argmax(1)).all()
    assert (by_logit, by_odds) == pytest.approx((0.81, 0.92), abs=0.01)
