"""What the page GAN claims: losses on eight Gaussians (radius 2, σ 0.05), and what BEGAN's M can tell."""

from __future__ import annotations

from dlcore.evidence.rows import THREE, Claim, Published, Side, link
from dlcore.specs import GanLabSpec
from dlcore.specs.gan_lab import PRESETS, SUITED

DEFAULT = GanLabSpec()
CLIPPED, PENALISED, BEGAN = (
    GanLabSpec(**{"gan_loss": loss, **SUITED[loss]}) for loss in ("wgan_clip", "wgan_gp", "began")
)
LESS_DIVERSE, MORE_DIVERSE = BEGAN.replace(gamma=0.3), BEGAN.replace(gamma=1.0)
FAR_AHEAD = GanLabSpec(**PRESETS["vanishing"])


def duel(name: str, measure: str, first: GanLabSpec, second: GanLabSpec, higher_is_better: bool = True) -> Claim:
    """A claim that the duel shows side by side."""
    return Claim(
        name,
        "gan",
        {"duel": "on", **link("duel", ("a.", first), ("b.", second))},
        THREE,
        label=f"gan_measure_{measure}",
        first=Side(first, measure),
        second=Side(second, measure),
        higher_is_better=higher_is_better,
    )


def bound(name: str, spec: GanLabSpec, second: float, higher_is_better: bool = True) -> Claim:
    """A claim about the number of modes that one run covers."""
    return Claim(
        name,
        "gan",
        link("lab", ("", spec)),
        THREE,
        label="gan_measure_modes",
        first=Side(spec, "modes"),
        second=second,
        higher_is_better=higher_is_better,
    )


CLAIMS = (
    bound("gan_penalty_all_modes", PENALISED, 7.0),
    duel("gan_wasserstein_modes", "modes", PENALISED, DEFAULT),
    duel("gan_penalty_quality", "high_quality", PENALISED, DEFAULT),
    duel("gan_clip_modes", "modes", PENALISED, CLIPPED),
    duel("gan_clip_quality", "high_quality", PENALISED, CLIPPED),
    duel("gan_vanishing", "gradient_size", FAR_AHEAD.replace(gan_loss="non_saturating"), FAR_AHEAD),
    bound("gan_began_few_modes", BEGAN, 4.0, higher_is_better=False),
    duel("gan_began_m_falls", "m", LESS_DIVERSE, MORE_DIVERSE, higher_is_better=False),
    duel("gan_began_m_measures", "divergence", LESS_DIVERSE, MORE_DIVERSE, higher_is_better=False),
)
PUBLISHED: tuple[Published, ...] = ()
