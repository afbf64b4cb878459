"""The tabs Images and Few labels: presets, the walk in the address, the verdict by the rule."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.evidence import recorded
from dlcore.evidence.gan_images import CLAIMS
from dlcore.specs.gan_images import IMAGE_PRESETS
from pages.gan.few_labels import verdict
from pages.gan.images import START_WALK, _tiles_of
from tests.pages.test_pages import inline, open_app
from ui.components.latent_walk import pack_walk
from ui.text import LANGUAGES, read_labels

__all__ = ["inline"]
QUICK = {"i.width": "4", "i.n_steps": "3"}


def said(app, name: str) -> str:
    value = app.query_params[name]
    return value[0] if isinstance(value, list) else value


def test_a_preset_sets_what_belongs_to_it_and_the_next_takes_it_back() -> None:
    app = open_app("gan", "en", tab="images", **QUICK)
    app.button(key="gan.images.preset.low_gamma").click().run()
    assert not app.exception
    assert (said(app, "i.gan_loss"), said(app, "i.critic_norm")) == ("began", "false")
    app.button(key="gan.images.preset.slow_critic").click().run()
    assert said(app, "i.rate_ratio") == "0.1"
    assert "i.gan_loss" not in app.query_params
    assert {f"images_preset_{name}" for name in IMAGE_PRESETS} <= set(read_labels("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_batch_norm_under_a_penalty_is_refused_with_its_reason(language: str) -> None:
    app = open_app("gan", language, tab="images", **QUICK, **{"i.gan_loss": "wgan_gp"})
    assert not app.exception
    warning = " ".join(part.value for part in app.warning)
    assert "WGAN-GP" in warning
    assert "{" not in warning
    assert said(app, "i.critic_norm") == "false"


def test_the_walk_is_kept_in_the_address() -> None:
    app = open_app("gan", "en", tab="images", walk="5,12", **QUICK)
    assert not app.exception
    assert said(app, "walk") == "5,12"
    assert any("From tile 5 to tile 12" in caption.value for caption in app.caption)


@pytest.mark.parametrize("asked", ["", "5", "0,3", "1,49", "a,b", "1,2,3", "-1,4", "9" * 50 + ",1"])
def test_nonsense_becomes_the_first_walk(asked: str) -> None:
    assert _tiles_of(asked) == START_WALK


def test_a_walk_travels_as_json() -> None:
    walk = {
        "images": np.arange(128, dtype=np.uint8).reshape(2, 8, 8),
        "nearest": np.zeros((2, 8, 8), np.uint8),
        "labels": np.array([3, 4]),
        "confidence": np.array([0.5, 0.12345]),
    }
    packed = pack_walk(walk)
    assert (packed["side"], packed["labels"], packed["confidence"]) == (8, [3, 4], [0.5, 0.123])


def test_the_verdict_follows_from_the_seeds() -> None:
    assert verdict({"n_better": 5.0}, 5) == "supported"
    assert verdict({"n_better": 1.0}, 5) == "mixed"
    assert verdict({"n_better": 0.0}, 5) == "not_here"


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_labels_opens_with_any_number_of_labels(language: str) -> None:
    app = open_app("gan", language, tab="few_labels", **{"f.n_labels": "20", "f.matching": "non_saturating"})
    assert not app.exception
    assert said(app, "f.n_labels") == "20"


def test_what_the_page_says_about_few_labels_is_on_record() -> None:
    outcomes = [recorded(claim) for claim in CLAIMS]
    assert [outcome.verdict for outcome in outcomes] == ["supported", "supported", "mixed"]
    points = [
        [round(100 * gain, 1) for gain in row.effects(outcome.values)]
        for row, outcome in zip(CLAIMS, outcomes, strict=True)
    ]
    assert [(min(gains), max(gains)) for gains in points] == [(4.2, 10.6), (0.4, 2.6), (-1.0, 0.6)]
    assert (sum(gain > 0 for gain in points[2]), sum(gain < 0 for gain in points[2])) == (3, 2)
    assert round(100 * outcomes[0].medians[1]) == 65
    assert 93 < 100 * outcomes[2].medians[1] < 95
