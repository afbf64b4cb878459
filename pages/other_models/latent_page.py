"""What the tabs Autoencoder and VAE share: presets, settings, and what is on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from dlcore.evidence import Claim, Published, recorded
from dlcore.specs import Spec
from ui.evidence import badge, numbers, sentence
from ui.page import Page

Groups = tuple[tuple[str, ...], ...]  # of fields, one for each column
Presets = Mapping[str, Mapping[str, Any]]


def show_presets(page: Page, spec_class: type[Spec], scope: str, presets: Presets) -> None:
    """A button for each preset, labelled `<kind>_preset_<name>`."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{page.labels['ae_try']}**")
        for name in presets:
            st.button(
                page.labels[f"{spec_class.kind}_preset_{name}"],
                key=f"{page.slug}.{scope}.preset.{name}",
                on_click=use,
                args=(page, spec_class, scope, presets, name),
            )


def use(page: Page, spec_class: type[Spec], scope: str, presets: Presets, chosen: str) -> None:
    """The settings of one preset, and the defaults of all others that any of them sets."""
    names = {name for preset in presets.values() for name in preset}
    defaults = {name: spec_class.model_fields[name].default for name in names}
    page.set_fields(spec_class, scope, **{**defaults, **presets[chosen], "edits": ()})


def show_settings(page: Page, spec: Spec, scope: str, shown: Groups, more: Groups, title: str) -> None:
    """Three columns of fields, and the others behind a click on a label."""
    page.field_columns(spec, scope, shown, widths=(1, 1.4, 1))
    with st.expander(page.labels[title], icon=":material/tune:"):
        page.field_columns(spec, scope, more)


def show_claims(page: Page, rows: Iterable[Claim | Published]) -> None:
    """What the page Evidence has on record."""
    st.markdown(f"**{page.labels['ae_on_record']}**")
    for row in rows:
        known = recorded(row)
        said = f" ({numbers(page, row, known)})" if known else ""
        st.markdown(f"{badge(page, known)} {sentence(page, row)}{said}")
