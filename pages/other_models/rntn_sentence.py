"""A sentence of the reader's own, a negation put in or taken out, and what changes above it in the trained networks."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import streamlit as st

from dlcore.data.opinion_trees import N_TEST, TEST_SETS, make_trees
from dlcore.errors import DataError
from dlcore.functions.opinion_flips import Flip, flips, is_parsed, part_at
from dlcore.functions.opinion_grammar import (
    CLASSES,
    GRAMMARS,
    Grammar,
    Tree,
    classify,
    cut,
    next_words,
    read_tree,
    score,
    words_of,
    write,
)
from dlcore.run import Run
from dlcore.specs import RntnSpec
from pages.other_models.rntn_trees import tree_panel, tree_part
from ui.answers import answer_of
from ui.components import stage
from ui.page import Page
from ui.still import show_still

STARTS = {"english": "the film was very good but the plot was dull", "chinese": "电影很好但剧情无聊"}
LONGEST_TEXT = 300  # characters
LANES = ("tensor", "plain", "wide")
FLIP_ADDRESS = "flip"


def show(page: Page, spec: RntnSpec, run: Run) -> None:
    st.subheader(page.labels["rntn_own"])
    page.text("rntn_flip")
    tree = read_sentence(page, spec)
    flip = choose_flip(page, spec, tree)
    trees = (tree, flip.tree) if flip else (tree,)
    said = answer_of(f"{page.slug}.rntn.answer", run, {"trees": trees})
    if said is None:
        st.info(page.labels["rntn_waiting"], icon=":material/hourglass_empty:")
        return
    show_trees(page, spec, said, tree, flip)
    st.caption(page.labels.format("rntn_after_steps", step=f"{run.step:,}"))


# --- the sentence


def read_sentence(page: Page, spec: RntnSpec) -> Tree:
    """The tree of what was typed or built; while that cannot be read, the last one that could."""
    grammar = GRAMMARS[spec.opinion_language]
    key = f"{page.slug}.rntn.text.{spec.opinion_language}"
    text = take_text(page, spec, key)
    show_builder(page, spec, key)
    kept = st.session_state.setdefault(f"{key}:tree", read_tree(STARTS[spec.opinion_language], grammar))
    try:
        kept = st.session_state[f"{key}:tree"] = read_tree(text, grammar)
    except DataError as error:
        st.error(page.labels.sentence(error), icon=":material/edit:")
    if not is_parsed(kept, grammar):
        st.info(page.labels["rntn_own_brackets"], icon=":material/data_array:")
    return kept


def take_text(page: Page, spec: RntnSpec, key: str) -> str:
    """The field for the sentence, which the address bar keeps."""
    start, help = STARTS[spec.opinion_language], page.labels["rntn_sentence_help"]
    _, text = page.keep_text(f"rntn.text.{spec.opinion_language}", "sentence", start, LONGEST_TEXT)
    return st.text_input(page.labels["rntn_sentence"], text, key=key, max_chars=LONGEST_TEXT, help=help)


def show_builder(page: Page, spec: RntnSpec, key: str) -> None:
    """Sentences to take from the test sets, and the words that may come next."""
    grammar, words = GRAMMARS[spec.opinion_language], _words(spec, key)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for split in TEST_SETS:
            st.button(
                page.labels[f"rntn_take_{split}"],
                key=f"{key}.{split}",
                icon=":material/casino:",
                on_click=_take_test,
                args=(spec, split, key),
            )
        st.button(
            page.labels["rntn_drop_word"],
            key=f"{key}.drop",
            icon=":material/backspace:",
            disabled=not words,
            on_click=_put_words,
            args=(grammar, key, words[:-1]),
        )
    following = next_words(words, grammar)
    with st.expander(page.labels["rntn_build"], icon=":material/extension:"):
        st.caption(page.labels["rntn_next_word" if following else "rntn_no_next_word"])
        with st.container(horizontal=True, gap="small"):
            for word in following:
                st.button(word, key=f"{key}.next.{word}", on_click=_put_words, args=(grammar, key, [*words, word]))


def _words(spec: RntnSpec, key: str) -> list[str]:
    """The words of what is typed, up to one that is not known."""
    try:
        return [part for part in cut(st.session_state[key], GRAMMARS[spec.opinion_language]) if part not in "()"]
    except DataError:
        return []


def _put_words(grammar: Grammar, key: str, words: list[str]) -> None:
    st.session_state[key] = write(words, grammar)


def _take_test(spec: RntnSpec, split: str, key: str) -> None:
    """The next sentence of a test set."""
    number = st.session_state.get(f"{key}.{split}:number", -1) + 1
    st.session_state[f"{key}.{split}:number"] = number
    sentences = make_trees(spec.opinion_language, split, N_TEST[split], spec.data_seed).sentences
    _put_words(GRAMMARS[spec.opinion_language], key, words_of(sentences[number % len(sentences)]))


# --- the flip


def choose_flip(page: Page, spec: RntnSpec, tree: Tree) -> Flip | None:
    """One of the changes that a negation in this sentence allows."""
    grammar = GRAMMARS[spec.opinion_language]
    possible = flips(tree, grammar) if is_parsed(tree, grammar) else []
    if not possible:
        st.caption(page.labels["rntn_no_flip"])
        return None
    key = f"{page.slug}.rntn.flip.{write(words_of(tree), grammar)}"
    st.session_state.setdefault(key, min(_asked_flip(page), len(possible) - 1))
    number = st.segmented_control(
        page.labels["rntn_choose_flip"],
        range(len(possible)),
        format_func=lambda at: describe_flip(page, possible[at], tree, grammar),
        key=key,
        required=True,
        wrap=True,
    )
    st.session_state[f"{page.slug}:{FLIP_ADDRESS}"] = str(number + 1)
    if number:
        page.query[FLIP_ADDRESS] = str(number + 1)
    return possible[number]


def _asked_flip(page: Page) -> int:
    """The number of the change that a link asks for, from 0; the page's own word in the address bar asks for none."""
    asked = st.query_params.get(FLIP_ADDRESS, "")
    is_new = asked != st.session_state.get(f"{page.slug}:{FLIP_ADDRESS}")
    return max(int(asked) - 1, 0) if is_new and asked.isdecimal() and len(asked) < 3 else 0


def describe_flip(page: Page, flip: Flip, tree: Tree, grammar: Grammar) -> str:
    """What is put in, taken out or exchanged, and before which words."""
    part = part_at(tree, flip.path)
    rest = part[1] if flip.act == "remove" else part
    said = {"word": flip.word, "other": flip.other, "before": write(words_of(rest), grammar)}
    return page.labels.format(f"rntn_flip_{flip.act}", **said)


# --- the answer


def show_trees(page: Page, spec: RntnSpec, said: dict[str, list[np.ndarray]], tree: Tree, flip: Flip | None) -> None:
    """The tree as every network sees it, and beside it what the flip has made of it."""
    grammar, label = GRAMMARS[spec.opinion_language], page.labels
    observed = {f"before_{lane}": said[lane][0] for lane in LANES}
    lanes = [stage.lane(f"before_{lane}", label[f"rntn_{lane}"]) for lane in LANES]
    width = 0.5 if flip else 1.0
    panels = [tree_panel(page, "rntn_before", [tree_part(tree, grammar)], lanes, "rntn_tree_marks", width)]
    if flip:
        observed |= {f"after_{lane}": said[lane][1] for lane in LANES}
        lanes = [stage.lane(f"after_{lane}", label[f"rntn_{lane}"], f"before_{lane}") for lane in LANES]
        after = tree_part(flip.tree, grammar, before=tree, flip=flip)
        panels.append(tree_panel(page, "rntn_after", [after], lanes, "rntn_tree_changes", width))
        tell_roots(page, grammar, said, tree, flip)
    show_still(f"{page.slug}.rntn.trees", panels, observed, label)


def tell_roots(page: Page, grammar: Grammar, said: dict[str, Any], tree: Tree, flip: Flip) -> None:
    """What becomes of the whole sentence, by the rules and by every network."""
    classes = [page.labels[f"rntn_class_{name}"] for name in CLASSES]
    rows = {"rules": [classify(score(each, grammar)) for each in (tree, flip.tree)]}
    rows |= {lane: [int(each[-1].argmax()) for each in said[lane]] for lane in LANES}
    said_of = functools.partial(page.labels.format, "rntn_tree_now")
    told = [
        said_of(lane=page.labels[f"rntn_{name}"], shares=f"{classes[old]} → {classes[new]}")
        for name, (old, new) in rows.items()
    ]
    st.markdown(f"**{write(words_of(flip.tree), grammar)}** — {' · '.join(told)}")
