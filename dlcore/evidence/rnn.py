"""What the page RNN, LSTM, GRU claims, and the figures of Hochreiter & Schmidhuber (1997) that it repeats."""

from __future__ import annotations

from dlcore.evidence.rows import THREE, Claim, Published, Side, link
from dlcore.specs import BpttSpec, MemoryLabSpec

ADDING = MemoryLabSpec(sequence_length=50, n_units=64, batch_size=50, n_steps=1000, n_seeds=1)
RECALL = MemoryLabSpec(memory_task="recall", sequence_length=40, n_steps=600, n_seeds=1)
LONGER = ADDING.replace(sequence_length=100, n_steps=1480)  # 74,000 sequences
REBER = MemoryLabSpec(memory_task="reber", n_units=16, n_steps=1242, n_seeds=1)  # 39,744 strings
VANISHING, EXPLODING = BpttSpec(radius=0.5, n_seeds=1), BpttSpec(n_seeds=1)


def of(cell: str, spec: MemoryLabSpec) -> Side:
    """The last error of one cell."""
    return Side(spec.replace(cells=(cell,)), f"error_{cell}")


def lab(*cells: str, spec: MemoryLabSpec) -> dict[str, str]:
    """The memory lab with several cells and the band."""
    return link("memory", ("m.", spec.replace(cells=cells, n_seeds=3)))


def versus(name: str, first: str, second: str, spec: MemoryLabSpec) -> Claim:
    """One cell errs less than another on the same task."""
    opened = lab(second, first, spec=spec)
    ours, other = of(first, spec), of(second, spec)
    return Claim(name, "rnn", opened, THREE, "memory_error", first=ours, second=other, higher_is_better=False)


def clipping(name: str, spec: BpttSpec) -> Claim:
    """With clipping a network errs less than without."""
    opened = link("bptt", ("b.", spec.replace(n_seeds=3)))
    ours, other = Side(spec, "error_clipped"), Side(spec, "error_plain")
    return Claim(name, "rnn", opened, THREE, "memory_error", first=ours, second=other, higher_is_better=False)


CLAIMS = (
    versus("lstm_long_term", "lstm", "rnn", RECALL),
    versus("lstm_adding", "lstm", "rnn", ADDING),
    versus("irnn_adding", "irnn", "rnn", ADDING),
    Claim(
        "forget_bias",
        "rnn",
        lab("lstm", spec=RECALL.replace(forget_bias=4.0)),
        THREE,
        "memory_error",
        first=of("lstm", RECALL.replace(forget_bias=4.0)),
        second=of("lstm", RECALL),
        higher_is_better=False,
    ),
    versus("reber_needs_lstm", "lstm", "rnn", REBER),
    clipping("clipping_exploding", EXPLODING),
    clipping("clipping_vanishing", VANISHING),
)
PUBLISHED = (
    Published(
        "adding_lstm",
        "rnn",
        lab("lstm", spec=LONGER),
        THREE,
        "memory_mse",
        ours=of("lstm", LONGER),
        theirs=0.01,
        source="Hochreiter & Schmidhuber 1997, experiment 4",
        rule="at_most",
    ),
    Published(
        "reber_lstm",
        "rnn",
        lab("lstm", spec=REBER),
        THREE,
        "memory_wrong_share",
        ours=of("lstm", REBER),
        theirs=0.0,
        source="Hochreiter & Schmidhuber 1997, experiment 1",
        rule="at_most",
    ),
)
