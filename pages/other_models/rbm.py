"""RBM: Gibbs steps by hand, the exact likelihood of a tiny machine, digits and their features, what these are worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dlcore.evidence import Claim, Published, recorded
from dlcore.evidence.rbm import FEATURE_CLAIMS, PUBLISHED, TINY_CLAIMS
from dlcore.run import Phase, Run
from dlcore.specs import BeliefNetSpec, RbmFeaturesSpec, Spec, TinyRbmSpec
from dlcore.specs.tiny_rbm import TINY_PRESETS
from pages.other_models.rbm_panels import digit_panels, feature_panels, film_panel, tiny_panels
from ui.answers import answer_of
from ui.components.gibbs import gibbs_steps
from ui.evidence import badge, numbers, sentence
from ui.page import Page
from ui.still import show_still

TINY, DIGITS, FEATURES = "tiny_rbm", "digit_rbm", "rbm_features"
TINY_FIELDS = (("rbm_rule", "gibbs_steps"), ("learning_rate", "rbm_momentum"), ("rbm_units", "n_steps"))
TINY_MORE = (("batch_size", "rbm_decay"), ("seed", "n_seeds"))
DIGIT_FIELDS = (("rbm_rule", "gibbs_steps"), ("learning_rate", "rbm_momentum"), ("stack_sizes", "n_steps"))
DIGIT_MORE = (("rbm_pixels", "batch_size"), ("rbm_decay", "seed"))
FEATURE_FIELDS = (("nudged", "keep_apart"), ("rbm_units", "rbm_rule"), ("learning_rate", "rbm_steps"))
FEATURE_MORE = (("n_steps", "n_seeds"), ("seed",))


def show(page: Page) -> None:
    page.text("rbm")
    page.quiz("rbm_restricted")
    page.text("rbm_touch")
    place = st.container()
    run = show_tiny(page)
    show_digits(page)
    show_features(page)
    page.note("rbm_wrong", "where_it_goes_wrong")
    with place:  # last: the rest of the page need not wait for a worker's answer
        show_gibbs(page, run)


def show_gibbs(page: Page, run: Run) -> None:
    """Gibbs steps by hand; the machine trained below is one of those to choose from."""
    key = f"{page.slug}.gibbs"
    is_trained = run.status().phase is Phase.FINISHED
    trained = answer_of(f"{key}.machine", run, {"machine": 0}) if is_trained else None
    gibbs_steps(key, page.asked("gibbs"), trained, page.labels)


def show_tiny(page: Page) -> Run:
    """Bars and stripes: all states are summed."""
    page.text("rbm_tiny")
    page.quiz("rbm_error_falls")
    spec = page.spec(TinyRbmSpec, TINY, "t.")
    show_presets(page)
    show_fields(page, spec, TINY, TINY_FIELDS, TINY_MORE)
    run = page.play(spec, tiny_panels(page), TINY, scope=TINY, rerun_at_end=True)
    page.edits(spec, TINY)
    page.take_home(spec, run, TINY)
    page.note("rbm_tiny_notice", "what_to_notice")
    show_record(page, TINY_CLAIMS)
    return run


def show_digits(page: Page) -> None:
    page.text("rbm_digits")
    page.quiz("rbm_chain")
    spec = page.spec(BeliefNetSpec, DIGITS, "r.")
    show_fields(page, spec, DIGITS, DIGIT_FIELDS, DIGIT_MORE)
    run = page.play(spec, digit_panels(page), DIGITS, scope=DIGITS, rerun_at_end=True)
    page.edits(spec, DIGITS)
    show_film(page, run, DIGITS)
    page.take_home(spec, run, DIGITS)
    page.note("rbm_digits_notice", "what_to_notice")


def show_features(page: Page) -> None:
    """What the features are worth to another model."""
    page.text("rbm_features")
    page.quiz("rbm_features_lift")
    spec = page.spec(RbmFeaturesSpec, FEATURES, "w.")
    show_fields(page, spec, FEATURES, FEATURE_FIELDS, FEATURE_MORE)
    run = page.play(spec, feature_panels(page), FEATURES, scope=FEATURES)
    page.edits(spec, FEATURES)
    page.take_home(spec, run, FEATURES)
    page.note("rbm_features_notice", "what_to_notice")
    show_record(page, (*FEATURE_CLAIMS, *PUBLISHED))


def show_presets(page: Page) -> None:
    """Settings worth seeing, at one click."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{page.labels['rbm_try']}**")
        for name, values in TINY_PRESETS.items():
            key = f"{page.slug}.{TINY}.preset.{name}"
            st.button(page.labels[f"rbm_preset_{name}"], key=key, on_click=use_preset, args=(page, values))


def use_preset(page: Page, values: dict[str, Any]) -> None:
    """A preset, with everything else as it was at first."""
    page.set_fields(TinyRbmSpec, TINY, **{**dict(TinyRbmSpec()), **values})


def show_fields(
    page: Page, spec: Spec, scope: str, groups: Sequence[Sequence[str]], more: Sequence[Sequence[str]]
) -> None:
    """Widgets in columns; what is seldom changed opens on a click."""
    page.field_columns(spec, scope, groups)
    with st.expander(page.labels["rbm_more"], icon=":material/tune:"):
        page.field_columns(spec, scope, more)


def show_film(page: Page, run: Run, scope: str) -> None:
    """Chains of the trained machine, from noise."""
    if run.status().phase is not Phase.FINISHED:
        return
    key = f"{page.slug}.{scope}.film"
    film = answer_of(key, run, {"film": st.session_state.get(f"{key}:number", 0)})
    if film is None:
        return
    show_still(f"{key}.still", [film_panel(page)], film, page.labels)
    again = page.labels["rbm_film_again"]
    st.button(again, key=f"{key}.again", icon=":material/casino:", on_click=take_other_noise, args=(key,))


def take_other_noise(key: str) -> None:
    name = f"{key}:number"
    st.session_state[name] = st.session_state.get(name, 0) + 1


def show_record(page: Page, rows: Sequence[Claim | Published]) -> None:
    """What the page Evidence has on record."""
    st.markdown(f"**{page.labels['rbm_on_record']}**")
    for row in rows:
        known = recorded(row)
        said = f" ({numbers(page, row, known)})" if known else ""
        st.markdown(f"{badge(page, known)} {sentence(page, row)}{said}")
