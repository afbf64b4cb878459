"""What the tab Autoencoder claims, and the result of Baldi & Hornik (1989) that it repeats."""

from __future__ import annotations

from dlcore.evidence.rows import EIGHT, THREE, Claim, Published, Side, link
from dlcore.specs import AutoencoderSpec
from dlcore.specs.autoencoder import AUTOENCODER_PRESETS, LINEAR

TOLERANCE = 0.1  # percent of PCA's error


def linear(k: int) -> Published:
    """How far the linear autoencoder stays above PCA's error on the digits that both learnt from, in percent."""
    spec = AutoencoderSpec(**LINEAR, bottleneck=k)
    return Published(
        f"ae_linear_{k}",
        "other_models",
        link("autoencoder", ("a.", spec)),
        EIGHT,
        "ae_excess",
        ours=Side(spec.replace(n_seeds=1), "excess"),
        theirs=0.0,
        source="Baldi & Hornik 1989",
        tolerance=TOLERANCE,
    )


def better(name: str, spec: AutoencoderSpec, second: Side | None = None) -> Claim:
    """Less error on unseen digits than PCA with as many numbers, or than `second`."""
    one = spec.replace(n_seeds=1)
    return Claim(
        name,
        "other_models",
        link("autoencoder", ("a.", spec)),
        THREE,
        "ae_error",
        first=Side(one, "error"),
        second=second or Side(one, "pca_error"),
        higher_is_better=False,
    )


DENOISING = AutoencoderSpec(**AUTOENCODER_PRESETS["denoising"])
STRAIGHT = AutoencoderSpec(**LINEAR, bottleneck=DENOISING.bottleneck, input_noise=DENOISING.input_noise, n_seeds=1)
CLAIMS = (
    better("ae_curved_2", AutoencoderSpec()),
    better("ae_curved_8", AutoencoderSpec(bottleneck=8)),
    better("ae_curved_16", AutoencoderSpec(bottleneck=16)),
    better("ae_wide_16", AutoencoderSpec(bottleneck=16, hidden_sizes=(128,))),
    better("ae_denoising", DENOISING),
    better("ae_denoising_linear", DENOISING, Side(STRAIGHT, "error")),
)
PUBLISHED = tuple(linear(k) for k in (2, 8, 16))
