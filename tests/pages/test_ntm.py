"""The tab Neural Turing Machine without a browser: the film's numbers are true, absurd links are taken."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from dlcore.advance import advance, ask
from dlcore.specs import CopyTaskSpec
from pages.other_models.ntm_explorer import FIRST, read_choice
from pages.other_models.ntm_film import HEADS, HEARS, IS_TOLD, SPEAKS, make_film
from tests.pages.test_pages import open_app
from ui.text import read_labels

LABELS = read_labels("en")
SMALL = CopyTaskSpec(n_steps=5, max_length=2, n_slots=6, slot_width=3, n_controller_units=4, n_lstm_units=3)
LINK = {"tab": "ntm"} | {f"n.{name}": text for name, text in SMALL.to_texts().items()}


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in this process, keep nothing."""
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    monkeypatch.setenv("DLCORE_CACHE_DIR", "")


@pytest.fixture(scope="module")
def answer() -> dict:
    return ask(SMALL, advance(SMALL, None, 5).state, {"length": 3, "number": 4, "place": 1})


def test_the_formulas_below_the_bars_are_true(answer):
    """What each stage's sentence says of a slot gives the bar's height; the last stage is what the machine did."""
    for t, frame in enumerate(make_film(answer)):
        for place, head in enumerate(HEADS):
            of = {name.removeprefix(f"{head}_"): value for name, value in frame.items() if name.startswith(head)}
            raised = np.exp(of["strength"] * of["cosine"])
            assert of["content"] == pytest.approx(raised / raised.sum(), abs=1e-5)
            gated = of["gate"] * of["content"] + (1 - of["gate"]) * of["previous"]
            assert of["gated"] == pytest.approx(gated, abs=1e-5)
            shifted = of["back"] * of["ahead"] + of["stay"] * of["gated"] + of["on"] * of["behind"]
            assert of["shifted"] == pytest.approx(shifted, abs=1e-5)
            powers = of["shifted"] ** of["power"]
            assert of["weights"] == pytest.approx(powers / powers.sum(), abs=1e-4)
            assert of["weights"] == pytest.approx(answer["weights"][t, place], abs=1e-4)


def test_a_film_has_a_frame_a_step(answer):
    film = make_film(answer)
    assert [frame["phase"] for frame in film] == [HEARS] * 3 + [IS_TOLD] + [SPEAKS] * 3
    assert [frame["word"] for frame in film if frame["phase"] == SPEAKS] == [1, 2, 3]
    assert film[0]["said"].shape == film[0]["wanted"].shape == (4, 7)
    assert film[0]["reader_path"].shape == (6, 7)
    off = np.abs(film[0]["said"][:, 4:] - film[0]["wanted"][:, 4:].astype(float)) / 2
    assert film[0]["wrong"][:, 4:] == pytest.approx(off, abs=1)


def test_what_an_address_may_choose():
    read = functools.partial(read_choice, {"length": (1, 40), "number": (0, 9999), "place": (1, 2)})
    assert read("7,12,2") == {"length": 7, "number": 12, "place": 2}
    assert read("7,-1,2") == read("") == read("a,b,c") == FIRST
    assert read("99999999999,1,1")["length"] == 40


def test_an_absurd_link_opens_and_is_corrected():
    app = open_app("other_models", "en", **{**LINK, "n.n_slots": "1e9", "sequence": "4000,99999999,77"})
    assert not app.exception
    assert app.query_params["sequence"] == "40,9999,2"
    assert any("64" in warning.value for warning in app.warning)


def test_without_the_machine_there_is_nothing_to_look_into():
    app = open_app("other_models", "en", **{**LINK, "n.machines": "lstm"})
    assert [info.value for info in app.info] == [LABELS["ntm_no_machine"]]


def test_a_preset_changes_the_settings_and_the_verdict_counts_bits():
    app = open_app("other_models", "en", **LINK, sequence="3,4,2")
    assert any("of 12 bits wrong" in caption.value for caption in app.caption)
    app.button(key="other_models.ntm.preset.narrow").click().run()
    assert app.query_params["n.n_slots"] == "12"
    assert "n.max_length" not in app.query_params
