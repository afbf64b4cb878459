"""The tabs Autoencoder and VAE: presets, the place in the address, verdicts by the rule, equations with numbers."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.charts.reparameterise import KINDS, N_DRAWS, draws_chart
from dlcore.data.digit_split import split_digits
from dlcore.evidence import autoencoder as rows
from dlcore.evidence import recorded
from dlcore.evidence import vae as vae_rows
from dlcore.specs import AutoencoderSpec, VaeSpec
from pages.other_models import autoencoder, vae
from pages.other_models.latent_map import START, place_of
from pages.other_models.one_draw import equations, two_ways
from pages.other_models.pca_first import SIZES, rebuilt_by_size
from tests.pages.test_pages import inline, open_app
from ui.page import Page
from ui.text import read_labels

__all__ = ["inline"]
LABELS = read_labels("en")
PAGE = Page("other_models", "en", LABELS, {})


def said(app, name: str) -> str:
    value = app.query_params[name]
    return value[0] if isinstance(value, list) else value


def test_a_preset_sets_what_belongs_to_it_and_the_next_takes_it_back() -> None:
    app = open_app("other_models", "en", tab="autoencoder", **{"a.n_seeds": "1"})
    app.button(key="other_models.autoencoder.preset.linear_16").click().run()
    assert not app.exception
    assert (said(app, "a.activation"), said(app, "a.bottleneck"), said(app, "a.n_seeds")) == ("identity", "16", "1")
    app.button(key="other_models.autoencoder.preset.curved").click().run()
    assert not {name for name in app.query_params if name.startswith("a.")} - {"a.n_seeds"}


def test_the_place_is_kept_in_the_address_and_moved_by_its_sliders() -> None:
    app = open_app("other_models", "en", tab="vae", **{"v.at": "0.52,-1.2", "v.n_seeds": "1"})
    assert not app.exception
    assert said(app, "v.at") == "0.5,-1.2"
    app.slider(key="other_models.vae.at.0").set_value(-2.0).run()
    assert said(app, "v.at") == "-2,-1.2"
    assert app.slider(key="other_models.vae.at.1").value == -1.2


@pytest.mark.parametrize(
    ("asked", "place"),
    [("1,2", (1.0, 2.0)), ("99,-99", (3.5, -3.5)), ("a,b", START), ("1", START), ("nan,1", START), ("", START)],
)
def test_whatever_the_address_says_is_a_place(asked: str, place: tuple[float, float]) -> None:
    assert place_of(asked) == place


def test_without_a_map_there_is_nothing_to_decode() -> None:
    app = open_app("other_models", "zh", tab="autoencoder", **{"a.bottleneck": "7", "a.input_noise": "0.2"})
    assert not app.exception
    assert not any("other_models.autoencoder.at" in (slider.key or "") for slider in app.slider)


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ({"excess": 0.01, "excess_high": 0.02, "angle": 1.0, "angle_high": 2.0}, "PCA's error is reached"),
        ({"excess": 0.01, "excess_high": 0.2, "angle": 1.0, "angle_high": 2.0}, "Not yet PCA's error"),
        ({"gain": 5.0, "gain_low": 1.0, "gain_high": 9.0}, "Better than PCA from every seed"),
        ({"gain": -5.0, "gain_low": -9.0, "gain_high": -1.0}, "Worse than PCA from every seed"),
        ({"gain": 5.0, "gain_low": -1.0, "gain_high": 9.0}, "−1.0 to 9.0"),
    ],
)
def test_the_verdict_on_pca_follows_from_the_worst_seed(last: dict[str, float], words: str) -> None:
    assert words in autoencoder.verdict(PAGE, AutoencoderSpec(), last)


def shares(first: tuple[float, float], plain: tuple[float, float], kl: float = 2.0) -> dict[str, float]:
    found = {"kl": kl, "confident": sum(first) / 2, "confident_plain": sum(plain) / 2, "confident_fitted": 0.5}
    for name, (low, high) in (("confident", first), ("confident_plain", plain)):
        found |= {f"{name}_low": low, f"{name}_high": high}
    return found


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (shares((0.4, 0.5), (0.2, 0.3)), "The VAE's samples are read as digits more often"),
        (shares((0.2, 0.3), (0.4, 0.5)), "The plain autoencoder's random codes"),
        (shares((0.2, 0.4), (0.3, 0.5)), "No clear difference"),
        (shares((0.4, 0.5), (0.2, 0.3), kl=0.01), "Posterior collapse"),
    ],
)
def test_the_verdict_on_samples_needs_bands_that_do_not_overlap(last: dict[str, float], words: str) -> None:
    assert words in vae.verdict(PAGE, VaeSpec(), last)


def test_pca_with_every_component_gives_the_digit_back() -> None:
    shown = rebuilt_by_size(3)
    split = split_digits()
    first = split.x_test[np.flatnonzero(split.y_test == 3)[0]]
    assert np.array_equal(shown["rebuilt"][0], np.round(255 * first).astype(np.uint8))
    errors = shown["errors"][1:]
    assert (np.diff(errors) <= 0).all()
    assert SIZES[-1] == 64
    assert errors[-1] < 0.01


ANSWER = {
    "mu": [0.5],
    "sigma": [0.4],
    "epsilon": [-1.0],
    "z": [0.1],
    "slope": [2.0],
    "slope_sigma": [-2.0],
    "kl": [0.62],
    "kl_mu": [0.5],
    "kl_sigma": [-2.1],
    **{
        f"{way}_{kind}_{name}": [3.0]
        for way in ("path", "score")
        for kind in ("mean", "sd")
        for name in ("mu", "sigma")
    },
}


def test_the_equations_have_their_numbers() -> None:
    answer = {name: np.array(value) for name, value in ANSWER.items()} | {"beta": 2.0}
    written = equations(answer, 0)
    assert r"0.5 + 0.4 \cdot (-1) &&= 0.1" in written
    assert r"2 + 2 \cdot 0.5 &&= 3" in written
    assert r"2 \cdot (-1) + 2 \cdot (-2.1) &&= -6.2" in written
    assert two_ways(answer, 0, LABELS).shape == (2, 5)


def test_the_chart_of_draws_uses_the_same_draws_in_every_row() -> None:
    chart = draws_chart(LABELS).to_dict()
    (table,) = chart["datasets"].values()
    drawn = [[row["epsilon"] for row in table if row["kind"] == kind] for kind in KINDS]
    assert drawn[0] == drawn[1] == drawn[2]
    assert len(drawn[0]) == N_DRAWS
    assert {param["name"] for param in chart["params"]} >= {"mu", "sigma"}


def test_what_the_page_says_is_on_record() -> None:
    assert [recorded(row).verdict for row in rows.PUBLISHED] == ["reproduced"] * 3
    verdicts = {row.name: recorded(row).verdict for row in (*rows.CLAIMS, *vae_rows.CLAIMS)}
    lost = {name for name, verdict in verdicts.items() if verdict != "supported"}
    assert lost == {"ae_curved_16", "vae_samples_plain_2", "vae_samples_fitted_2"}
    wide = recorded(vae_rows.CLAIMS[2])
    assert [round(min(side), 2) for side in wide.values] == [0.43, 0.24]
    assert [round(max(side), 2) for side in wide.values] == [0.46, 0.30]


def test_a_collapse_after_a_fork_is_put_down_to_the_last_beta() -> None:
    spec = VaeSpec(edits=((100, "beta", 20.0),))
    assert "β = 20" in vae.verdict(PAGE, spec, shares((0.0, 0.0), (0.2, 0.3), kl=0.0))
