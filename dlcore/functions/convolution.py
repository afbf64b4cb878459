"""Convolution and pooling in closed form, as libraries compute them: cross-correlation, the kernel is not flipped."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from dlcore.errors import ShapeError


def window_size(kernel: int, dilation: int = 1) -> int:
    """How many pixels a window reaches over: d(k − 1) + 1."""
    return dilation * (kernel - 1) + 1


def output_size(n: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """⌊(n + 2p − d(k − 1) − 1)/s⌋ + 1, the places of a window along a side of `n` pixels (Dumoulin & Visin 2016).

    Raises ShapeError: window_too_large (n, padding, padded, kernel, dilation, window) when the window has no place.
    """
    padded, window = n + 2 * padding, window_size(kernel, dilation)
    if window > padded:
        numbers = {"n": n, "padding": padding, "padded": padded, "kernel": kernel, "dilation": dilation}
        raise ShapeError("window_too_large", **numbers, window=window)
    return (padded - window) // stride + 1


def check_pool_padding(kernel: int, padding: int) -> None:
    """Raises ShapeError: pool_padding (padding, kernel, high) when windows could lie in the padding altogether."""
    if padding > kernel // 2:
        raise ShapeError("pool_padding", padding=padding, kernel=kernel, high=kernel // 2)


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> np.ndarray:
    """A filter spans all input channels: y[o, i, j] = b[o] + Σ w[o, c, u, v] · x[c, s·i + d·u − p, s·j + d·v − p].

    Args:
        x: pictures (…, C, H, W), zero outside.
        weight: kernels (O, C, K, L).
        bias: (O,), zero if left out.

    Returns an array (…, O, H', W') in float64. Raises ShapeError: window_too_large; channels (value, expected).
    """
    x, weight = np.asarray(x, float), np.asarray(weight, float)
    if x.shape[-3] != weight.shape[1]:
        raise ShapeError("channels", value=x.shape[-3], expected=weight.shape[1])
    found = windows(x, weight.shape[2:], stride, padding, dilation, fill=0.0)  # (…, C, H', W', K, L)
    y = np.einsum("...chwkl,ockl->...ohw", found, weight, optimize=True)
    return y if bias is None else y + np.asarray(bias, float)[:, None, None]


def max_pool2d(x: ArrayLike, kernel: int, stride: int | None = None, padding: int = 0, dilation: int = 1) -> np.ndarray:
    """The largest value of every window (…, H, W) → (…, H', W'); what lies outside the picture never wins.

    `stride` is the kernel's size if left out. Raises ShapeError: window_too_large; pool_padding.
    """
    check_pool_padding(kernel, padding)
    found = windows(np.asarray(x, float), (kernel, kernel), stride or kernel, padding, dilation, fill=-np.inf)
    return found.max(axis=(-2, -1))


def avg_pool2d(x: ArrayLike, kernel: int, stride: int | None = None, padding: int = 0) -> np.ndarray:
    """The mean of every window, the zeros of the padding counted (torch's `count_include_pad`).

    `stride` is the kernel's size if left out. Raises ShapeError: window_too_large; pool_padding.
    """
    check_pool_padding(kernel, padding)
    found = windows(np.asarray(x, float), (kernel, kernel), stride or kernel, padding, 1, fill=0.0)
    return found.mean(axis=(-2, -1))


def windows(
    x: np.ndarray, kernel: tuple[int, ...], stride: int, padding: int, dilation: int, fill: float
) -> np.ndarray:
    """Every window of pictures (…, H, W) padded with `fill`: (…, H', W', K, L), a view where nothing is padded.

    Raises ShapeError: window_too_large.
    """
    for n, size in zip(x.shape[-2:], kernel, strict=True):
        output_size(n, size, stride, padding, dilation)
    sides = [(0, 0)] * (x.ndim - 2) + [(padding, padding)] * 2
    padded = np.pad(x, sides, constant_values=fill) if padding else x
    reach = (window_size(kernel[0], dilation), window_size(kernel[1], dilation))
    found = sliding_window_view(padded, reach, axis=(-2, -1))
    return found[..., ::stride, ::stride, ::dilation, ::dilation]
