"""Claims that the course makes: an experiment on either side, over several seeds, with a rule for the verdict.

The outcomes are recorded in `evidence.json`; `python -m dlcore evidence` measures them again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dlcore.execution import InlineExecutor
from dlcore.run import FOREVER
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import PlaygroundSpec

RECORDED = Path(__file__).with_name("evidence.json")
N_SEEDS = 8
SPIRAL = PlaygroundSpec(dataset="spiral", hidden_sizes=(16, 16), n_steps=3000)
FEW_NOISY = PlaygroundSpec(dataset="xor", n_samples=60, noise=0.4, hidden_sizes=(32, 32), n_steps=3000)


@dataclass(frozen=True)
class Claim:
    """`first` is the side that the claim says does better, by the last value of `measure` (higher is better)."""

    name: str
    first: PlaygroundSpec
    second: PlaygroundSpec
    measure: str = "test_accuracy"


CLAIMS = (
    Claim(
        "bend",
        PlaygroundSpec(dataset="circle", hidden_sizes=(4, 2)),
        PlaygroundSpec(dataset="circle", hidden_sizes=(32, 32), activation="identity"),
    ),
    Claim(
        "features",
        PlaygroundSpec(dataset="circle", hidden_sizes=(), features=("x1_squared", "x2_squared")),
        PlaygroundSpec(dataset="circle", hidden_sizes=()),
    ),
    Claim("zeros", PlaygroundSpec(dataset="circle"), PlaygroundSpec(dataset="circle", init="zeros")),
    Claim("units", SPIRAL, SPIRAL.replace(hidden_sizes=(2,))),
    Claim(
        "deeper",
        PlaygroundSpec(dataset="moons", hidden_sizes=(4,) * 5),
        PlaygroundSpec(dataset="moons", hidden_sizes=(4,)),
    ),
    Claim("l2", FEW_NOISY.replace(l2=0.01), FEW_NOISY),
)


@dataclass(frozen=True)
class Range:
    """One measure over the seeds."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """What was measured for a claim; `verdict` is supported, not_here or mixed."""

    claim: Claim
    first: Range
    second: Range

    @property
    def verdict(self) -> str:
        """Decided by whether the ranges over all seeds overlap, not by opinion."""
        if self.first.low > self.second.high:
            return "supported"
        return "not_here" if self.first.high < self.second.low else "mixed"


def measure(claim: Claim) -> Outcome:
    """Train both sides here, from `N_SEEDS` seeds each."""
    return Outcome(claim, _last(claim.first, claim.measure), _last(claim.second, claim.measure))


def recorded() -> list[Outcome]:
    """The outcomes on record, in the order of `CLAIMS`."""
    table = json.loads(RECORDED.read_text(encoding="utf-8"))["outcomes"]
    return [
        Outcome(claim, Range(**table[claim.name]["first"]), Range(**table[claim.name]["second"])) for claim in CLAIMS
    ]


def record(outcomes: list[Outcome]) -> None:
    """Write the outcomes with what they were measured with."""
    table = {outcome.claim.name: {"first": vars(outcome.first), "second": vars(outcome.second)} for outcome in outcomes}
    provenance: dict[str, Any] = {name: version(name) for name in ("torch", "numpy")}
    provenance |= {"command": "python -m dlcore evidence", "seeds": N_SEEDS}
    RECORDED.write_text(json.dumps({"measured_with": provenance, "outcomes": table}, indent=2) + "\n", encoding="utf-8")


def _last(spec: PlaygroundSpec, name: str) -> Range:
    run = RunStore(InlineExecutor(), Settings()).get(spec.replace(n_seeds=N_SEEDS))
    run.start("evidence", FOREVER)
    row = run.history()[-1]
    return Range(*(round(row[key], 4) for key in (name, f"{name}_low", f"{name}_high")))
