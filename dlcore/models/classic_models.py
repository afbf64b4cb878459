"""Six classical models, fitted piece by piece: a tree of a forest, a pair of classes of an SVM, a round of boosting.

A piece adds to the model's outputs on the test samples, so that nothing else has to be kept between two pieces.

Letters in shapes: n training samples, m test samples, F numbers a sample, K outputs (one a class, or 1 for a number).
"""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.svm import SVC, SVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from dlcore.data.contest_tasks import Fold
from dlcore.functions.contest_plan import N_TREES

SHRINKAGE, DEPTH, SUBSAMPLE, SMALLEST_GROUP = 0.2, 8, 0.5, 10  # of gradient boosting
PENALTY_SVM, N_NEIGHBOURS, SMALLEST_LEAF = 10.0, 5, 5


class Size(NamedTuple):
    """What a fitted model consists of: numbers it must keep, and multiplications or comparisons for one prediction."""

    numbers: float
    operations: float


def fit_piece(
    name: str, fold: Fold, n_classes: int, piece: int, seed: int, train: np.ndarray, test: np.ndarray
) -> Size:
    """Fit one piece; add its outputs to `test` (m, K), in boosting also to `train` (n, K). Returns the piece's size."""
    if name == "forest":
        return grow_tree(fold, n_classes, [seed, 3, piece], test)
    if name == "svm" and n_classes:
        return separate_pair(fold, n_classes, piece, test)
    if name == "boosting":
        return boost(fold, n_classes, piece, seed, train, test)
    return fit_whole(name, fold, n_classes, test)


def fit_whole(name: str, fold: Fold, n_classes: int, test: np.ndarray) -> Size:
    """A model that is fitted in one go."""
    n, n_features = fold.x_train.shape
    if len(np.unique(fold.y_train)) == 1:  # a sample so small that there is nothing to tell apart
        test += one_hot(fold.y_train[:1], test.shape[1])
        return Size(1, 0)
    model: Any = make_model(name, n_classes, n).fit(fold.x_train, fold.y_train)
    test += outputs(model, fold.x_test, test.shape[1])
    if name == "logistic":
        return Size(test.shape[1] * (n_features + 1), test.shape[1] * n_features)
    if name == "tree":
        return tree_size(model, fold.x_test, test.shape[1])
    if name == "svm":
        n_kept = len(model.support_)
        return Size(n_kept * (n_features + 1), n_kept * (n_features + 1))
    return Size(n * (n_features + 1), n * n_features)


def make_model(name: str, n_classes: int, n: int) -> Any:
    if name == "logistic":
        return LogisticRegression(max_iter=1000) if n_classes else Ridge()
    if name == "tree":
        kind: Any = DecisionTreeClassifier if n_classes else DecisionTreeRegressor
        return kind(min_samples_leaf=min(SMALLEST_LEAF, 1 + n // 100), random_state=0)
    if name == "svm":
        return SVR()
    neighbours: Any = KNeighborsClassifier if n_classes else KNeighborsRegressor
    return neighbours(min(N_NEIGHBOURS, n))


def outputs(model: Any, x: np.ndarray, n_outputs: int) -> np.ndarray:
    """(m, K): probabilities of all classes, also of those that were not in the training samples, or the number."""
    if not hasattr(model, "classes_"):
        return model.predict(x).reshape(-1, 1)
    every = np.zeros((len(x), n_outputs))
    every[:, model.classes_.astype(int)] = model.predict_proba(x)
    return every


def grow_tree(fold: Fold, n_classes: int, seeds: list[int], test: np.ndarray) -> Size:
    """One tree of a random forest (Breiman 2001): a bootstrap sample, and √F of the F columns at each split."""
    generator = np.random.default_rng(seeds)
    rows = generator.integers(len(fold.x_train), size=len(fold.x_train))
    kind: Any = DecisionTreeClassifier if n_classes else DecisionTreeRegressor
    columns = "sqrt" if n_classes else 1 / 3
    tree = kind(max_features=columns, random_state=int(generator.integers(2**31))).fit(
        fold.x_train[rows], fold.y_train[rows]
    )
    test += outputs(tree, fold.x_test, test.shape[1]) / N_TREES
    return tree_size(tree, fold.x_test, test.shape[1])


def separate_pair(fold: Fold, n_classes: int, piece: int, test: np.ndarray) -> Size:
    """One of the K(K − 1)/2 machines of a one-against-one SVM (as in LIBSVM, Chang & Lin 2011): a vote a sample."""
    pair = next(itertools.islice(itertools.combinations(range(n_classes), 2), piece, None))
    rows = np.isin(fold.y_train, pair)
    present = np.unique(fold.y_train[rows]).astype(int)
    if len(present) < 2:
        test[:, present] += 1
        return Size(0, 0)
    spread = fold.x_train.shape[1] * float(fold.x_train.var(dtype=np.float64))
    machine = SVC(C=PENALTY_SVM, gamma=1 / spread).fit(fold.x_train[rows], fold.y_train[rows])
    test += one_hot(machine.predict(fold.x_test), n_classes)
    numbers = len(machine.support_) * (fold.x_train.shape[1] + 1)
    return Size(numbers, numbers)


def boost(fold: Fold, n_classes: int, piece: int, seed: int, train: np.ndarray, test: np.ndarray) -> Size:
    """One round of gradient boosting (Friedman 2001, algorithms 3 and 6; 2002 for the half samples): K small trees.

    Each is fitted to the residuals (one-hot − softmax, or y − F); its leaves take one Newton step of the deviance.
    """
    n_outputs = test.shape[1]
    if piece == 0:
        start = starting_scores(fold.y_train, n_classes)
        train += start
        test += start
    generator = np.random.default_rng([seed, 4, piece])
    rows = generator.permutation(len(train))[: max(2, int(SUBSAMPLE * len(train)))]
    target = one_hot(fold.y_train, n_classes) if n_classes else fold.y_train[:, None]
    residuals = target - (softmax(train) if n_classes else train)
    size = Size(0, 0)
    for output in range(n_outputs):
        residual = residuals[:, output]
        tree = make_small_tree(n_classes, len(rows), int(generator.integers(2**31)))
        tree.fit(fold.x_train[rows], residual[rows])
        leaf = tree.apply(fold.x_train)
        values = leaf_values(leaf[rows], residual[rows], n_classes, tree.tree_.node_count)
        train[:, output] += SHRINKAGE * values[leaf]
        test[:, output] += SHRINKAGE * values[tree.apply(fold.x_test)]
        more = tree_size(tree, fold.x_test, 1)
        size = Size(size.numbers + more.numbers, size.operations + more.operations)
    return size


def make_small_tree(n_classes: int, n: int, seed: int) -> Any:
    columns: Any = "sqrt" if n_classes else 1 / 3
    smallest = min(SMALLEST_GROUP, 1 + n // 50)
    return DecisionTreeRegressor(max_depth=DEPTH, max_features=columns, min_samples_leaf=smallest, random_state=seed)


def starting_scores(y: np.ndarray, n_classes: int) -> np.ndarray:
    """(K,) the log share of each class, or the mean."""
    if not n_classes:
        return np.array([y.mean()])
    return np.log(np.maximum(np.bincount(y, minlength=n_classes) / len(y), 1e-3))


def leaf_values(leaf: np.ndarray, residual: np.ndarray, n_classes: int, n_nodes: int) -> np.ndarray:
    """(nodes,) each leaf's step: (K − 1)/K · Σr / Σ|r|(1 − |r|), or the mean residual."""
    total = np.bincount(leaf, residual, n_nodes)
    if not n_classes:
        return total / np.maximum(np.bincount(leaf, minlength=n_nodes), 1)
    size = np.abs(residual)
    weight = np.bincount(leaf, size * (1 - size), n_nodes)
    steps = (n_classes - 1) / n_classes * total / np.maximum(weight, 1e-9)
    return np.where(weight > 1e-9, steps, 0.0)


def tree_size(tree: Any, x: np.ndarray, n_outputs: int) -> Size:
    """A split keeps a column and a threshold, a leaf its outputs; a prediction compares once a split on its way."""
    n_leaves = tree.get_n_leaves()
    path = tree.decision_path(x).sum() / len(x) - 1
    return Size(2 * (tree.tree_.node_count - n_leaves) + n_outputs * n_leaves, float(path))


def one_hot(y: np.ndarray, n_outputs: int) -> np.ndarray:
    """(N, K) 1 where the class is; a single output takes the number itself."""
    return y[:, None] if n_outputs == 1 else np.eye(n_outputs)[y.astype(int)]


def softmax(scores: np.ndarray) -> np.ndarray:
    shifted = np.exp(scores - scores.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)
