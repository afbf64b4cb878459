"""Shape, parameters, multiply-adds and receptive field of every layer of a stack, before anything is built.

A stack is written as `conv 8 5 s1 p2-relu-maxpool 2-flatten-linear 10`:

- `conv CHANNELS KERNEL`, with `sSTRIDE`, `pPADDING`, `dDILATION` where they are not 1, 0, 1
- `maxpool KERNEL`, `avgpool KERNEL`, with `s`, `p` (and `d` for maxpool); the stride is the kernel's size if left out
- `linear UNITS`, `flatten`, `batchnorm`, `dropout SHARE`, or the name of an activation function

Layers are separated by `-` or `;`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dlcore.errors import ShapeError, StackError
from dlcore.functions.convolution import check_pool_padding, output_size

MAX_LAYERS = 12
ACTIVATION_LAYERS = (
    "relu",
    "leaky_relu",
    "prelu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "mish",
    "softplus",
    "tanh",
    "sigmoid",
)
WINDOWS = ("conv", "maxpool", "avgpool")
POOLS = ("maxpool", "avgpool")
PLAIN = ("flatten", "batchnorm", *ACTIVATION_LAYERS)  # without a number of their own
BOUNDS = {  # of every number that a layer may have
    "units": (1, 4096),
    "channels": (1, 512),
    "kernel": (1, 11),
    "stride": (1, 8),
    "padding": (0, 6),
    "dilation": (1, 4),
    "share": (0.0, 0.95),
}
_COUNT, _SHARE = re.compile(r"[0-9]+"), re.compile(r"[0-9]*\.[0-9]+|[0-9]+")
_OPTION = re.compile(r"([spd])([0-9]{1,4})")
_OPTION_NAMES = {"s": "stride", "p": "padding", "d": "dilation"}

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Layer:
    """One layer: `units` are channels of a conv or outputs of a linear, `share` is what a dropout leaves out."""

    kind: str
    units: int = 0
    kernel: int = 1
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    share: float = 0.0

    @property
    def text(self) -> str:
        """As `parse_stack` reads it, without what is left out anyway."""
        if self.kind == "dropout":
            return f"dropout {self.share:g}"
        if self.kind == "linear":
            return f"linear {self.units}"
        if self.kind not in WINDOWS:
            return self.kind
        said = f"conv {self.units} {self.kernel}" if self.kind == "conv" else f"{self.kind} {self.kernel}"
        usual = self.kernel if self.kind in POOLS else 1
        options = (("s", self.stride, usual), ("p", self.padding, 0), ("d", self.dilation, 1))
        return said + "".join(f" {name}{value}" for name, value, default in options if value != default)


@dataclass(frozen=True)
class LayerReport:
    """What one layer makes of what it is given.

    `shape` is (channels, *sides), or (units,) once flattened. `n_multiply_adds` are those for one picture in conv,
    linear and batchnorm (at test time, when it is one multiplication and one addition a number); biases, comparisons,
    and the additions of a pooling are not counted, and FLOPs are usually given as twice this number. `receptive_field`
    is how many input pixels along a side one output depends on, those beyond the border counted too.
    """

    name: str
    shape: Shape
    n_parameters: int
    n_multiply_adds: int
    receptive_field: int
    jump: int  # input pixels between neighbouring outputs

    @property
    def n_values(self) -> int:
        return math.prod(self.shape)


def parse_stack(text: str) -> tuple[Layer, ...]:
    """The layers of a text.

    Raises StackError, each with `layer` counted from 1 and `value`, the layer's text: layer_unknown; layer_numbers:
    too few, too many or no numbers; layer_between (name, number, low, high); too_many_layers (high).
    """
    parts = [part.strip().lower() for part in re.split(r"[-;]", text) if part.strip()]
    if len(parts) > MAX_LAYERS:
        raise StackError("too_many_layers", layer=MAX_LAYERS + 1, value=len(parts), high=MAX_LAYERS)
    return tuple(_parse_layer(number, part) for number, part in enumerate(parts, 1))


def stack_text(layers: tuple[Layer, ...]) -> str:
    """The inverse of `parse_stack`."""
    return "-".join(layer.text for layer in layers)


def describe_stack(layers: tuple[Layer, ...], input_shape: Shape) -> list[LayerReport]:
    """What every layer makes of pictures (channels, *sides), one report a layer; windows are equally long on all sides.

    Raises StackError with `layer` counted from 1 and `value`, its text: window_too_large and pool_padding as in
    `convolution`; layer_after_flatten: a window, where there are no sides any more; layer_before_flatten: a linear
    layer, where there still are.
    """
    reports: list[LayerReport] = []
    before = LayerReport("input", input_shape, 0, 0, 1, 1)
    for number, layer in enumerate(layers, 1):
        try:
            before = _describe(layer, before)
        except ShapeError as error:
            raise StackError(error.code, layer=number, value=layer.text, **error.values) from None
        reports.append(before)
    return reports


def _describe(layer: Layer, given: LayerReport) -> LayerReport:
    if layer.kind in WINDOWS:
        return _describe_window(layer, given)
    if layer.kind == "linear":
        return _describe_linear(layer, given)
    if layer.kind == "flatten":
        return _flatten(given)
    channels, n_values = given.shape[0], given.n_values
    is_norm = layer.kind == "batchnorm"
    n_parameters = {"batchnorm": 2 * channels, "prelu": 1}.get(layer.kind, 0)
    return LayerReport(
        layer.text, given.shape, n_parameters, n_values if is_norm else 0, given.receptive_field, given.jump
    )


def _describe_window(layer: Layer, given: LayerReport) -> LayerReport:
    """The receptive field grows by d(k − 1) steps, each as long as the strides below make it (Araujo et al. 2019)."""
    channels, *sides = given.shape
    if not sides:
        raise ShapeError("layer_after_flatten")
    if layer.kind in POOLS:
        check_pool_padding(layer.kernel, layer.padding)
    numbers = (layer.kernel, layer.stride, layer.padding, layer.dilation)
    places = [output_size(side, *numbers) for side in sides]
    field = given.receptive_field + layer.dilation * (layer.kernel - 1) * given.jump
    jump = given.jump * layer.stride
    if layer.kind in POOLS:
        return LayerReport(layer.text, (channels, *places), 0, 0, field, jump)
    n_weights = layer.units * channels * layer.kernel ** len(sides)
    shape = (layer.units, *places)
    return LayerReport(layer.text, shape, n_weights + layer.units, n_weights * math.prod(places), field, jump)


def _describe_linear(layer: Layer, given: LayerReport) -> LayerReport:
    if len(given.shape) > 1:
        raise ShapeError("layer_before_flatten")
    n_weights = given.shape[0] * layer.units
    field = given.receptive_field
    return LayerReport(layer.text, (layer.units,), n_weights + layer.units, n_weights, field, given.jump)


def _flatten(given: LayerReport) -> LayerReport:
    """From here on a unit may depend on every place: the receptive field covers them all."""
    longest = max(given.shape[1:], default=1)
    field = given.receptive_field + (longest - 1) * given.jump
    return LayerReport("flatten", (given.n_values,), 0, 0, field, given.jump)


def _parse_layer(number: int, text: str) -> Layer:
    kind, *words = text.split()
    if kind not in (*WINDOWS, *PLAIN, "linear", "dropout"):
        raise StackError("layer_unknown", layer=number, value=text[:40])
    try:
        found = dict(_numbers(kind, words))
    except (ValueError, TypeError):
        raise StackError("layer_numbers", layer=number, value=text[:40]) from None
    for name, value in found.items():
        low, high = BOUNDS["channels" if (kind, name) == ("conv", "units") else name]
        if not low <= value <= high:
            raise StackError(
                "layer_between", layer=number, value=text[:40], name=name, number=value, low=low, high=high
            )
    if kind == "dropout":
        return Layer(kind, share=round(found["share"], 2))
    return Layer(kind, **found)  # type: ignore[arg-type]


def _numbers(kind: str, words: list[str]) -> Iterator[tuple[str, int | float]]:
    """Names and values of a layer's numbers; raises ValueError where they are too many, too few or not numbers."""
    if kind == "dropout":
        (share,) = words
        yield "share", float(_checked(share, _SHARE))
        return
    needed = {"conv": ("units", "kernel"), "maxpool": ("kernel",), "avgpool": ("kernel",), "linear": ("units",)}
    names = needed.get(kind, ())
    values = [int(_checked(word, _COUNT)) for word in words[: len(names)]]
    yield from zip(names, values, strict=True)
    allowed = {"conv": "spd", "maxpool": "spd", "avgpool": "sp"}.get(kind, "")
    if kind in POOLS:
        yield "stride", values[0]
    for word in words[len(names) :]:
        option = _OPTION.fullmatch(word)
        if option is None or option[1] not in allowed:
            raise ValueError(word)
        yield _OPTION_NAMES[option[1]], int(option[2])


def _checked(word: str, pattern: re.Pattern[str]) -> str:
    if pattern.fullmatch(word) is None:
        raise ValueError(word)
    return word
