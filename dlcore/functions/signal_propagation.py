"""What mean-field theory expects of a wide random net: the variance of activations and the size of gradients by layer.

For layers z = W h, h = f(z) of equal width n, weights independent with mean 0 and variance σ², and n large, every
entry of z is normal with variance q, and (Poole et al. 2016, eq. 3; Schoenholz et al. 2017, eq. 7)

    q₁ = nσ² E[x²],   qₗ₊₁ = nσ² E[f(√qₗ Z)²],   E‖∂L/∂zₗ‖² = nσ² E[f'(√qₗ Z)²] · E‖∂L/∂zₗ₊₁‖²,   Z ~ N(0, 1).

Glorot & Bengio 2010 (n σ² = 1) and He et al. 2015 (n σ² = 2) are the choices that make these factors 1 for a linear
unit and for ReLU.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

Elementwise = Callable[[np.ndarray], np.ndarray]

REACH, N_NODES = 10.0, 4000  # the normal density is below 1e-22 beyond; a kink at 0 lies between two nodes


class Propagation(NamedTuple):
    """Arrays (depth,): variance of the activations, gradient norm of the weights, root mean square of f'(z)."""

    variance: np.ndarray
    grad_norm: np.ndarray
    slope: np.ndarray


def weight_variance(rule: str, width: int, std: float) -> float:
    """The variance of one weight of a square layer: Xavier 1/n, He 2/n, normal `std`², zeros 0."""
    return {"xavier": 1 / width, "he": 2 / width, "normal": std**2, "zeros": 0.0}[rule]


def propagate(f: Elementwise, df: Elementwise, variance: float, width: int, depth: int, n_samples: int) -> Propagation:
    """The expectations for inputs of variance 1 and a loss Σ r·h / `n_samples` with r ~ N(0, 1) at the last layer.

    Args:
        f, df: the activation and its derivative, elementwise.
        variance: of one weight.
    """
    gain = width * variance
    sizes = [1.0]  # E[h²], inputs first
    variances, slopes = [], []
    for _ in range(depth):
        size, variance_here, slope = _moments(f, df, gain * sizes[-1])
        sizes.append(size)
        variances.append(variance_here)
        slopes.append(slope)
    norms = np.empty(depth)
    upstream = slopes[-1]  # E[δ²] for one entry of z, before the division by the number of samples
    for layer in reversed(range(depth)):
        norms[layer] = width * np.sqrt(upstream * sizes[layer] / n_samples)
        upstream *= gain * slopes[layer - 1]
    return Propagation(np.array(variances), norms, np.sqrt(slopes))


def steepest(df: Elementwise) -> float:
    """The largest |f'(x)|: 1/4 for the sigmoid."""
    return float(np.abs(df(np.linspace(-REACH, REACH, 20_001))).max())


def _moments(f: Elementwise, df: Elementwise, q: float) -> tuple[float, float, float]:
    """E[f²], Var f and E[f'²] of √q Z; without spread (q = 0) the values at 0."""
    nodes, weights = _normal_nodes() if q > 0 else (np.zeros(1), np.ones(1))
    x = np.sqrt(q) * nodes
    values, slopes = f(x), df(x)
    spread = values - weights @ values
    return float(weights @ values**2), float(weights @ spread**2), float(weights @ slopes**2)


@functools.cache
def _normal_nodes() -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of the trapezoidal rule for N(0, 1); the weights sum to 1."""
    nodes = np.linspace(-REACH, REACH, N_NODES)
    density = np.exp(-(nodes**2) / 2)
    return nodes, density / density.sum()
