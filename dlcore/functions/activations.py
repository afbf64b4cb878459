"""Thirteen activation functions with their derivatives, formulas and sources, in float64 and safe for |x| up to 1e4."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, ndtr

Elementwise = Callable[..., np.ndarray]

LEAKY_SLOPE, PRELU_SLOPE, ELU_SLOPE = 0.01, 0.25, 1.0
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805  # Klambauer et al. 2017, section 2
GELU_CUBIC = 0.044715  # Hendrycks & Gimpel 2016, section 2


@dataclass(frozen=True)
class Activation:
    """An activation `f` and its derivative `df`: any shape in, the same shape in float64 out.

    `formula` and `derivative_formula` are LaTeX. `range` holds infimum and supremum of `f` at the default slope.
    `zero_centered` says whether the mean of f(z) over z ~ N(0, 1) is 0 (LeCun et al. 1998, section 4.3, on why that
    matters). `slope` is the default of the keyword `slope` of `f` and `df` (α in the formulas), None where there is
    none.

    At a kink `df` is the derivative from the left, as in torch: ReLU'(0) = 0, LeakyReLU'(0) = PReLU'(0) = ELU'(0) = α,
    SELU'(0) = λα.
    """

    name: str
    f: Elementwise
    df: Elementwise
    formula: str
    derivative_formula: str
    range: tuple[float, float]
    zero_centered: bool
    source: str
    slope: float | None = None


def _float64(function: Elementwise) -> Elementwise:
    """Let `function` take a number or an array of any type, and compute in float64."""

    @functools.wraps(function)
    def converted(x: ArrayLike, **options: float) -> np.ndarray:
        return function(np.asarray(x, dtype=np.float64), **options)

    return converted


@_float64
def identity(x: np.ndarray) -> np.ndarray:
    """x."""
    return x.copy()


@_float64
def identity_derivative(x: np.ndarray) -> np.ndarray:
    """1."""
    return np.ones_like(x)


@_float64
def sigmoid(x: np.ndarray) -> np.ndarray:
    """1 / (1 + e⁻ˣ)."""
    return expit(x)


@_float64
def sigmoid_derivative(x: np.ndarray) -> np.ndarray:
    """σ(x) σ(−x), which is σ (1 − σ) without the rounding of 1 − σ."""
    return expit(x) * expit(-x)


@_float64
def tanh(x: np.ndarray) -> np.ndarray:
    """The hyperbolic tangent."""
    return np.tanh(x)


@_float64
def tanh_derivative(x: np.ndarray) -> np.ndarray:
    """1 − tanh² x."""
    return 1 - np.tanh(x) ** 2


@_float64
def relu(x: np.ndarray) -> np.ndarray:
    """max(x, 0)."""
    return np.maximum(x, 0)


@_float64
def relu_derivative(x: np.ndarray) -> np.ndarray:
    """1 for x > 0, else 0; so 0 at 0."""
    return np.where(x > 0, 1.0, 0.0)


@_float64
def leaky_relu(x: np.ndarray, *, slope: float = LEAKY_SLOPE) -> np.ndarray:
    """x for x > 0, else `slope` times x."""
    return np.where(x > 0, x, slope * x)


@_float64
def leaky_relu_derivative(x: np.ndarray, *, slope: float = LEAKY_SLOPE) -> np.ndarray:
    """1 for x > 0, else `slope`; so `slope` at 0."""
    return np.where(x > 0, 1.0, slope)


@_float64
def silu(x: np.ndarray) -> np.ndarray:
    """x σ(x), also called Swish."""
    return x * expit(x)


@_float64
def silu_derivative(x: np.ndarray) -> np.ndarray:
    """σ(x) + x σ(x) σ(−x)."""
    return expit(x) * (1 + x * expit(-x))


@_float64
def elu(x: np.ndarray, *, slope: float = ELU_SLOPE) -> np.ndarray:
    """x for x > 0, else α (eˣ − 1); `slope` is α, the slope just left of 0."""
    return np.where(x > 0, x, slope * np.expm1(np.minimum(x, 0)))


@_float64
def elu_derivative(x: np.ndarray, *, slope: float = ELU_SLOPE) -> np.ndarray:
    """1 for x > 0, else α eˣ; so α at 0."""
    return np.where(x > 0, 1.0, slope * np.exp(np.minimum(x, 0)))


@_float64
def selu(x: np.ndarray) -> np.ndarray:
    """λ ELU(x) with the α and λ that keep mean 0 and variance 1 from layer to layer."""
    return SELU_SCALE * elu(x, slope=SELU_ALPHA)


@_float64
def selu_derivative(x: np.ndarray) -> np.ndarray:
    """λ for x > 0, else λα eˣ; so λα at 0."""
    return SELU_SCALE * elu_derivative(x, slope=SELU_ALPHA)


@_float64
def gelu(x: np.ndarray) -> np.ndarray:
    """x Φ(x), Φ being the distribution function of N(0, 1)."""
    return x * ndtr(x)


@_float64
def gelu_derivative(x: np.ndarray) -> np.ndarray:
    """Φ(x) + x φ(x), φ being the density of N(0, 1)."""
    return ndtr(x) + x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


@_float64
def gelu_tanh(x: np.ndarray) -> np.ndarray:
    """GELU with Φ approximated by a tanh."""
    return x * (1 + np.tanh(_gelu_inner(x))) / 2


@_float64
def gelu_tanh_derivative(x: np.ndarray) -> np.ndarray:
    """The derivative of the approximation, not an approximation of GELU's derivative."""
    t = np.tanh(_gelu_inner(x))
    inner_derivative = np.sqrt(2 / np.pi) * (1 + 3 * GELU_CUBIC * x**2)
    return (1 + t) / 2 + x * (1 - t**2) * inner_derivative / 2


def _gelu_inner(x: np.ndarray) -> np.ndarray:
    return np.sqrt(2 / np.pi) * (x + GELU_CUBIC * x**3)


@_float64
def softplus(x: np.ndarray) -> np.ndarray:
    """ln(1 + eˣ)."""
    return np.logaddexp(0, x)


@_float64
def mish(x: np.ndarray) -> np.ndarray:
    """x tanh(softplus(x))."""
    return x * np.tanh(np.logaddexp(0, x))


@_float64
def mish_derivative(x: np.ndarray) -> np.ndarray:
    """t + x σ(x) (1 − t²) with t = tanh(softplus(x))."""
    t = np.tanh(np.logaddexp(0, x))
    return t + x * expit(x) * (1 - t**2)


_LEAKY = r"f(x) = \begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases}"
_LEAKY_DERIVATIVE = r"f'(x) = \begin{cases} 1 & x > 0 \\ \alpha & x \le 0 \end{cases}"
_INF = float("inf")

_ALL = (
    Activation(
        name="identity",
        f=identity,
        df=identity_derivative,
        formula=r"f(x) = x",
        derivative_formula=r"f'(x) = 1",
        range=(-_INF, _INF),
        zero_centered=True,
        source="Widrow & Hoff 1960, Adaptive switching circuits",
    ),
    Activation(
        name="sigmoid",
        f=sigmoid,
        df=sigmoid_derivative,
        formula=r"f(x) = \sigma(x) = \frac{1}{1 + e^{-x}}",
        derivative_formula=r"f'(x) = \sigma(x)\,(1 - \sigma(x))",
        range=(0.0, 1.0),
        zero_centered=False,
        source="Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors, eq. 2",
    ),
    Activation(
        name="tanh",
        f=tanh,
        df=tanh_derivative,
        formula=r"f(x) = \tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}",
        derivative_formula=r"f'(x) = 1 - \tanh^2(x)",
        range=(-1.0, 1.0),
        zero_centered=True,
        source="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.4",
    ),
    Activation(
        name="relu",
        f=relu,
        df=relu_derivative,
        formula=r"f(x) = \max(0, x)",
        derivative_formula=r"f'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
        range=(0.0, _INF),
        zero_centered=False,
        source="Nair & Hinton 2010, Rectified linear units improve restricted Boltzmann machines",
    ),
    Activation(
        name="leaky_relu",
        f=leaky_relu,
        df=leaky_relu_derivative,
        formula=_LEAKY,
        derivative_formula=_LEAKY_DERIVATIVE,
        range=(-_INF, _INF),
        zero_centered=False,
        source="Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models",
        slope=LEAKY_SLOPE,
    ),
    Activation(
        name="prelu",
        f=functools.partial(leaky_relu, slope=PRELU_SLOPE),  # whose slope is learned
        df=functools.partial(leaky_relu_derivative, slope=PRELU_SLOPE),
        formula=_LEAKY,
        derivative_formula=_LEAKY_DERIVATIVE,
        range=(-_INF, _INF),
        zero_centered=False,
        source="He, Zhang, Ren & Sun 2015, Delving deep into rectifiers, eq. 1",
        slope=PRELU_SLOPE,
    ),
    Activation(
        name="silu",
        f=silu,
        df=silu_derivative,
        formula=r"f(x) = x\,\sigma(x)",
        derivative_formula=r"f'(x) = \sigma(x) + x\,\sigma(x)\,(1 - \sigma(x))",
        range=(-0.2784645427610738, _INF),
        zero_centered=False,
        source="Elfwing, Uchibe & Doya 2018, Sigmoid-weighted linear units; Ramachandran, Zoph & Le 2017 (Swish)",
    ),
    Activation(
        name="elu",
        f=elu,
        df=elu_derivative,
        formula=r"f(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^x - 1) & x \le 0 \end{cases}",
        derivative_formula=r"f'(x) = \begin{cases} 1 & x > 0 \\ \alpha\,e^x & x \le 0 \end{cases}",
        range=(-ELU_SLOPE, _INF),
        zero_centered=False,
        source="Clevert, Unterthiner & Hochreiter 2016, Fast and accurate deep network learning by ELUs",
        slope=ELU_SLOPE,
    ),
    Activation(
        name="selu",
        f=selu,
        df=selu_derivative,
        formula=(
            r"f(x) = \lambda \begin{cases} x & x > 0 \\ \alpha\,(e^x - 1) & x \le 0 \end{cases}"
            r",\quad \alpha \approx 1.6733,\ \lambda \approx 1.0507"
        ),
        derivative_formula=r"f'(x) = \lambda \begin{cases} 1 & x > 0 \\ \alpha\,e^x & x \le 0 \end{cases}",
        range=(-SELU_SCALE * SELU_ALPHA, _INF),
        zero_centered=True,
        source="Klambauer, Unterthiner, Mayr & Hochreiter 2017, Self-normalizing neural networks, eq. 2",
    ),
    Activation(
        name="gelu",
        f=gelu,
        df=gelu_derivative,
        formula=r"f(x) = x\,\Phi(x) = \frac{x}{2}\left(1 + \operatorname{erf}\frac{x}{\sqrt 2}\right)",
        derivative_formula=r"f'(x) = \Phi(x) + \frac{x}{\sqrt{2\pi}}\,e^{-x^2/2}",
        range=(-0.16997120747990369, _INF),
        zero_centered=False,
        source="Hendrycks & Gimpel 2016, Gaussian error linear units, section 2",
    ),
    Activation(
        name="gelu_tanh",
        f=gelu_tanh,
        df=gelu_tanh_derivative,
        formula=r"f(x) = \frac{x}{2}\,(1 + \tanh u),\quad u = \sqrt{2/\pi}\,(x + 0.044715\,x^3)",
        derivative_formula=(
            r"f'(x) = \frac{1 + \tanh u}{2}"
            r" + \frac{x}{2}\,(1 - \tanh^2 u)\,\sqrt{2/\pi}\,(1 + 3 \cdot 0.044715\,x^2)"
        ),
        range=(-0.17004075057125406, _INF),
        zero_centered=False,
        source="Hendrycks & Gimpel 2016, Gaussian error linear units, section 2",
    ),
    Activation(
        name="softplus",
        f=softplus,
        df=sigmoid,
        formula=r"f(x) = \ln(1 + e^x)",
        derivative_formula=r"f'(x) = \sigma(x)",
        range=(0.0, _INF),
        zero_centered=False,
        source="Dugas, Bengio, Bélisle, Nadeau & Garcia 2001, Incorporating second-order functional knowledge",
    ),
    Activation(
        name="mish",
        f=mish,
        df=mish_derivative,
        formula=r"f(x) = x \tanh(\ln(1 + e^x))",
        derivative_formula=r"f'(x) = t + x\,\sigma(x)\,(1 - t^2),\quad t = \tanh(\ln(1 + e^x))",
        range=(-0.30884341301725043, _INF),
        zero_centered=False,
        source="Misra 2020, Mish: a self regularized non-monotonic activation function",
    ),
)
ACTIVATIONS: dict[str, Activation] = {activation.name: activation for activation in _ALL}
