"""The contest's tasks: a table, a signal, images, text; each with its raw input, hand-made features, a shuffled axis.

Letters in shapes: N samples, F numbers a sample, n of them for training, m for the test.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from dlcore.data.images import read_digits, read_mnist_sample
from dlcore.data.opinions import VOCABULARY, make_opinions
from dlcore.data.regression import read_diabetes
from dlcore.data.signals import N_TRAIN, make_mnist1d
from dlcore.functions.features import image_features, shuffled_order, signal_features, table_features, text_features

N_TEST = {"mnist1d": 1000, "digits": 500, "mnist": 1000, "friedman1": 500, "diabetes": 142, "opinions": 500}
N_FRIEDMAN, N_OPINIONS = 1500, 2500


class Task(NamedTuple):
    """x (N, F) and y (N,): a class, or a number where `n_classes` is 0; `shape` is that of one sample.

    The columns of a `scaled` task have no common unit: they get mean 0 and standard deviation 1.
    """

    x: np.ndarray
    y: np.ndarray
    n_classes: int
    shape: tuple[int, ...]
    scaled: bool


class Fold(NamedTuple):
    """What one seed's model learns from and is tested on: x (n, F), y (n,), then (m, F), (m,)."""

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


@functools.lru_cache(maxsize=6)
def load_task(name: str) -> Task:
    """The raw numbers of a task. No units, but for the diabetes table (see `read_diabetes`)."""
    if name == "mnist1d":
        x, y = make_mnist1d()
        return Task(x, y, 10, (x.shape[1], 1), False)
    if name in ("digits", "mnist"):
        x, y = read_digits() if name == "digits" else read_mnist_sample()
        return Task(x.reshape(len(x), -1), y, 10, (*x.shape[1:], 1), False)
    if name == "opinions":
        words, y = make_opinions(N_OPINIONS, 0)
        one_hot = np.eye(len(VOCABULARY), dtype=np.float32)[words][:, :, 1:]  # no word: all zeros
        return Task(one_hot.reshape(len(words), -1), y, 2, one_hot.shape[1:], False)
    x, y = make_friedman1(N_FRIEDMAN, 0) if name == "friedman1" else read_diabetes()
    return Task(x.astype(np.float32), y.astype(np.float32), 0, (x.shape[1],), True)


@functools.lru_cache(maxsize=8)
def load_view(name: str, view: str) -> Task:
    """A task as a model gets it: "raw", with hand-made "engineered" features, or with its axis "shuffled"."""
    task = load_task(name)
    if view == "engineered":
        x = engineer(name, task).astype(np.float32)
        return task._replace(x=x, shape=(x.shape[1],), scaled=True)
    if view == "shuffled":
        return task._replace(x=shuffle_axis(task))
    return task


def engineer(name: str, task: Task) -> np.ndarray:
    if name == "mnist1d":
        return signal_features(task.x)
    if name in ("digits", "mnist"):
        return image_features(task.x.reshape(-1, *task.shape[:2]))
    return (
        text_features(make_opinions(N_OPINIONS, 0)[0], len(VOCABULARY))
        if name == "opinions"
        else table_features(task.x)
    )


def shuffle_axis(task: Task) -> np.ndarray:
    """The same numbers, their places permuted alike in every sample; what belongs to one place stays together."""
    *places, channels = task.shape if len(task.shape) > 1 else (*task.shape, 1)
    order = shuffled_order(int(np.prod(places)))
    return np.ascontiguousarray(task.x.reshape(len(task.x), -1, channels)[:, order].reshape(task.x.shape))


def make_fold(name: str, task: Task, n_train: int, seed: int) -> Fold:
    """`n_train` training samples drawn with this seed, or all there are. MNIST-1D keeps its published test set; of the
    others the seed draws that too. Standard scores and a number's mean and deviation come from the training samples."""
    order = np.random.default_rng([seed, 0]).permutation(len(task.x))
    if name == "mnist1d":
        order = np.concatenate([np.arange(N_TRAIN, len(task.x)), order[order < N_TRAIN]])
    test, train = order[: N_TEST[name]], order[N_TEST[name] :][:n_train]
    x_train, y_train, x_test, y_test = task.x[train], task.y[train], task.x[test], task.y[test]
    if task.scaled:
        mean, spread = x_train.mean(0), x_train.std(0)
        spread[spread < 1e-6] = 1
        x_train, x_test = (x_train - mean) / spread, (x_test - mean) / spread
    if task.n_classes == 0:
        mean, spread = y_train.mean(), y_train.std()
        y_train, y_test = (y_train - mean) / spread, (y_test - mean) / spread
    return Fold(x_train, y_train, x_test, y_test)


def score(task: Task, output: np.ndarray, y: np.ndarray) -> float:
    """The share of right classes, or of the numbers' variance that is explained (R²), for outputs (m, K)."""
    if task.n_classes:
        return float((output.argmax(1) == y).mean())
    return float(1 - ((output[:, 0] - y) ** 2).sum() / ((y - y.mean()) ** 2).sum())


def make_friedman1(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """x (n, 10) uniform in 0…1 and y (n,) = 10 sin(π x₁x₂) + 20 (x₃ − ½)² + 10 x₄ + 5 x₅ + N(0, 1).

    Friedman 1991, Multivariate adaptive regression splines, section 4.3; five of the ten columns say nothing. No unit.
    """
    generator = np.random.default_rng([seed, 0])
    x = generator.uniform(size=(n, 10))
    signal = 10 * np.sin(np.pi * x[:, 0] * x[:, 1]) + 20 * (x[:, 2] - 0.5) ** 2 + 10 * x[:, 3] + 5 * x[:, 4]
    return x, signal + generator.standard_normal(n)
