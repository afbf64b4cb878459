"""The page GAN: presets, losses with what suits them, own places, the duel's shared data."""

from __future__ import annotations

import pytest

from dlcore.specs.gan_lab import PRESETS, SUITED
from pages.gan.duel import verdict
from tests.pages.test_pages import inline, open_app
from ui.course import find_page
from ui.page import Page
from ui.text import read_labels

__all__ = ["inline"]
LABELS = read_labels("en")


def press(app, label: str):
    return next(button for button in app.button if button.label == label).click().run()


def choose(app, key: str, value: str):
    return app.button_group(key=key).set_value(value).run()


@pytest.mark.parametrize("name", ["collapse", "low_m"])
def test_a_preset_is_in_the_address_bar_and_the_default_takes_it_back(name):
    app = press(open_app("gan", "en", tab="lab"), LABELS[f"gan_preset_{name}"])
    assert not app.exception
    assert app.query_params["gan_loss"] == PRESETS[name]["gan_loss"]
    app = press(app, LABELS["gan_preset_healthy"])
    assert set(app.query_params) == {"lang", "tab"}


def test_between_losses_that_train_alike_nothing_else_changes():
    app = open_app("gan", "en", tab="lab", gan_loss="minimax", learning_rate="0.0003", critic_steps="5")
    app = choose(app, "gan.lab.chosen", "non_saturating")
    assert (app.query_params["learning_rate"], app.query_params["critic_steps"]) == ("0.0003", "5")
    app = choose(app, "gan.lab.chosen", "wgan_gp")
    assert app.query_params["learning_rate"] == str(SUITED["wgan_gp"]["learning_rate"])


def test_own_places_begin_with_some_without_a_warning():
    app = open_app("gan", "en", tab="lab", dataset="own")
    begun = app.query_params["points"]
    app = press(open_app("gan", "en", tab="lab", dataset="own", points="1,1"), LABELS["gan_clear"])
    assert app.query_params["points"] == begun
    assert not app.warning


def test_own_places_as_text():
    app = open_app("gan", "en", tab="lab", dataset="own")
    assert not app.warning
    app.text_area[0].set_value("x1,x2\n1,1\n-2,oops").run()
    app = press(app, LABELS["gan_use"])
    assert "Line 3" in app.error[0].value
    app.text_area[0].set_value("1 1\n-2 0.5").run()
    app = press(app, LABELS["gan_use"])
    assert not app.error
    assert app.query_params["points"] == "1,1;-2,0.5"


def test_what_a_link_asks_for_and_cannot_get_is_told():
    app = open_app("gan", "en", tab="lab", learning_rate="99", gan_loss="nonsense", dataset="own", points="9,9")
    assert not app.exception
    assert len(app.warning) >= 3


def test_the_duel_begins_with_two_losses_and_shares_the_data():
    app = open_app("gan", "en", tab="duel")
    assert not app.exception
    assert app.query_params["b.gan_loss"] == "wgan_gp"
    assert not any(name.startswith("a.") for name in app.query_params)
    app = open_app("gan", "en", tab="duel", **{"a.dataset": "ring", "b.gan_loss": "began", "b.gamma": "0.2"})
    assert (app.query_params["a.dataset"], app.query_params["b.gamma"]) == ("ring", "0.2")
    assert "b.dataset" not in app.query_params
    app = open_app("gan", "en", tab="duel", duel="on", **{"a.gan_loss": "wgan_gp"})
    assert not any(name.startswith("b.") for name in app.query_params)  # the default, as the link has it


def row(measure: str, low: float, middle: float, high: float) -> dict[str, float]:
    return {measure: middle, f"{measure}_low": low, f"{measure}_high": high}


@pytest.mark.parametrize(
    ("measure", "a", "b", "said"),
    [
        ("modes", (8, 8, 8), (5, 6, 7), "A is better"),
        ("divergence", (0.2, 0.3, 0.4), (0.01, 0.02, 0.03), "B is better"),
        ("high_quality", (0.5, 0.6, 0.7), (0.7, 0.8, 0.9), "no verdict"),
    ],
)
def test_ranges_that_overlap_decide_nothing(measure, a, b, said):
    page = Page("gan", "en", LABELS, {})
    assert said in verdict(page, measure, row(measure, *a), row(measure, *b))


def test_the_mix_up_with_the_vae_is_put_right_with_a_link_to_other_models():
    app = open_app("gan", "en", tab="lab")
    link = next(link for link in app.get("page_link") if link.proto.label == LABELS["page_other_models"])
    page = find_page("other_models")
    assert link.proto.page == (page.slug if page.is_built else "")
