"""What the page Concepts claims: the playground's Arena with both sides."""

from __future__ import annotations

from dlcore.evidence.rows import Claim, Published, Side, link
from dlcore.specs import PlaygroundSpec
from dlcore.specs.playground import SHARED

CIRCLE = PlaygroundSpec(dataset="circle")
SPIRAL = PlaygroundSpec(dataset="spiral", hidden_sizes=(16, 16), n_steps=3000)
MOONS = PlaygroundSpec(dataset="moons", hidden_sizes=(4,))
FEW_NOISY = PlaygroundSpec(dataset="xor", n_samples=60, noise=0.4, hidden_sizes=(32, 32), n_steps=3000)


def arena(name: str, first: PlaygroundSpec, second: PlaygroundSpec) -> Claim:
    """A claim that the Arena shows side by side."""
    shared = {f"b.{field}" for field in SHARED}
    opened = {"arena": "on", **link("playground", ("", first), ("b.", second))}
    opened = {field: text for field, text in opened.items() if field not in shared}
    return Claim(name, "concepts", opened, first=Side(first), second=Side(second))


CLAIMS = (
    arena("bend", CIRCLE.replace(hidden_sizes=(4, 2)), CIRCLE.replace(hidden_sizes=(32, 32), activation="identity")),
    arena(
        "features",
        CIRCLE.replace(hidden_sizes=(), features=("x1_squared", "x2_squared")),
        CIRCLE.replace(hidden_sizes=()),
    ),
    arena("zeros", CIRCLE, CIRCLE.replace(init="zeros")),
    arena("units", SPIRAL, SPIRAL.replace(hidden_sizes=(2,))),
    arena("deeper", MOONS.replace(hidden_sizes=(4,) * 5), MOONS),
    arena("l2", FEW_NOISY.replace(l2=0.01), FEW_NOISY),
)
PUBLISHED: tuple[Published, ...] = ()
