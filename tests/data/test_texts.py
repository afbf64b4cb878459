"""Texts: complete, in the form that is claimed, the parts apart."""

from __future__ import annotations

import re

import numpy as np
import pytest
from faker import Faker

from dlcore.data.texts import NAMES, QUATRAINS, read_corpus, share_of_copies

LOCALES = {"en": "en_US", "de": "de_DE", "fr": "fr_FR", "it": "it_IT", "pl": "pl_PL", "fi": "fi_FI", "tr": "tr_TR"}


def test_every_poem_has_four_lines_of_five_or_seven_characters():
    titles, poems = QUATRAINS.splitlines()[::2], QUATRAINS.splitlines()[1::2]
    assert len(titles) == len(set(titles)) == len(set(poems)) == 144
    for poem in poems:
        assert re.fullmatch(
            r"([\u4e00-\u9fff]{5}，[\u4e00-\u9fff]{5}。){2}|([\u4e00-\u9fff]{7}，[\u4e00-\u9fff]{7}。){2}", poem
        )


def test_the_names_are_fakers():
    lines = NAMES.splitlines()
    assert len(lines) == len(set(lines))
    for code, locale in LOCALES.items():
        fake = Faker(locale)
        fake.seed_instance(7)
        drawn = {f"{code} {fake.first_name()} {fake.last_name()}" for _ in range(500)}
        assert {line for line in lines if line.startswith(f"{code} ")} <= drawn


@pytest.mark.parametrize(("name", "n"), [("english", 55633), ("chinese", 4616), ("names", 37585)])
def test_a_tenth_is_held_back_and_nothing_is_lost(name, n):
    corpus = read_corpus(name)
    assert len(corpus.train) + len(corpus.test) == n
    assert 0.05 < len(corpus.test) / n < 0.15
    assert corpus.decode(corpus.encode("the ")) == "".join(c for c in "the " if c in corpus.alphabet)
    np.testing.assert_array_equal(corpus.encode(corpus.decode(corpus.test)), corpus.test)
    assert share_of_copies(name, corpus.train[None, :500]) == 1.0
    assert share_of_copies(name, corpus.test[None]) < 0.3


def test_no_held_back_poem_or_name_is_learnt():
    for name in ("chinese", "names"):
        corpus = read_corpus(name)
        pieces = [
            set(corpus.decode(part).strip().split("\n\n" if name == "chinese" else "\n"))
            for part in (corpus.train, corpus.test)
        ]
        assert not pieces[0] & pieces[1]
