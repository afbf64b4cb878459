"""A made-up grammar of opinions in English and Chinese, no sample of either: its words, its rules of sentiment, and a
parser for what readers type.

A tree is a word or a pair of trees: "the film was not good" is (("the", "film"), ("was", ("not", "good"))).
"""

from __future__ import annotations

import itertools
import re
from typing import Any, NamedTuple

from dlcore.errors import DataError

Tree = Any  # str | tuple[Tree, Tree]
CLASSES = ("very_negative", "negative", "neutral", "positive", "very_positive")
CUTS = (-1.6, -0.6, 0.6, 1.6)  # between the classes; no score that the rules give lies on one
FARTHEST = 3.0  # from zero
LONGEST = 40  # words that a reader may type
N_EXAMPLES = 4  # of the words that might stand where a wrong one stands
NEGATIONS = ("not", "never", "nobody", "hardly")  # kinds of words that turn round what follows
DEGREES = ("very", "really")


class Grammar(NamedTuple):
    """One language: words by kind, a word may be of two; the scores of those that judge.

    `kept` are words that no training sentence has below a negation. Before a verb stand the `verb_degrees`; after
    a negation only the `turned_degrees` sound natural; `degree_first` says whether one may precede a negation,
    `nobody_not` whether a negation may follow "nobody".
    """

    words: dict[str, tuple[str, ...]]
    scores: dict[str, int]
    kept: tuple[str, ...]
    verb_degrees: tuple[str, ...] = DEGREES
    turned_degrees: tuple[str, ...] = DEGREES
    degree_first: bool = False
    nobody_not: bool = False
    is_spaced: bool = True

    @property
    def vocabulary(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(itertools.chain.from_iterable(self.words.values())))

    def has(self, word: Tree, *kinds: str) -> bool:
        """Whether this is a word of one of these kinds."""
        return any(word in self.words[kind] for kind in kinds)


ENGLISH_SCORES = {
    **dict.fromkeys(("great", "wonderful", "brilliant", "superb", "loved", "adored"), 2),
    **dict.fromkeys(("good", "nice", "pleasant", "decent", "liked", "enjoyed"), 1),
    **dict.fromkeys(("bad", "dull", "weak", "poor", "disliked", "resented"), -1),
    **dict.fromkeys(("awful", "terrible", "horrible", "dreadful", "hated", "detested"), -2),
}
ENGLISH = Grammar(
    words={
        "article": ("the",),
        "noun": ("film", "plot", "music", "cast", "ending", "script"),
        "copula": ("was",),
        "adjective": (
            *("great", "wonderful", "brilliant", "superb", "good", "nice", "pleasant", "decent"),
            *("bad", "dull", "weak", "poor", "awful", "terrible", "horrible", "dreadful"),
        ),
        "plain": ("ordinary", "average"),
        "person": ("i", "we", "they"),
        "nobody": ("nobody",),
        "verb": ("loved", "adored", "liked", "enjoyed", "disliked", "resented", "hated", "detested"),
        "opinion": ("thought", "felt"),
        "not": ("not",),
        "never": ("never",),
        "hardly": ("hardly",),
        "very": ("very",),
        "really": ("really", "truly"),
        "but": ("but",),
        "and": ("and",),
    },
    scores=ENGLISH_SCORES,
    kept=("superb", "decent", "poor", "dreadful", "adored", "enjoyed", "resented", "detested"),
    verb_degrees=("really",),
)
CHINESE_SCORES = {
    **dict.fromkeys(("精彩", "出色", "完美", "惊艳", "热爱", "迷恋"), 2),
    **dict.fromkeys(("好", "有趣", "自然", "流畅", "喜欢", "欣赏"), 1),
    **dict.fromkeys(("差", "平淡", "无聊", "生硬", "反感", "嫌弃"), -1),
    **dict.fromkeys(("糟糕", "拙劣", "低劣", "荒唐", "痛恨", "厌恶"), -2),
}
CHINESE = Grammar(
    words={
        "article": (),
        "noun": ("电影", "剧情", "音乐", "表演", "结尾", "画面"),
        "copula": (),
        "adjective": (
            *("精彩", "出色", "完美", "惊艳", "好", "有趣", "自然", "流畅"),
            *("差", "平淡", "无聊", "生硬", "糟糕", "拙劣", "低劣", "荒唐"),
        ),
        "plain": ("普通", "一般"),
        "person": ("我", "我们", "大家"),
        "nobody": ("没人",),
        "verb": ("热爱", "迷恋", "喜欢", "欣赏", "反感", "嫌弃", "痛恨", "厌恶"),
        "opinion": ("觉得", "认为"),
        "not": ("不",),
        "never": ("不",),
        "hardly": ("算不上",),
        "very": ("很", "十分", "特别"),
        "really": ("非常",),
        "but": ("但",),
        "and": ("，",),
    },
    scores=CHINESE_SCORES,
    kept=("惊艳", "流畅", "生硬", "荒唐", "迷恋", "欣赏", "嫌弃", "厌恶"),
    turned_degrees=("very",),
    degree_first=True,
    nobody_not=True,
    is_spaced=False,
)
GRAMMARS = {"english": ENGLISH, "chinese": CHINESE}


# --- the rules of sentiment


def score(tree: Tree, grammar: Grammar) -> float:
    """What a tree says, from −3 to 3: its words' scores, put together from the leaves up."""
    if isinstance(tree, str):
        return float(grammar.scores.get(tree, 0))
    left, right = tree
    if isinstance(right, tuple) and grammar.has(right[0], "but", "and"):
        return join(score(left, grammar), score(right, grammar), grammar.has(right[0], "but"))
    if grammar.has(left, "not", "never", "nobody"):
        return turn(score(right, grammar))
    if grammar.has(left, "hardly"):
        return weaken(score(right, grammar))
    if grammar.has(left, *DEGREES):
        return strengthen(score(right, grammar))
    return score(left, grammar) + score(right, grammar)  # at most one of them says anything


def turn(value: float) -> float:
    """A negation: praise becomes mild blame however strong it was, mild blame mild praise, strong blame nothing."""
    return (0.0, 1.0, 0.0, -1.0, -1.0)[classify(value)]


def weaken(value: float) -> float:
    """ "Hardly": praise becomes mild blame, blame nothing."""
    return -1.0 if classify(value) > 2 else 0.0


def strengthen(value: float) -> float:
    """ "Very": one further from zero, at most 3; what is neutral stays so."""
    if classify(value) == 2:
        return value
    return max(-FARTHEST, min(FARTHEST, value + (1 if value > 0 else -1)))


def join(first: float, second: float, is_but: bool) -> float:
    """ "And": the mean; after "but" the second part counts three times as much."""
    return (first + 3 * second) / 4 if is_but else (first + second) / 2


def classify(value: float) -> int:
    """The number of the class in `CLASSES`."""
    return sum(value > cut for cut in CUTS)


# --- trees


def words_of(tree: Tree) -> list[str]:
    """The words from left to right."""
    return [tree] if isinstance(tree, str) else [*words_of(tree[0]), *words_of(tree[1])]


def write(words: list[str], grammar: Grammar) -> str:
    """A sentence as one writes it."""
    return (" " if grammar.is_spaced else "").join(words)


def is_negation(word: str, grammar: Grammar) -> bool:
    return grammar.has(word, *NEGATIONS)


# --- reading what was typed


def read_tree(text: str, grammar: Grammar) -> Tree:
    """The tree of a typed sentence; brackets, if it has any, are the tree.

    Raises:
        DataError: a word that is not known, one that cannot stand where it stands, brackets that are no binary tree.
    """
    parts = cut(text, grammar)
    words = [part for part in parts if part not in "()"]
    if len(words) > LONGEST:
        raise DataError("sentence_too_long", value=len(words), limit=LONGEST)
    if not words:
        raise DataError("sentence_empty")
    return read_brackets(parts) if len(words) < len(parts) else parse(words, grammar)


def cut(text: str, grammar: Grammar) -> list[str]:
    """Words and brackets; without spaces the longest word that fits is taken first."""
    written = re.sub(r"[.!?。！？]+\s*$", "", text.strip().lower()).replace("（", "(").replace("）", ")")
    if grammar.is_spaced:
        parts = re.findall(r"[()]|[^\s()]+", written)
    else:
        known = sorted(grammar.vocabulary, key=len, reverse=True)
        written = re.sub(r"[,，]\s*(?=但)", "", written).replace(",", "，")
        parts = re.findall("|".join([r"[()]", *known, r"[^\s()]"]), written)
    for place, part in enumerate(parts):
        if part not in "()" and part not in grammar.vocabulary:
            raise DataError("sentence_word", word=part, place=1 + sum(other not in "()" for other in parts[:place]))
    return parts


def read_brackets(parts: list[str]) -> Tree:
    """The tree that brackets say: each pair holds two words or pairs, such as ((the film) (was good))."""
    stack: list[list[Tree]] = [[]]
    for part in parts:
        if part == "(":
            stack.append([])
        elif part != ")":
            stack[-1].append(part)
        elif len(stack) == 1:
            raise DataError("bracket_unopened")
        else:
            inside = stack.pop()
            if len(inside) != 2:
                raise DataError("bracket_not_two", value=len(inside), inside=" ".join(map(_shown, inside)))
            stack[-1].append(tuple(inside))
    if len(stack) > 1:
        raise DataError("bracket_unclosed", value=len(stack) - 1)
    (found,) = stack
    if len(found) > 2:
        raise DataError("bracket_not_two", value=len(found), inside=" ".join(map(_shown, found)))
    return found[0] if len(found) == 1 else tuple(found)


def _shown(tree: Tree) -> str:
    return tree if isinstance(tree, str) else f"({' '.join(map(_shown, tree))})"


def parse(words: list[str], grammar: Grammar) -> Tree:
    """The one tree that the grammar gives a sentence; DataError names the first word that does not fit."""
    reader = Reader(words, grammar)
    tree = reader.sentence()
    if reader.at < len(words):
        reader.refuse("but", "and")
    return tree


def next_words(words: list[str], grammar: Grammar) -> list[str]:
    """What may come after the first words of a sentence."""
    return [word for word in grammar.vocabulary if _may_follow(word, words, grammar)]


def _may_follow(word: str, words: list[str], grammar: Grammar) -> bool:
    try:
        parse([*words, word], grammar)
    except DataError as error:
        return error.code == "sentence_ends"
    return True


class Reader:
    """Goes through the words of a sentence from left to right; every method reads one kind of phrase."""

    def __init__(self, words: list[str], grammar: Grammar) -> None:
        self.words, self.grammar, self.at = words, grammar, 0

    def sentence(self) -> Tree:
        """A clause, perhaps "but" or "and" and a sentence."""
        clause = self.clause()
        if not self.sees("but", "and"):
            return clause
        word = self.take("but", "and")
        return clause, (word, self.sentence())

    def clause(self) -> Tree:
        """Somebody and what they think, or a thing and what it was."""
        if self.sees("person", "nobody"):
            person = self.take("person", "nobody")
            return person, self.predicate(self.grammar.nobody_not or not self.grammar.has(person, "nobody"))
        thing = self.thing("person", "nobody")
        if not self.grammar.words["copula"]:
            return thing, self.quality()
        return thing, (self.take("copula"), self.quality())

    def thing(self, *others: str) -> Tree:
        """A noun with its article."""
        if not self.grammar.words["article"]:
            return self.take("noun", *others)
        return self.take("article", *others), self.take("noun")

    def quality(self) -> Tree:
        """An adjective with what stands before it."""
        if self.sees("plain"):
            return self.take("plain")
        return self.modified(("not", "hardly"), DEGREES, ("adjective",), ("plain",))

    def predicate(self, may_turn: bool) -> Tree:
        """A verb and a thing, or an opinion and a clause, with what stands before."""
        turns = ("never", "hardly") if may_turn else ()
        return self.modified(turns, self.grammar.verb_degrees, ("verb", "opinion"))

    def modified(self, turns: tuple[str, ...], degrees: tuple[str, ...], heads: tuple[str, ...], *more: Any) -> Tree:
        """Intensifiers and at most one negation before a head: a chain that branches to the right."""
        first = degrees if self.grammar.degree_first else ()
        if self.sees(*turns):
            word = self.take(*turns)
            return word, self.modified((), () if self.grammar.has(word, "hardly") else degrees, heads)
        if self.sees(*degrees):
            word = self.take(*degrees)
            return word, self.modified(turns if first else (), degrees, heads)
        return self.head(*turns, *degrees, *heads, *itertools.chain(*more))

    def head(self, *kinds: str) -> Tree:
        word = self.take(*kinds)
        if self.grammar.has(word, "verb"):
            return word, self.thing()
        return (word, self.clause()) if self.grammar.has(word, "opinion") else word

    def sees(self, *kinds: str) -> bool:
        return self.at < len(self.words) and self.grammar.has(self.words[self.at], *kinds)

    def take(self, *kinds: str) -> str:
        """The next word, which has to be of one of these kinds."""
        if not self.sees(*kinds):
            self.refuse(*kinds)
        self.at += 1
        return self.words[self.at - 1]

    def refuse(self, *kinds: str) -> None:
        """Say which word does not fit and what might stand there."""
        examples = [word for kind in kinds for word in self.grammar.words[kind][:N_EXAMPLES]]
        wanted = ", ".join(dict.fromkeys(examples))
        if self.at == len(self.words):
            raise DataError("sentence_ends", expected=wanted)
        raise DataError("sentence_place", word=self.words[self.at], place=self.at + 1, expected=wanted)
