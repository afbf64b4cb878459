"""The models fitted piece by piece against scikit-learn's, fitted whole."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from dlcore.data.contest_tasks import Fold, load_task, make_fold
from dlcore.functions.contest_plan import count_pieces
from dlcore.models import classic_models
from dlcore.models.classic_models import fit_piece, fit_whole, make_model, softmax, tree_size

LARGE_LEAVES = {"max_depth": 2, "min_samples_leaf": 20}
CLASSIC = ("logistic", "tree", "forest", "svm", "knn", "boosting")


def fit(name: str, fold: Fold, n_classes: int, n_pieces: int) -> np.ndarray:
    """Outputs (m, K) after so many pieces."""
    train, test = (np.zeros((len(x), max(1, n_classes))) for x in (fold.x_train, fold.x_test))
    for piece in range(n_pieces):
        fit_piece(name, fold, n_classes, piece, 0, train, test)
    return test


@pytest.fixture(scope="module")
def digits() -> Fold:
    return make_fold("digits", load_task("digits"), 300, 0)


@pytest.fixture(scope="module")
def friedman1() -> Fold:
    return make_fold("friedman1", load_task("friedman1"), 200, 0)


def test_the_pairs_vote_as_in_libsvm(digits):
    theirs = SVC(C=10.0, gamma="scale").fit(digits.x_train, digits.y_train).predict(digits.x_test)
    agree = fit("svm", digits, 10, count_pieces("svm", "digits")).argmax(1) == theirs
    assert agree.mean() > 0.98  # scikit-learn breaks ties by its decision values


@pytest.mark.parametrize(
    ("name", "theirs"),
    [("logistic", LogisticRegression(max_iter=1000)), ("knn", KNeighborsClassifier(5))],
    ids=["logistic", "knn"],
)
def test_whole_models_are_scikit_learns(digits, name, theirs):
    np.testing.assert_allclose(
        fit(name, digits, 10, 1), theirs.fit(digits.x_train, digits.y_train).predict_proba(digits.x_test), atol=1e-6
    )


def test_boosting_of_classes_is_friedmans(friedman1, monkeypatch):
    """With all samples and all columns nothing is drawn: the same trees, the same steps, the same scores.

    The inputs are real numbers, so that no two splits are equally good: among those scikit-learn draws lots.
    """
    cuts = np.quantile(friedman1.y_train, (1 / 3, 2 / 3))
    parts = (np.digitize(friedman1.y_train, cuts), np.digitize(friedman1.y_test, cuts))
    thirds = friedman1._replace(y_train=parts[0], y_test=parts[1])
    monkeypatch.setattr(classic_models, "SUBSAMPLE", 1.0)
    monkeypatch.setattr(classic_models, "make_small_tree", lambda *_: DecisionTreeRegressor(**LARGE_LEAVES))
    whole = GradientBoostingClassifier(n_estimators=4, learning_rate=0.2, random_state=0, **LARGE_LEAVES)
    theirs = whole.fit(thirds.x_train, thirds.y_train).predict_proba(thirds.x_test)
    np.testing.assert_allclose(softmax(fit("boosting", thirds, 3, 4)), theirs, atol=1e-5)


def test_boosting_of_numbers_is_friedmans(friedman1, monkeypatch):
    monkeypatch.setattr(classic_models, "SUBSAMPLE", 1.0)
    monkeypatch.setattr(classic_models, "make_small_tree", lambda *_: DecisionTreeRegressor(**LARGE_LEAVES))
    whole = GradientBoostingRegressor(n_estimators=10, learning_rate=0.2, random_state=0, **LARGE_LEAVES)
    theirs = whole.fit(friedman1.x_train, friedman1.y_train).predict(friedman1.x_test)
    np.testing.assert_allclose(fit("boosting", friedman1, 0, 10)[:, 0], theirs, atol=1e-5)


def test_the_number_of_a_ridge_is_scikit_learns(friedman1):
    theirs = Ridge().fit(friedman1.x_train, friedman1.y_train).predict(friedman1.x_test)
    np.testing.assert_allclose(fit("logistic", friedman1, 0, 1)[:, 0], theirs, atol=1e-6)


def test_a_forest_is_better_than_its_trees(digits):
    whole, one = fit("forest", digits, 10, 100), fit("forest", digits, 10, 1)
    right = [(outputs.argmax(1) == digits.y_test).mean() for outputs in (one, whole)]
    assert right[1] > right[0] + 0.1
    np.testing.assert_allclose(whole.sum(1), 1, rtol=1e-6)  # the mean of 100 probabilities


@pytest.mark.parametrize("name", CLASSIC)
@pytest.mark.parametrize("labels", [[3], [3, 7]])
def test_a_sample_may_lack_classes(digits, name, labels):
    rows = np.isin(digits.y_train, labels).nonzero()[0][:20]
    few = digits._replace(x_train=digits.x_train[rows], y_train=digits.y_train[rows])
    outputs = fit(name, few, 10, min(3, count_pieces(name, "digits")))
    assert np.isfinite(outputs).all()


def test_a_tree_is_counted_node_by_node(digits):
    tree = make_model("tree", 10, 300).fit(digits.x_train, digits.y_train)
    counted = tree_size(tree, digits.x_test, 10)
    splits = int((tree.tree_.children_left >= 0).sum())
    assert counted.numbers == 2 * splits + 10 * (splits + 1)
    assert 0 < counted.operations <= tree.get_depth()


def test_what_a_model_keeps(digits):
    test = np.zeros((len(digits.x_test), 10))
    assert fit_whole("logistic", digits, 10, test).numbers == 10 * 65
    assert fit_whole("knn", digits, 10, test).numbers == 300 * 65


def test_softmax_survives_large_scores():
    np.testing.assert_allclose(softmax(np.array([[1000.0, 1000.0, -1000.0]])), [[0.5, 0.5, 0.0]])


def test_the_single_tree_is_scikit_learns(digits):
    theirs = DecisionTreeClassifier(min_samples_leaf=4, random_state=0).fit(digits.x_train, digits.y_train)
    np.testing.assert_array_equal(fit("tree", digits, 10, 1).argmax(1), theirs.predict(digits.x_test))
