"""Tags: the same sentences read one way and both ways, beside a most frequent tag and a linear window."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlcore.data.tagged import AMBIGUOUS, LONGEST_CHAIN, TAGS, VOCABULARY, WORDS, choose_shown, make_test
from dlcore.run import Phase, Run
from dlcore.specs import TagsSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "tags", "t."
LANES, BASELINES = ("forward", "both"), ("frequent", "linear")
N_SEEDS = 3


def show(page: Page) -> None:
    page.text("tags")
    spec = page.spec(TagsSpec, SCOPE, PREFIX)
    show_sentence(page, spec)
    page.quiz("tags_direction")
    columns = (("n_sentences", "reach"), ("cell", "n_units"), ("learning_rate", "batch_size", "n_steps"))
    page.field_columns(spec, SCOPE, columns)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, group=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    show_verdict(page, run)
    show_band(page, spec)
    page.note("tags_notice", "what_to_notice")
    page.note("tags_wrong", "where_it_goes_wrong")


@st.fragment
def show_sentence(page: Page, spec: TagsSpec) -> None:
    """A sentence that is uncovered word by word: can the reader tell the tags before the end?"""
    label, sentences = page.labels, make_test(spec.data_seed)
    choices = choose_shown(sentences)
    with st.container(border=True):
        left, right = st.columns([1, 2], gap="medium")
        numbers = range(1, len(choices) + 1)
        key, number = page.keep("tags.sentence", "sentence", 1, numbers)
        number = left.selectbox(label["tags_sentence"], numbers, numbers.index(number), key=key)
        row = choices[number - 1]
        length = int(sentences.lengths[row])
        key, seen = page.keep("tags.seen", "words", 3, range(1, length + 1))
        seen = right.slider(label["tags_seen"], 1, length, seen, key=key)
        words = [VOCABULARY[word] for word in sentences.words[row, :length]]
        tags = [TAGS[tag] for tag in sentences.tags[row, :length]]
        unsure = {word for kind in AMBIGUOUS for word in WORDS[kind]}
        shown = [f"**{word}**" if word in unsure else word for word in words[:seen]]
        st.markdown(" ".join([*shown, *["▢"] * (length - seen)]))
        answer = " · ".join(f"{word} {tag}" for word, tag in zip(words, tags, strict=True))
        st.caption(answer if seen == length else label["tags_hidden"])


def panels(page: Page, spec: TagsSpec) -> list[dict]:
    label, sentences = page.labels, make_test(spec.data_seed)
    shown = choose_shown(sentences)
    written = [[VOCABULARY[word] for word in sentences.words[row, : sentences.lengths[row]]] for row in shown]
    lanes = [stage.lane(f"tags_{lane}", label[f"tags_{lane}"]) for lane in LANES]
    curves = [stage.series(f"by_distance_{name}", label[f"tags_{name}"]) for name in (*LANES, *BASELINES)]
    return [
        *accuracy_panels(page, 1, 0.33),
        stage.profile(
            label["tags_by_distance"],
            curves,
            label["tags_distance_n"],
            label["tags_by_distance_alt"],
            domain=(0.0, 1.05),
            ticks=[str(n) for n in range(1, LONGEST_CHAIN + 2)],
            help=label["tags_by_distance_help"],
            width=0.33,
        ),
        stage.words(label["tags_shown"], written, TAGS, lanes, "tags_true", label["tags_shown_alt"]),
    ]


def accuracy_panels(page: Page, n_seeds: int, width: float) -> list[dict]:
    label = page.labels
    return [
        stage.lines(
            label[f"tags_{measure}"],
            [stage.banded(f"{measure}_{lane}", label[f"tags_{lane}"], n_seeds > 1) for lane in LANES],
            alt=label[f"tags_{measure}"],
            rules=[stage.rule(f"{measure}_{name}", label[f"tags_{name}"]) for name in BASELINES],
            domain=(low, 1.0),
            width=width,
        )
        for measure, low in (("accuracy", 0.5), ("unsure", 0.2))
    ]


def show_verdict(page: Page, run: Run) -> None:
    if run.status().phase is not Phase.FINISHED:
        return
    last = run.history()[-1]
    names = (*LANES, *BASELINES)
    order = np.argsort([-last[f"unsure_{name}"] for name in names], kind="stable")
    listed = " · ".join(f"{page.labels[f'tags_{names[at]}']} {last[f'unsure_{names[at]}']:.1%}" for at in order)
    st.markdown(f"**{page.labels['tags_unsure']}**: {listed}")


def show_band(page: Page, spec: TagsSpec) -> None:
    several = spec.replace(n_seeds=N_SEEDS)
    st.markdown(f"**{page.labels['band']}** · {page.labels.format('tags_band', n=N_SEEDS)}")
    page.play(several, accuracy_panels(page, N_SEEDS, 0.5), f"{SCOPE}_band", group=SCOPE, compact=True)
