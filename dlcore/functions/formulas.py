"""Formulas of one variable that a reader types: read symbol by symbol, never handed to Python, and computed in numpy.

The grammar, from loose to tight: sums, products, signs, powers (from the right), calls and brackets. A product's sign
may be left out: `2x`, `3 sin(x)`, `(x+1)(x-1)`. ×, ·, ÷, −, ², ³, π and a Chinese keyboard's wide signs are understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from dlcore.errors import DataError

LONGEST, DEEPEST = 80, 20  # characters of a formula, and brackets and signs inside each other
CONSTANTS = {"pi": float(np.pi), "e": float(np.e)}
FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sin": np.sin,
    "cos": np.cos,
    "exp": np.exp,
    "abs": np.abs,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "log": np.log,
    "floor": np.floor,
    "sign": np.sign,
    "step": lambda x: (x > 0).astype(float),
}
OF_TWO: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {"max": np.maximum, "min": np.minimum}
_WRITTEN = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "π": "pi", "²": "^2", "³": "^3"})
_WIDE = {0xFF01 + number: 0x21 + number for number in range(94)}  # what a Chinese keyboard writes
_SYMBOL = re.compile(r"\s*(?:([0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)|([A-Za-z]+)|(.))")

Curve = Callable[[np.ndarray], np.ndarray]
Symbol = tuple[str, str, int]  # its kind, how it is written, and at which character, counted from 1


def formula_values(text: str, x: np.ndarray) -> np.ndarray:
    """The values of a formula at places `x`, of the same shape, float64.

    Raises DataError; `position` is the character, counted from 1, and `value` what stands there: formula_empty;
    formula_long (limit); formula_character: no sign of the grammar; formula_name (choices): unknown; formula_expected,
    formula_ended (wanted: operand, closing, comma, opening or end); formula_deep (limit). And formula_undefined: no
    finite number at the place `at`.
    """
    curve = read_formula(text)
    with np.errstate(all="ignore"):
        y = np.broadcast_to(curve(x.astype(float)), x.shape).astype(float)
    if not np.isfinite(y).all():
        raise DataError("formula_undefined", value=text, at=float(x[~np.isfinite(y)][0]))
    return y


def read_formula(text: str) -> Curve:
    """The formula as a function of an array; raises as `formula_values` says."""
    if not text.strip():
        raise DataError("formula_empty")
    if len(text) > LONGEST:
        raise DataError("formula_long", value=len(text), limit=LONGEST)
    return _Reader(split_formula(text)).read()


def split_formula(text: str) -> list[Symbol]:
    """The symbols of a formula and an end; positions are those of the text as it was typed."""
    symbols: list[Symbol] = []
    for position, character in enumerate(text.translate(_WIDE), 1):
        written = character.translate(_WRITTEN)
        symbols += [("", part, position) for part in written]
    joined = "".join(part for _, part, _ in symbols)
    found: list[Symbol] = []
    for match in _SYMBOL.finditer(joined):
        kind = ("number", "name", "sign")[(match.lastindex or 1) - 1]
        start = match.start(match.lastindex or 1)
        found.append((kind, match[match.lastindex or 1], symbols[start][2]))
    return [*_powers(found), ("end", "", len(text) + 1)]


def _powers(symbols: list[Symbol]) -> list[Symbol]:
    """`**` is written `^` from here on."""
    joined: list[Symbol] = []
    for symbol in symbols:
        before = joined[-1] if joined else None
        if symbol[1] == "*" and before is not None and before[1] == "*" and before[2] + 1 == symbol[2]:
            joined[-1] = ("sign", "^", before[2])
        else:
            joined.append(symbol)
    return joined


class _Reader:
    """Recursive descent; each method reads one rule of the grammar and returns it as a function of x."""

    def __init__(self, symbols: list[Symbol]) -> None:
        self.symbols, self.at, self.depth = symbols, 0, 0

    @property
    def next(self) -> Symbol:
        return self.symbols[self.at]

    def take(self, signs: str) -> str:
        """The next symbol if it is one of these signs, else nothing."""
        kind, written, _ = self.next
        if kind != "sign" or written not in signs:
            return ""
        self.at += 1
        return written

    def need(self, sign: str, wanted: str) -> None:
        if not self.take(sign):
            raise self.unexpected(wanted)

    def unexpected(self, wanted: str) -> DataError:
        kind, written, position = self.next
        if kind == "sign" and written not in "+-*/^(),":
            return DataError("formula_character", position=position, value=written)
        code = "formula_ended" if kind == "end" else "formula_expected"
        return DataError(code, position=position, value=written, wanted=wanted)

    def read(self) -> Curve:
        curve = self.sum()
        if self.next[0] != "end":
            raise self.unexpected("end")
        return curve

    def sum(self) -> Curve:
        curve = self.product()
        while sign := self.take("+-"):
            curve = _combined(np.add if sign == "+" else np.subtract, curve, self.product())
        return curve

    def product(self) -> Curve:
        curve = self.signed()
        while True:
            if sign := self.take("*/"):
                curve = _combined(np.multiply if sign == "*" else np.divide, curve, self.signed())
            elif self.next[0] in ("number", "name") or self.next[1] == "(":
                curve = _combined(np.multiply, curve, self.power())
            else:
                return curve

    def signed(self) -> Curve:
        sign = self.take("+-")
        if not sign:
            return self.power()
        inner = self.deeper(self.signed)
        return _applied(np.negative, inner) if sign == "-" else inner

    def power(self) -> Curve:
        base = self.operand()
        return _combined(np.power, base, self.deeper(self.signed)) if self.take("^") else base

    def operand(self) -> Curve:
        kind, written, _ = self.next
        if kind == "number":
            self.at += 1
            return _constant(float(written))
        if kind == "name":
            return self.named()
        self.need("(", "operand")
        curve = self.deeper(self.sum)
        self.need(")", "closing")
        return curve

    def named(self) -> Curve:
        _, written, position = self.next
        name = written.lower()
        self.at += 1
        if name == "x":
            return _place
        if name in CONSTANTS:
            return _constant(CONSTANTS[name])
        if name not in FUNCTIONS and name not in OF_TWO:
            names = ("x", *CONSTANTS, *FUNCTIONS, *OF_TWO)
            raise DataError("formula_name", position=position, value=written[:20], choices=names)
        self.need("(", "opening")
        first = self.deeper(self.sum)
        if name in FUNCTIONS:
            self.need(")", "closing")
            return _applied(FUNCTIONS[name], first)
        self.need(",", "comma")
        second = self.deeper(self.sum)
        self.need(")", "closing")
        return _combined(OF_TWO[name], first, second)

    def deeper(self, rule: Callable[[], Curve]) -> Curve:
        """Read a rule inside another one, but not without end."""
        if self.depth == DEEPEST:
            raise DataError("formula_deep", position=self.next[2], limit=DEEPEST)
        self.depth += 1
        curve = rule()
        self.depth -= 1
        return curve


def _place(x: np.ndarray) -> np.ndarray:
    return x


def _constant(value: float) -> Curve:
    return lambda x: np.full(x.shape, value)


def _applied(function: Callable[[np.ndarray], np.ndarray], inner: Curve) -> Curve:
    return lambda x: function(inner(x))


def _combined(function: Callable[[np.ndarray, np.ndarray], np.ndarray], first: Curve, second: Curve) -> Curve:
    return lambda x: function(first(x), second(x))
