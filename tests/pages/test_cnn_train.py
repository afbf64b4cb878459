"""The tabs Train your own and Why convolution: stacks are built and refused, links open, whatever they say."""

from __future__ import annotations

import pytest

from dlcore.functions.layer_arithmetic import parse_stack
from dlcore.specs import CnnSpec
from dlcore.specs.image_sets import IMAGE_SETS
from pages.cnn import builder, look_inside
from tests.pages.test_pages import inline, open_app

__all__ = ["inline"]


def test_the_train_tab_shows_a_built_stack_and_refuses_one_that_does_not_fit() -> None:
    app = open_app("cnn", "en", tab="train", image_set="mnist", layers="conv 4 5 s2-relu-flatten-linear 10")
    assert not app.exception
    shown = " ".join(part.value for part in app.markdown)
    assert "| 1 · conv 4 5 s2 | 4 × 12 × 12 | 104 | 14,400 | 28,800 | 5 |" in shown
    app.text_input(key="cnn.train.text").set_value("conv 4 5 - maxpool 40 - flatten - linear 10").run()
    assert not app.exception
    assert "Layer 2, maxpool 40" in app.error[0].value
    assert app.query_params["layers"] in ("conv 4 5 s2-relu-flatten-linear 10", ["conv 4 5 s2-relu-flatten-linear 10"])


def test_a_slider_has_its_value_as_default_too() -> None:
    """A busy browser answers with a new slider's default before it has taken the value that it is told."""
    app = open_app("cnn", "en", tab="train", learning_rate="0.07", n_steps="123")
    for name, value in (("learning_rate", "0.07"), ("batch_size", "64"), ("n_steps", "123")):
        proto = app.select_slider(key=f"cnn.train.{name}").proto
        assert [proto.options[int(index)] for index in proto.default] == [value]


@pytest.mark.parametrize(("p", "said"), [(0.99999, "> 99.9%"), (0.99949, "99.9%"), (0.5, "50.0%"), (1e-5, "< 0.1%")])
def test_no_probability_is_rounded_to_certainty(p: float, said: str) -> None:
    assert look_inside.percent(p) == said


@pytest.mark.parametrize("image_set", ["digits", "mnist", "mnist1d"])
def test_every_preset_fits_every_set(image_set: str) -> None:
    usual = builder.PRESETS[IMAGE_SETS[image_set].shape[-1]]["usual"]
    spec = CnnSpec(image_set=image_set, layers=usual)
    sizes = {}
    for name in builder.PRESET_NAMES:
        stack = builder.preset(name, spec)
        assert spec.replace(layers=stack).layers == stack
        sizes[name] = sum(
            report.n_parameters for report in builder.fitting(parse_stack(stack), IMAGE_SETS[image_set].shape)
        )
    assert sizes["mlp"] == pytest.approx(sizes["usual"], rel=0.02)
    assert sizes["one_layer"] < sizes["usual"]


def test_layers_are_changed_moved_and_removed() -> None:
    app = open_app("cnn", "en", tab="train")
    app.button_group(key="cnn.train.open").set_value(1).run()
    app.selectbox(key="cnn.train.layer.1.activation").set_value("gelu").run()
    app.button(key="cnn.train.builder_earlier").click().run()
    said = app.query_params["layers"]
    assert (said[0] if isinstance(said, list) else said).startswith("gelu-conv 16 3 p1-maxpool 2-")
    app.button(key="cnn.train.builder_remove").click().run()
    said = app.query_params["layers"]
    assert (said[0] if isinstance(said, list) else said).startswith("conv 16 3 p1-maxpool 2-conv 32")
    assert not app.exception


def test_absurd_addresses_open() -> None:
    absurd = {"layers": "conv 9999 3-" * 30, "learning_rate": "1e99", "image_set": "mnist_full", "n_steps": "-3"}
    app = open_app("cnn", "en", tab="train", **absurd)
    assert not app.exception
    assert "not on this server" in " ".join(warning.value for warning in app.warning)
    app = open_app("cnn", "zh", tab="why", **{"w.n_steps": "20", "w.pooling": "nonsense", "w.n_seeds": "1e9"})
    assert not app.exception
