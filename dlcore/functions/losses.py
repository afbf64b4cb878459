"""Ten losses and their gradients with respect to the prediction, one value a sample, with formulas and sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, log_softmax, softmax, xlogy

HUBER_DELTA, PINBALL_QUANTILE, FOCAL_GAMMA = 1.0, 0.9, 2.0


@dataclass(frozen=True)
class Loss:
    """A loss and its gradient with respect to the first argument, in float64 and safe for magnitudes up to 1e4.

    Element by element, in any shape: mse, mae, huber, log_cosh, pinball compare numbers `y_pred` and `y_true`,
    bce_with_logits takes `logits` and `y_true` from 0 to 1, focal `logits` and 0 or 1, hinge `scores` and ±1.
    Row by row: cross_entropy takes `logits` (N, K) and classes (N,), kl `logits` (N, K) and probabilities (N, K), both
    for a loss (N,) and a gradient (N, K).

    `formula` and `gradient_formula` are LaTeX with ŷ for the prediction, z for a logit or score and y for the target.
    `parameter` is the keyword that `loss` and `gradient` take, `default` its value; None where they take none. At a
    kink the gradient is 0.
    """

    name: str
    loss: Callable[..., np.ndarray]
    gradient: Callable[..., np.ndarray]
    formula: str
    gradient_formula: str
    source: str
    parameter: str | None = None
    default: float | None = None


def mse(y_pred: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """(ŷ − y)², without a factor ½."""
    return _error(y_pred, y_true) ** 2


def mse_gradient(y_pred: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """2 (ŷ − y)."""
    return 2 * _error(y_pred, y_true)


def mae(y_pred: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """|ŷ − y|."""
    return np.abs(_error(y_pred, y_true))


def mae_gradient(y_pred: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """The sign of ŷ − y, 0 at ŷ = y."""
    return np.sign(_error(y_pred, y_true))


def huber(y_pred: ArrayLike, y_true: ArrayLike, *, delta: float = HUBER_DELTA) -> np.ndarray:
    """½ (ŷ − y)² where |ŷ − y| ≤ δ, else δ (|ŷ − y| − δ/2)."""
    distance = np.abs(_error(y_pred, y_true))
    return np.where(distance <= delta, distance**2 / 2, delta * (distance - delta / 2))


def huber_gradient(y_pred: ArrayLike, y_true: ArrayLike, *, delta: float = HUBER_DELTA) -> np.ndarray:
    """ŷ − y, clipped to ±δ."""
    return np.clip(_error(y_pred, y_true), -delta, delta)


def log_cosh(y_pred: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """ln cosh(ŷ − y)."""
    distance = np.abs(_error(y_pred, y_true))
    return distance + np.log1p(np.expm1(-2 * distance) / 2)


def log_cosh_gradient(y_pred: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """tanh(ŷ − y)."""
    return np.tanh(_error(y_pred, y_true))


def pinball(y_pred: ArrayLike, y_true: ArrayLike, *, quantile: float = PINBALL_QUANTILE) -> np.ndarray:
    """q (y − ŷ) where the prediction is too low, else (1 − q) (ŷ − y)."""
    error = _error(y_pred, y_true)
    return np.where(error < 0, -quantile * error, (1 - quantile) * error)


def pinball_gradient(y_pred: ArrayLike, y_true: ArrayLike, *, quantile: float = PINBALL_QUANTILE) -> np.ndarray:
    """−q where the prediction is too low, 1 − q where it is too high, 0 where it is right."""
    error = _error(y_pred, y_true)
    return np.where(error < 0, -quantile, (1 - quantile) * np.sign(error))


def bce_with_logits(logits: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """−y ln σ(z) − (1 − y) ln σ(−z)."""
    z, y = _floats(logits), _floats(y_true)
    return y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)


def bce_with_logits_gradient(logits: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """σ(z) − y."""
    z, y = _floats(logits), _floats(y_true)
    return (1 - y) * expit(z) - y * expit(-z)


def cross_entropy(logits: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """−ln softmax(z)_y: (N,) from logits (N, K) and classes 0..K−1 (N,)."""
    labels = np.asarray(y_true)
    return -log_softmax(_floats(logits), axis=1)[np.arange(len(labels)), labels]


def cross_entropy_gradient(logits: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """softmax(z) − onehot(y): (N, K)."""
    labels = np.asarray(y_true)
    gradient = softmax(_floats(logits), axis=1)
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient


def hinge(scores: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """max(0, 1 − y z) for y = ±1."""
    return np.maximum(0, 1 - _floats(y_true) * _floats(scores))


def hinge_gradient(scores: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """−y where y z < 1, else 0."""
    y = _floats(y_true)
    return np.where(y * _floats(scores) < 1, -y, 0.0)


def focal(logits: ArrayLike, y_true: ArrayLike, *, gamma: float = FOCAL_GAMMA) -> np.ndarray:
    """−(1 − p)^γ ln p, where p is the probability given to the true class; the cross-entropy at γ = 0."""
    margin = _sign(y_true) * _floats(logits)
    return expit(-margin) ** gamma * np.logaddexp(0, -margin)


def focal_gradient(logits: ArrayLike, y_true: ArrayLike, *, gamma: float = FOCAL_GAMMA) -> np.ndarray:
    """±(1 − p)^γ (γ p ln p + p − 1), the sign being + for y = 1 (Lin et al. 2017, appendix)."""
    sign = _sign(y_true)
    margin = sign * _floats(logits)
    p, one_minus_p, log_p = expit(margin), expit(-margin), -np.logaddexp(0, -margin)
    return sign * one_minus_p**gamma * (gamma * p * log_p - one_minus_p)


def kl(logits: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """Σₖ yₖ ln(yₖ / softmax(z)ₖ) with 0 ln 0 = 0: (N,) from logits (N, K) and probabilities (N, K)."""
    y = _floats(y_true)
    return (xlogy(y, y) - y * log_softmax(_floats(logits), axis=1)).sum(axis=1)


def kl_gradient(logits: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    """softmax(z) − y for rows of y that sum to 1: (N, K)."""
    return softmax(_floats(logits), axis=1) - _floats(y_true)


def _floats(values: ArrayLike) -> np.ndarray:
    return np.asarray(values, dtype=np.float64)


def _error(y_pred: ArrayLike, y_true: ArrayLike) -> np.ndarray:
    return _floats(y_pred) - _floats(y_true)


def _sign(y_true: ArrayLike) -> np.ndarray:
    """1 and 0 as +1 and −1."""
    return 2 * _floats(y_true) - 1


_ALL = (
    Loss(
        name="mse",
        loss=mse,
        gradient=mse_gradient,
        formula=r"L = (\hat y - y)^2",
        gradient_formula=r"\frac{\partial L}{\partial \hat y} = 2\,(\hat y - y)",
        source="Legendre 1805, Nouvelles méthodes pour la détermination des orbites des comètes, appendix",
    ),
    Loss(
        name="mae",
        loss=mae,
        gradient=mae_gradient,
        formula=r"L = |\hat y - y|",
        gradient_formula=r"\frac{\partial L}{\partial \hat y} = \operatorname{sign}(\hat y - y)",
        source="Laplace 1793, Sur quelques points du système du monde",
    ),
    Loss(
        name="huber",
        loss=huber,
        gradient=huber_gradient,
        formula=(
            r"L = \begin{cases} \frac12 (\hat y - y)^2 & |\hat y - y| \le \delta \\"
            r" \delta\,(|\hat y - y| - \frac{\delta}{2}) & |\hat y - y| > \delta \end{cases}"
        ),
        gradient_formula=(
            r"\frac{\partial L}{\partial \hat y} = \begin{cases} \hat y - y & |\hat y - y| \le \delta \\"
            r" \delta\,\operatorname{sign}(\hat y - y) & |\hat y - y| > \delta \end{cases}"
        ),
        source="Huber 1964, Robust estimation of a location parameter",
        parameter="delta",
        default=HUBER_DELTA,
    ),
    Loss(
        name="log_cosh",
        loss=log_cosh,
        gradient=log_cosh_gradient,
        formula=r"L = \ln\cosh(\hat y - y)",
        gradient_formula=r"\frac{\partial L}{\partial \hat y} = \tanh(\hat y - y)",
        source="Green 1990, Bayesian reconstructions from emission tomography data using a modified EM algorithm",
    ),
    Loss(
        name="pinball",
        loss=pinball,
        gradient=pinball_gradient,
        formula=r"L = \begin{cases} q\,(y - \hat y) & \hat y < y \\ (1 - q)\,(\hat y - y) & \hat y \ge y \end{cases}",
        gradient_formula=(
            r"\frac{\partial L}{\partial \hat y}"
            r" = \begin{cases} -q & \hat y < y \\ 0 & \hat y = y \\ 1 - q & \hat y > y \end{cases}"
        ),
        source="Koenker & Bassett 1978, Regression quantiles",
        parameter="quantile",
        default=PINBALL_QUANTILE,
    ),
    Loss(
        name="bce_with_logits",
        loss=bce_with_logits,
        gradient=bce_with_logits_gradient,
        formula=r"L = -y \ln \sigma(z) - (1 - y) \ln(1 - \sigma(z))",
        gradient_formula=r"\frac{\partial L}{\partial z} = \sigma(z) - y",
        source="Bishop 2006, Pattern recognition and machine learning, eq. 4.90 and 4.91",
    ),
    Loss(
        name="cross_entropy",
        loss=cross_entropy,
        gradient=cross_entropy_gradient,
        formula=r"L = -\ln p_y,\quad p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
        gradient_formula=r"\frac{\partial L}{\partial z_k} = p_k - [k = y]",
        source="Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
    ),
    Loss(
        name="hinge",
        loss=hinge,
        gradient=hinge_gradient,
        formula=r"L = \max(0,\ 1 - y z),\quad y = \pm 1",
        gradient_formula=r"\frac{\partial L}{\partial z} = \begin{cases} -y & y z < 1 \\ 0 & y z \ge 1 \end{cases}",
        source="Cortes & Vapnik 1995, Support-vector networks",
    ),
    Loss(
        name="focal",
        loss=focal,
        gradient=focal_gradient,
        formula=(
            r"L = -(1 - p)^\gamma \ln p,\quad"
            r" p = \begin{cases} \sigma(z) & y = 1 \\ \sigma(-z) & y = 0 \end{cases}"
        ),
        gradient_formula=r"\frac{\partial L}{\partial z} = (2y - 1)\,(1 - p)^\gamma\,(\gamma\,p \ln p + p - 1)",
        source="Lin, Goyal, Girshick, He & Dollár 2017, Focal loss for dense object detection, eq. 4",
        parameter="gamma",
        default=FOCAL_GAMMA,
    ),
    Loss(
        name="kl",
        loss=kl,
        gradient=kl_gradient,
        formula=r"L = \sum_k y_k \ln\frac{y_k}{p_k},\quad p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
        gradient_formula=r"\frac{\partial L}{\partial z_k} = p_k - y_k",
        source="Kullback & Leibler 1951, On information and sufficiency",
    ),
)
LOSSES: dict[str, Loss] = {loss.name: loss for loss in _ALL}
