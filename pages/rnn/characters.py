"""Characters: a network learns to write English, Chinese or names; what it copies and what single units react to."""

from __future__ import annotations

import streamlit as st

from dlcore.data.texts import COPY_LENGTH, MOST_BITS, read_corpus
from dlcore.run import Phase, Run
from dlcore.specs import CharactersSpec
from pages.rnn import unit, writing
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "characters", "c."
CORPORA = {"english": {"n_steps": 1500}, "chinese": {"n_steps": 600}, "names": {"n_steps": 1500}}
N_SEEDS = 3


def show(page: Page) -> None:
    page.text("characters")
    spec = page.spec(CharactersSpec, SCOPE, PREFIX)
    page.choose("corpus", tuple(CORPORA), spec.corpus, SCOPE, lambda name: take_corpus(page, name))
    show_corpus(page, spec)
    page.quiz(f"characters_{'copies' if spec.corpus == 'chinese' else 'counting'}")
    groups = (("cell", "n_units", "stretch"), ("learning_rate", "batch_size", "n_steps"))
    page.field_columns(spec, SCOPE, groups)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    show_verdict(page, spec, run)
    writing.show(page, spec, run, SCOPE)
    unit.show(page, spec, run, SCOPE)
    show_band(page, spec)
    page.note("characters_notice", "what_to_notice")
    page.note("characters_wrong", "where_it_goes_wrong")


def take_corpus(page: Page, name: str) -> None:
    page.set_fields(CharactersSpec, SCOPE, corpus=name, edits=(), **CORPORA[name])


def show_corpus(page: Page, spec: CharactersSpec) -> None:
    """Where the text is from, its numbers, its beginning."""
    corpus = read_corpus(spec.corpus)
    numbers = {"train": f"{len(corpus.train):,}", "test": f"{len(corpus.test):,}", "kinds": len(corpus.alphabet)}
    st.caption(f"{page.labels[f'corpus_source_{spec.corpus}']} {page.labels.format('characters_numbers', **numbers)}")
    with st.expander(page.labels["characters_look"]):
        st.code(corpus.decode(corpus.train[:900]), language=None, wrap_lines=True)


def panels(page: Page, spec: CharactersSpec) -> list[dict]:
    label, alphabet = page.labels, read_corpus(spec.corpus).alphabet
    said = {"n": COPY_LENGTH[spec.corpus]}
    return [
        bits_panel(page, 1, 0.5),
        stage.lines(
            label.format("characters_copied", **said),
            [stage.series("copied", label["characters_copied_written"])],
            rules=[stage.rule("copied_test", label["characters_copied_test"])],
            alt=label.format("characters_copied", **said),
            domain=(0.0, 1.0),
            width=0.5,
        ),
        stage.text(
            label["characters_written"],
            "written",
            alphabet,
            label["characters_written_alt"],
            help=label["characters_written_help"],
            width=0.5,
        ),
        stage.text(
            label["characters_surprise"],
            "shown",
            alphabet,
            label["characters_surprise_alt"],
            colour="surprise",
            reading=label["characters_surprise_reading"],
            scale=MOST_BITS / 255,
            help=label["characters_surprise_help"],
            width=0.5,
        ),
    ]


def bits_panel(page: Page, n_seeds: int, width: float) -> dict:
    label = page.labels
    curves = [stage.banded("test_bits", label["characters_test"], n_seeds > 1)]
    curves.append(stage.series("train_bits", label["characters_train"]))
    rules = [stage.rule(name, label[f"characters_{name}"]) for name in ("unigram_bits", "bigram_bits", "ngram_bits")]
    return stage.lines(
        label["characters_bits"], curves, alt=label["characters_bits"], rules=rules, domain=(0.0, 15.0), width=width
    )


def show_verdict(page: Page, spec: CharactersSpec, run: Run) -> None:
    """At the end: the network against counting, and how much of what it writes is copied."""
    if run.status().phase is not Phase.FINISHED:
        return
    last = run.history()[-1]
    best = min(last["bigram_bits"], last["ngram_bits"], last["unigram_bits"])
    words = {name: f"{last[name]:.2f}" for name in ("test_bits", "train_bits", "bigram_bits", "ngram_bits")}
    key = "characters_beats" if last["test_bits"] < best else "characters_beaten"
    copied = {name: f"{last[name]:.0%}" for name in ("copied", "copied_test")}
    said = page.labels.format("characters_copies", n=COPY_LENGTH[spec.corpus], **copied)
    st.markdown(f"{page.labels.format(key, best=f'{best:.2f}', **words)} {said}")


def show_band(page: Page, spec: CharactersSpec) -> None:
    several = spec.replace(n_seeds=N_SEEDS)
    with st.expander(page.labels.format("characters_band", n=N_SEEDS), icon=":material/stacked_line_chart:"):
        page.play(several, [bits_panel(page, N_SEEDS, 1.0)], f"{SCOPE}_band")
