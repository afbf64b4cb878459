"""The evidence: what the course claims and what others have published, declared page by page, measured, recorded.

A page adds its rows in a module of its own, named after the page, with `CLAIMS` and `PUBLISHED`, and is listed here.
"""

from dlcore.evidence import (
    activations,
    autoencoder,
    backprop,
    cnn,
    concepts,
    copying,
    fully_connected,
    gan,
    gan_images,
    linear_regression,
    losses,
    ml_vs_dl,
    pr_curve,
    rbm,
    recursive,
    rnn,
    sequences,
    vae,
)
from dlcore.evidence.record import measure, outcome, provenance, recorded, write
from dlcore.evidence.rows import Claim, Outcome, Published, Side

PAGES = (
    concepts,
    activations,
    losses,
    backprop,
    linear_regression,
    ml_vs_dl,
    cnn,
    gan,
    gan_images,
    pr_curve,
    rnn,
    sequences,
    autoencoder,
    vae,
    copying,
    fully_connected,
    recursive,
    rbm,
)
CLAIMS: tuple[Claim, ...] = tuple(claim for page in PAGES for claim in page.CLAIMS)
PUBLISHED: tuple[Published, ...] = tuple(row for page in PAGES for row in page.PUBLISHED)
ROWS: dict[str, Claim | Published] = {claim.name: claim for claim in CLAIMS} | {row.name: row for row in PUBLISHED}

__all__ = [
    "CLAIMS",
    "PUBLISHED",
    "ROWS",
    "Claim",
    "Outcome",
    "Published",
    "Side",
    "measure",
    "outcome",
    "provenance",
    "recorded",
    "write",
]
