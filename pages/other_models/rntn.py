"""Recursive neural tensor network: sentiment at every node of a tree, with plain and with tensor composition."""

from __future__ import annotations

import streamlit as st

from dlcore.data.opinion_trees import TEST_SETS, shown_trees
from dlcore.functions.opinion_grammar import CLASSES, GRAMMARS
from dlcore.functions.recursive_sizes import count_parameters, equal_width
from dlcore.run import Phase, Run
from dlcore.specs import RntnSpec
from pages.other_models import rntn_sentence
from pages.other_models.rntn_trees import tree_panel, tree_parts
from ui.components import stage
from ui.components.composition import composition
from ui.course import find_page
from ui.page import Page

SCOPE, PREFIX = "rntn", "n."
READERS = {"en": "english", "zh": "chinese"}  # whose sentences a reader meets first
LANES, WATCHED = ("tensor", "plain", "wide"), ("tensor", "plain")
MEASURES = ("all", "root", "turned")
JOINER = "\u2060"  # keeps a line from breaking here: a narrow table scrolls instead
CURVES = (("turned", "test"), ("turned", "kept"), ("root", "longer"))


def show(page: Page) -> None:
    page.text("rntn")
    link_to_other(page)
    page.quiz("rntn_order")
    page.text("rntn_by_hand")
    show_composition(page)
    page.text("rntn_rules")
    page.quiz("rntn_above")
    page.begin_with(RntnSpec, SCOPE, PREFIX, opinion_language=READERS[page.language])
    spec = page.spec(RntnSpec, SCOPE, PREFIX)
    show_fields(page, spec)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    show_shares(page, run)
    rntn_sentence.show(page, spec, run)
    page.note("rntn_notice", "what_to_notice")
    page.quiz("rntn_fewer")
    page.note("rntn_wrong", "where_it_goes_wrong")


def link_to_other(page: Page) -> None:
    """The model that the name is mixed up with, once its tab is there."""
    here = find_page(page.slug)
    if "ntm" in here.tabs:
        page.link(here, page.labels["rntn_to_ntm"], ":material/arrow_forward:", tab="ntm")


def show_composition(page: Page) -> None:
    with st.container(border=True):
        composition(f"{page.slug}.composition", page.asked("compose"), page.labels)


def show_fields(page: Page, spec: RntnSpec) -> None:
    columns = (("opinion_language", "n_trees"), ("vector_size", "n_seeds"), ("learning_rate", "batch_size", "n_steps"))
    page.field_columns(spec, SCOPE, columns)
    n_words, n_classes = len(GRAMMARS[spec.opinion_language].vocabulary), len(CLASSES)
    wide = equal_width(n_words, spec.vector_size, n_classes)
    sizes = {"tensor": spec.vector_size, "plain": spec.vector_size, "wide": wide}
    counts = {lane: f"{count_parameters(n_words, sizes[lane], n_classes, lane == 'tensor'):,}" for lane in LANES}
    st.caption(page.labels.format("rntn_sizes", width=spec.vector_size, width_wide=wide, **counts))


def panels(page: Page, spec: RntnSpec) -> list[dict]:
    lanes = [stage.lane(f"said_{lane}", page.labels[f"rntn_{lane}"]) for lane in WATCHED]
    trees = tree_parts(shown_trees(spec.opinion_language), GRAMMARS[spec.opinion_language])
    return [
        *(share_panel(page, spec.n_seeds, measure, split) for measure, split in CURVES),
        tree_panel(page, "rntn_watched", trees, lanes, "rntn_tree_marks"),
    ]


def share_panel(page: Page, n_seeds: int, measure: str, split: str) -> dict:
    """Shares of right nodes of one test set, with a band where there are several seeds."""
    title = page.labels.format("rntn_share", of=f"{page.labels[f'rntn_{measure}']} · {page.labels[f'rntn_{split}']}")
    curves = [stage.banded(f"{measure}_{split}_{lane}", page.labels[f"rntn_{lane}"], n_seeds > 1) for lane in LANES]
    bag = stage.rule(f"{measure}_{split}_bag", page.labels["rntn_bag"])
    return stage.lines(title, curves, alt=title, rules=[bag], domain=(0.0, 1.0), width=0.33)


def show_shares(page: Page, run: Run) -> None:
    """At the end: every measure on every test set as a table, the best of a row in bold."""
    if run.status().phase is not Phase.FINISHED:
        return
    label, last, models = page.labels, run.history()[-1], (*LANES, "bag")
    lines = [f"| | {' | '.join(label[f'rntn_{model}'] for model in models)} |", f"|---|{'---:|' * len(models)}"]
    for split in TEST_SETS:
        for measure in MEASURES:
            values = [last[f"{measure}_{split}_{model}"] for model in models]
            bands = [_band(last, f"{measure}_{split}_{model}") for model in models]
            cells = [f"**{text}**" if value == max(values) else text for value, text in zip(values, bands, strict=True)]
            of = " · ".join(JOINER.join(label[f"rntn_{name}"]) for name in (measure, split))
            lines.append(f"| {of} | {' | '.join(cells)} |")
    with st.expander(label["rntn_table"], icon=":material/table:", expanded=True):
        st.markdown("\n".join(lines))


def _band(last: dict[str, float], name: str) -> str:
    """The median, and the lowest and highest where there are several seeds, on one line."""
    if f"{name}_low" not in last:
        return f"{100 * last[name]:.0f}"
    low, high = (f"{100 * last[name + end]:.0f}" for end in ("_low", "_high"))
    return f"{100 * last[name]:.0f}&nbsp;({low}{JOINER}–{JOINER}{high})"
