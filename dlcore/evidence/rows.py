"""What a row of the evidence is: trainings, a measure, seeds, and the rule that gives the verdict. Runs nothing."""

from __future__ import annotations

import hashlib
import json
import math
import statistics
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dlcore.specs import Spec

Verdict = Literal["supported", "reproduced", "not_here", "differs", "mixed"]
Values = tuple[float, ...]  # one for each seed
EIGHT, THREE = tuple(range(8)), tuple(range(3))  # seeds


@dataclass(frozen=True)
class Side:
    """One number of a training: the scalar `measure` of its last frame.

    With `falls_to` it is the number of updates after which the measure is first that small, or all updates if never.
    """

    spec: Spec
    measure: str = "test_accuracy"
    falls_to: float | None = None

    def value(self, history: Sequence[Mapping[str, float]]) -> float:
        """The number, from the scalars of all recorded steps."""
        if self.falls_to is None:
            return history[-1][self.measure]
        return next((row["step"] for row in history if row[self.measure] <= self.falls_to), history[-1]["step"])

    def runs(self, seeds: Sequence[int]) -> list[Spec]:
        """The training from each seed."""
        return [self.spec.replace(seed=seed) for seed in seeds]


@dataclass(frozen=True)
class Row(ABC):
    """What claims and published results share.

    `name` is also the label of its sentence (`claim_<name>`, `published_<name>`). `page` is the slug of the page on
    which it can be tried, `link` what the address bar has to say there. `label` is the word for the measure.
    """

    name: str
    page: str
    link: Mapping[str, str] = field(default_factory=dict)
    seeds: tuple[int, ...] = EIGHT
    label: str = ""

    @property
    @abstractmethod
    def sides(self) -> tuple[Side, ...]:
        """What is trained."""

    @property
    def measure_label(self) -> str:
        return self.label or self.sides[0].measure

    @property
    def runs(self) -> Iterator[tuple[int, Side, Spec]]:
        """Number of the side, the side, and the spec of every training, both sides of a seed together."""
        for seed in self.seeds:
            for number, side in enumerate(self.sides):
                yield number, side, side.spec.replace(seed=seed)

    @property
    def digest(self) -> str:
        """Names what is measured: another digest is another measurement."""
        sides = [
            (side.spec.kind, sorted(side.spec.to_texts().items()), side.measure, side.falls_to) for side in self.sides
        ]
        return hashlib.sha256(json.dumps([sides, self.seeds]).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Claim(Row):
    """A sentence that says that `first` does better than `second`, which may also be a fixed number.

    The rule, seed by seed: better by more than `margin` from every seed is supported, from no seed is not here,
    anything else is mixed. Of a measure like a loss, smaller is better: `higher_is_better=False`.
    """

    first: Side = field(kw_only=True)
    second: Side | float = field(kw_only=True)
    higher_is_better: bool = True
    margin: float = 0.0

    @property
    def sides(self) -> tuple[Side, ...]:
        return (self.first, self.second) if isinstance(self.second, Side) else (self.first,)

    def effects(self, values: Sequence[Values]) -> Values:
        """By how much the first side is better, seed by seed; a training that diverged has lost."""
        first = values[0]
        second = values[1] if len(values) > 1 else (float(self.second),) * len(first)  # type: ignore[arg-type]
        sign = 1 if self.higher_is_better else -1
        return tuple(0.0 if a == b else sign * (a - b) for a, b in zip(first, second, strict=True))

    def verdict(self, values: Sequence[Values]) -> Verdict:
        better = [effect > self.margin for effect in self.effects(values)]
        return "supported" if all(better) else "mixed" if any(better) else "not_here"

    @property
    def lost(self) -> float:
        """What stands for the value of a training that diverged."""
        return -math.inf if self.higher_is_better else math.inf


@dataclass(frozen=True)
class Published(Row):
    """A figure `theirs` from a paper (`source`, as one cites it) beside what `ours` gives here.

    The rule, seed by seed: within `tolerance` (of a figure that is a bound: on its right side, by `rule`) from every
    seed is reproduced, from no seed differs, anything else is mixed.
    """

    ours: Side = field(kw_only=True)
    theirs: float = field(kw_only=True)
    source: str = field(kw_only=True)
    tolerance: float = 0.0
    rule: Literal["near", "at_most", "at_least"] = "near"
    spread: float | None = None  # of theirs, as published

    @property
    def sides(self) -> tuple[Side, ...]:
        return (self.ours,)

    def verdict(self, values: Sequence[Values]) -> Verdict:
        agrees = [self._agrees(value) for value in values[0]]
        return "reproduced" if all(agrees) else "mixed" if any(agrees) else "differs"

    def _agrees(self, value: float) -> bool:
        if self.rule == "near":
            return abs(value - self.theirs) <= self.tolerance
        return value <= self.theirs if self.rule == "at_most" else value >= self.theirs

    @property
    def lost(self) -> float:
        return math.inf if self.rule == "at_most" else -math.inf


@dataclass(frozen=True)
class Outcome:
    """What was measured for a row: `values` of each side and seed, and `made`: when, with what, how long it took."""

    row: Claim | Published
    values: tuple[Values, ...]
    made: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        return self.row.verdict(self.values)

    @property
    def medians(self) -> Values:
        return tuple(statistics.median(side) for side in self.values)


def link(tab: str, *scopes: tuple[str, Spec]) -> dict[str, str]:
    """What the address bar of a page says for a tab and specs, each with the prefix of its scope."""
    said = {"tab": tab} if tab else {}
    for prefix, spec in scopes:
        said |= {f"{prefix}{name}": text for name, text in spec.to_texts().items()}
    return said
