"""A lesson's link: what it hides is not there, what it locks cannot be moved, and it stays in the address."""

from __future__ import annotations

from tests.pages.test_pages import inline, open_app
from ui.text import read_labels

__all__ = ["inline"]
LABELS = read_labels("en")


def keys(app, kind):
    return {widget.key: widget for widget in app.get(kind)}


def test_hidden_and_locked_controls():
    app = open_app("concepts", "en", tab="playground", hide="dataset,tabs", lock="noise,activation,hidden_sizes")
    assert not app.exception
    boxes = keys(app, "selectbox")
    assert "concepts.playground.dataset" not in boxes
    assert boxes["concepts.playground.activation"].disabled
    assert keys(app, "slider")["concepts.playground.noise"].disabled
    assert keys(app, "number_input")["concepts.playground.hidden_sizes.0"].disabled
    assert not keys(app, "slider")["concepts.playground.n_samples"].disabled
    assert (app.query_params["hide"], app.query_params["lock"]) == ("dataset,tabs", "noise,activation,hidden_sizes")
    assert app.query_params["tab"] == "playground"


def test_what_is_no_control_is_ignored():
    app = open_app("losses", "en", tab="pairing", hide="nonsense,<b>,,", lock="pairing")
    assert not app.exception


def test_the_builder_makes_the_link():
    app = open_app("concepts", "en", tab="playground", learning_rate="0.3")
    app.session_state["concepts.playground.share"] = True
    app.run()
    app.session_state["concepts.playground.lesson"] = True
    app.run()
    app.multiselect(key="concepts.playground.lesson.hide").set_value(["tabs", "init"])
    app.multiselect(key="concepts.playground.lesson.lock").set_value(["noise"]).run()
    link = app.code[-1].value
    assert "learning_rate=0.3" in link
    assert "hide=tabs,init" in link
    assert "lock=noise" in link
