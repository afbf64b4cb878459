"""Least squares in closed form: the solution, its curvature, the learning rate at which descent diverges, ridge, lasso.

Letters in shapes: N samples, D inputs. The loss is L = c/n Σ (ŷᵢ − yᵢ)² with a constant c: ½ or 1, or n/2 or n for
the sums without 1/n. Its Hessian H = 2c/n XᵀX, and with it every limit below, grows with c.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

FACTORS = ("half_mean", "mean", "half_sum", "sum")
LASSO_SWEEPS, LASSO_TOLERANCE = 1000, 1e-10


class LineFit(NamedTuple):
    """A straight line through points, and the correlation of their coordinates."""

    slope: float
    intercept: float
    r: float


def fit_line(x: np.ndarray, y: np.ndarray) -> LineFit:
    """The least-squares line through (N,) and (N,); slope 0 where all x are equal, r 0 where either is constant.

    slope = Σ(x−x̄)(y−ȳ) / Σ(x−x̄)² (Legendre 1805, Nouvelles méthodes pour la détermination des orbites des comètes).
    """
    dx, dy = x - x.mean(), y - y.mean()
    xx, yy, xy = dx @ dx, dy @ dy, dx @ dy
    slope = xy / xx if xx > 0 else 0.0
    r = xy / np.sqrt(xx * yy) if xx > 0 and yy > 0 else 0.0
    return LineFit(float(slope), float(y.mean() - slope * x.mean()), float(r))


def design(x: np.ndarray) -> np.ndarray:
    """Inputs (N, D) with a first column of ones (N, D + 1)."""
    return np.column_stack([np.ones(len(x)), x])


def solve(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Intercept and weights (D + 1,) that make Σ (ŷ − y)² smallest; the shortest such weights if there are many.

    The centred problem is solved by singular values (`numpy.linalg.lstsq`), so that an offset of x costs no digits;
    in exact arithmetic this is θ = (XᵀX)⁻¹ Xᵀy, the normal equations.
    """
    x_mean, y_mean = x.mean(axis=0), y.mean()
    w = np.linalg.lstsq(x - x_mean, y - y_mean, rcond=None)[0]
    return np.concatenate([[y_mean - x_mean @ w], w])


def factor(name: str, n: int) -> float:
    """c of the loss c/n Σ (ŷ − y)² for a name of FACTORS."""
    return {"half_mean": 0.5, "mean": 1.0, "half_sum": n / 2, "sum": float(n)}[name]


def hessian(x: np.ndarray, c: float = 0.5) -> np.ndarray:
    """Second derivatives (D + 1, D + 1) of the loss in intercept and weights: 2c/n XᵀX, the same everywhere."""
    a = design(x)
    return 2 * c / len(a) * a.T @ a


def curvatures(x: np.ndarray, c: float = 0.5) -> np.ndarray:
    """Eigenvalues of the Hessian (D + 1,), smallest first, none below 0: 2c/n times the squared singular values."""
    a = design(x)
    values = np.zeros(a.shape[1])
    found = np.linalg.svd(a, compute_uv=False)[::-1]
    values[len(values) - len(found) :] = found
    return 2 * c / len(a) * values**2


def rate_limit(x: np.ndarray, c: float = 0.5) -> float:
    """2/λmax: below it gradient descent on the whole data converges from every start, above it diverges.

    One step multiplies the distance from the solution along an eigenvector of H by 1 − ηλ; |1 − ηλ| < 1 for all λ > 0
    exactly when η < 2/λmax (Nocedal & Wright 2006, Numerical optimization, section 3.3, for a fixed step).
    """
    return float(2 / curvatures(x, c)[-1])


def best_rate(x: np.ndarray, c: float = 0.5) -> float:
    """2/(λmin + λmax), the constant rate whose slowest direction is fastest: it shrinks by (κ−1)/(κ+1) a step.

    Source: Polyak 1987, Introduction to optimization, section 1.4.2.
    """
    values = curvatures(x, c)
    return float(2 / (values[0] + values[-1]))


def condition_number(x: np.ndarray) -> float:
    """κ = λmax/λmin of the Hessian, whatever the factor of the loss; inf where columns depend on each other."""
    values = curvatures(x)
    return float(values[-1] / values[0]) if values[0] > 1e-13 * values[-1] else float("inf")


def steps_to_shrink(kappa: float, by: float = 1000) -> float:
    """Steps at `best_rate` until every part of the distance is `by` times smaller: ln by / ln((κ+1)/(κ−1))."""
    if not np.isfinite(kappa):
        return float("inf")
    return 1.0 if kappa - 1 < 1e-9 else float(np.log(by) / np.log((kappa + 1) / (kappa - 1)))


def ridge(x: np.ndarray, y: np.ndarray, strength: float) -> np.ndarray:
    """Intercept and weights (D + 1,) that minimise 1/(2n) Σ (ŷ − y)² + λ/2 Σ w²; the intercept is free.

    w = (XᵀX/n + λI)⁻¹ Xᵀy/n with centred x and y (Hoerl & Kennard 1970); λ = 0 is `solve`. Computed as least squares
    with √(nλ) I below x, which keeps the digits that XᵀX would lose.
    """
    if strength <= 0:
        return solve(x, y)
    n, d = x.shape
    x_mean, y_mean = x.mean(axis=0), y.mean()
    a = np.vstack([x - x_mean, np.sqrt(n * strength) * np.eye(d)])
    w = np.linalg.lstsq(a, np.concatenate([y - y_mean, np.zeros(d)]), rcond=None)[0]
    return np.concatenate([[y_mean - x_mean @ w], w])


def lasso(x: np.ndarray, y: np.ndarray, strength: float) -> np.ndarray:
    """Intercept and weights (D + 1,) that minimise 1/(2n) Σ (ŷ − y)² + λ Σ |w| (Tibshirani 1996); intercept free.

    The exact path from λ = ∞ down (`lasso_path_end`), then coordinate descent with soft thresholding (Friedman, Hastie
    & Tibshirani 2010, equation 5, covariance updates) until no weight moves a fitted value by more than 1e-10 of y's
    spread: one sweep where the path was exact, at most 1000 where columns are too much alike for it.
    """
    if strength <= 0:
        return solve(x, y)
    n = len(x)
    x_mean, y_mean = x.mean(axis=0), y.mean()
    gram, target = (x - x_mean).T @ (x - x_mean) / n, (x - x_mean).T @ (y - y_mean) / n
    w = lasso_path_end(gram, target, strength)
    size = np.sqrt(np.diag(gram))
    enough = LASSO_TOLERANCE * float(y.std())
    gradient = gram @ w - target
    for _ in range(LASSO_SWEEPS):
        largest = 0.0
        for j in np.flatnonzero(size > 0):
            pull = gram[j, j] * w[j] - gradient[j]
            new = np.sign(pull) * max(abs(pull) - strength, 0.0) / gram[j, j]
            if new != w[j]:
                gradient += gram[:, j] * (new - w[j])
                largest = max(largest, abs(new - w[j]) * size[j])
                w[j] = new
        if largest <= enough:
            break
    return np.concatenate([[y_mean - x_mean @ w], w])


def lasso_path_end(gram: np.ndarray, target: np.ndarray, strength: float) -> np.ndarray:
    """Lasso weights (D,) at λ for XᵀX/n and Xᵀy/n, followed along their path, which is straight between corners.

    Between corners the weights that are not 0 move as G⁻¹ sign for every unit of λ; at a corner one more begins to move
    or one becomes 0 (Osborne, Presnell & Turlach 2000; Efron et al. 2004, section 3.1).
    """
    w = np.zeros(len(target))
    slopes = target.copy()  # what is left of −∂(squared part)/∂w; |slope| = λ wherever w is not 0
    level = float(np.abs(slopes).max(initial=0.0))
    active: list[int] = []
    entering: int | None = int(np.abs(slopes).argmax()) if level > strength else None
    left: tuple[int, int] | None = None  # what has just become 0, and on which side: it does not come back there
    for _ in range(8 * len(w)):
        if entering is not None:
            active.append(entering)
        if level <= strength or not active:
            break
        direction = np.linalg.lstsq(gram[np.ix_(active, active)], np.sign(slopes[active]), rcond=None)[0]
        change = gram[:, active] @ direction
        step, entering, leaving = level - strength, None, None
        for j in range(len(w)):
            if j in active:
                continue
            for side in (1, -1):
                gap, speed = level - side * slopes[j], 1 - side * change[j]
                if (j, side) != left and speed > 1e-12 and gap / speed < step:
                    step, entering = max(gap / speed, 0.0), j
        for place, j in enumerate(active):
            if direction[place] * w[j] < 0 and -w[j] / direction[place] < step:
                step, entering, leaving = -w[j] / direction[place], None, j
        w[active] += step * direction
        slopes -= step * change
        level -= step
        left = None
        if leaving is not None:
            w[leaving], left = 0.0, (leaving, int(np.sign(slopes[leaving])))
            active.remove(leaving)
        elif entering is None:
            break
    return w


def standardise(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean (D,) and standard deviation (D,) of each input; 1 instead of a deviation of 0."""
    deviation = x.std(axis=0)
    return x.mean(axis=0), np.where(deviation > 1e-12 * np.maximum(1, np.abs(x).max(axis=0)), deviation, 1.0)


def r_squared(y_pred: np.ndarray, y: np.ndarray) -> float:
    """1 − Σ(y−ŷ)²/Σ(y−ȳ)²; 0 where y is constant."""
    total = ((y - y.mean()) ** 2).sum()
    return float(1 - ((y - y_pred) ** 2).sum() / total) if total > 0 else 0.0
