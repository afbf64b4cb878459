"""What the tab VAE claims: its samples are read as digits, and random codes of a plain autoencoder are not."""

from __future__ import annotations

from dlcore.evidence.rows import THREE, Claim, Published, Side, link
from dlcore.specs import VaeSpec
from dlcore.specs.vae import VAE_PRESETS

SPECS = {2: VaeSpec(), 16: VaeSpec(**VAE_PRESETS["roomy"])}


def samples(k: int, rival: str) -> Claim:
    """The share of samples that the judge is sure of, against the twin's codes drawn in one of two ways."""
    spec = SPECS[k]
    one = spec.replace(n_seeds=1)
    return Claim(
        f"vae_samples_{rival}_{k}",
        "other_models",
        link("vae", ("v.", spec)),
        THREE,
        "vae_confident",
        first=Side(one, "confident"),
        second=Side(one, f"confident_{rival}"),
    )


CLAIMS = tuple(samples(k, rival) for k in SPECS for rival in ("plain", "fitted"))
PUBLISHED: tuple[Published, ...] = ()
