"""Backpropagation through a 2-2-1 net by hand, correct or with one of four common mistakes in it.

The net: hₙ = tanh(W xₙ + b), yₙ = v·hₙ + c, L = Σₙ (yₙ − tₙ)² over three examples. Parameters are flat (9,), in the
order of `NAMES`.
"""

from __future__ import annotations

import numpy as np

NAMES = ("w₁₁", "w₁₂", "w₂₁", "w₂₂", "b₁", "b₂", "v₁", "v₂", "c")
FAULTS = ("none", "no_accumulation", "stale_gradient", "wrong_transpose", "bias_per_weight")
BIASES = (4, 5, 8)
N_EXAMPLES = 3
STEP = 1e-5  # of the central differences


def draw_case(case: int) -> tuple[str, np.ndarray, np.ndarray, np.ndarray]:
    """Fault, parameters (9,), inputs (3, 2) and targets (3,) of a case; cases 1–5, 6–10, … hold every fault once."""
    block, place = divmod(case - 1, len(FAULTS))
    fault = FAULTS[np.random.default_rng([block, 0]).permutation(len(FAULTS))[place]]
    generator = np.random.default_rng([case, 1])
    parameters = generator.uniform(0.3, 1.0, len(NAMES)) * generator.choice([-1, 1], len(NAMES))
    x = generator.uniform(0.4, 1.5, (N_EXAMPLES, 2)) * generator.choice([-1, 1], (N_EXAMPLES, 2))
    return fault, parameters.round(2), x.round(2), generator.uniform(-1, 1, N_EXAMPLES).round(2)


def loss(parameters: np.ndarray, x: np.ndarray, t: np.ndarray) -> float:
    """Σ (y − t)²."""
    w, b, v, c = unpack_parameters(parameters)
    return float(np.sum((np.tanh(x @ w.T + b) @ v + c - t) ** 2))


def unpack_parameters(parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """W (2, 2), b (2,), v (2,), c; W, b and v are views."""
    return parameters[:4].reshape(2, 2), parameters[4:6], parameters[6:8], float(parameters[8])


def example_gradient(parameters: np.ndarray, x: np.ndarray, t: float) -> np.ndarray:
    """∂L/∂(parameters) (9,) of one example x (2,)."""
    w, b, v, c = unpack_parameters(parameters)
    h = np.tanh(w @ x + b)
    delta_y = 2 * (v @ h + c - t)
    delta_z = delta_y * v * (1 - h * h)
    return np.concatenate([np.outer(delta_z, x).ravel(), delta_z, delta_y * h, [delta_y]])


def coded_gradient(fault: str, parameters: np.ndarray, x: np.ndarray, t: np.ndarray, before: np.ndarray) -> np.ndarray:
    """What the code calls the gradient (9,); `before` is what it called so at the step before (zeros at the first)."""
    gradient = before.copy() if fault == "stale_gradient" else np.zeros(len(NAMES))
    for example in range(len(t)):
        part = example_gradient(parameters, x[example], t[example])
        if fault == "wrong_transpose":
            part[[1, 2]] = part[[2, 1]]  # x δᵀ in place of δ xᵀ
        gradient = part if fault == "no_accumulation" else gradient + part
    return gradient


def coded_change(fault: str, gradient: np.ndarray, learning_rate: float) -> np.ndarray:
    """What the code adds to the parameters (9,); per weight, a bias moves as often as its unit has weights: twice."""
    times = np.ones(len(NAMES))
    if fault == "bias_per_weight":
        times[list(BIASES)] = 2
    return -learning_rate * times * gradient


def central_differences(parameters: np.ndarray, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """(L(θ + h) − L(θ − h)) / 2h in every parameter (9,)."""
    steps = STEP * np.eye(len(NAMES))
    return np.array([(loss(parameters + s, x, t) - loss(parameters - s, x, t)) / (2 * STEP) for s in steps])
