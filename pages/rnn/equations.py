"""The equations of a cell as LaTeX with the numbers of one unit at one time step put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

SQUASHED = {"rnn": r"\tanh", "irnn": r"\max(0,\cdot)", "g": r"\tanh", "n": r"\tanh"}  # every other gate: σ


def equations(cell: str, answer: Mapping[str, Any], t: int, unit: int) -> list[list[str]]:
    """One chain of equal sides for each gate and state: its name, the formula, then numbers and the value.

    `answer` is what the experiment said about the string.
    """
    traces, terms = answer["traces"], answer["terms"]
    values = {name: float(trace[t, unit]) for name, trace in traces.items()}
    before = {name: float(traces[name][t - 1, unit]) if t else 0.0 for name in ("h", "c") if name in traces}
    lines = [gate_line(cell, gate, parts, t, unit, values) for gate, parts in terms.items()]
    return lines + state_lines(cell, values, before)


def gate_line(cell: str, gate: str, parts: Mapping[str, np.ndarray], t: int, unit: int, values: Mapping) -> list[str]:
    """gate = σ(W x + b + U h + b′) = σ(numbers) = σ(sum) = value."""
    wx, uh = float(parts["given"][t, unit]), float(parts["recurrent"][t, unit])
    b, b2 = float(parts["b"][unit]), float(parts["b2"][unit])
    f = SQUASHED.get(cell if gate == "h" else gate, r"\sigma")
    row = "" if gate == "h" else f"_{gate}"
    if (cell, gate) == ("gru", "n"):
        formula = rf"W{row}x_t + b{row} + r\,(U{row}h_{{t-1}} + b'{row})"
        numbers = f"{say(wx)} {plus(b)} + {say(values['r'])}\\,({say(uh)} {plus(b2)})"
        total = wx + b + values["r"] * (uh + b2)
    else:
        formula = rf"W{row}x_t + b{row} + U{row}h_{{t-1}} + b'{row}"
        numbers = f"{say(wx)} {plus(b)} {plus(uh)} {plus(b2)}"
        total = wx + b + uh + b2
    open_, close = (r"\max(0,\;", ")") if "max" in f else (f"{f}(", ")")
    return [gate, *(f"{open_}{inside}{close}" for inside in (formula, numbers, say(total))), say(values[gate])]


def state_lines(cell: str, values: Mapping[str, float], before: Mapping[str, float]) -> list[list[str]]:
    """What the gates do with the state."""
    v = {name: bracket(value) for name, value in values.items()}
    old = {name: bracket(value) for name, value in before.items()}
    if cell == "lstm":
        return [
            ["c_t", r"f\,c_{t-1} + i\,g", f"{v['f']}\\cdot {old['c']} + {v['i']}\\cdot {v['g']}", say(values["c"])],
            ["h_t", r"o\,\tanh(c_t)", f"{v['o']}\\cdot\\tanh({say(values['c'])})", say(values["h"])],
        ]
    if cell == "gru":
        new = f"(1 - {say(values['z'])})\\cdot {v['n']} + {v['z']}\\cdot {old['h']}"
        return [["h_t", r"(1-z)\,n + z\,h_{t-1}", new, say(values["h"])]]
    return []


def latex(sides: list[str]) -> str:
    """A chain as LaTeX, narrow enough for a phone: formula and numbers one below the other."""
    name, formula, *numbers, value = sides
    rows = r" \\ ".join([f"{name} &= {formula}", *(f"&= {side}" for side in numbers)])
    return rf"\begin{{aligned}} {rows} = {value} \end{{aligned}}"


def say(value: float) -> str:
    """Three decimals."""
    return f"{value:.3f}".replace("-0.000", "0.000")


def plus(value: float) -> str:
    """A term of a sum with its sign."""
    return f"- {say(-value)}" if value < 0 else f"+ {say(value)}"


def bracket(value: float) -> str:
    """A factor of a product."""
    return f"({say(value)})" if value < 0 else say(value)
