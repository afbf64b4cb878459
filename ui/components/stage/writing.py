"""What is read: sentences with numbers, tables, texts, words with their tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ui.components.stage.part import Part, part


def sentence(templates: Mapping[str, str], case: str, title: str, width: float = 1.0) -> Part:
    """The template whose key is the value of the scalar `case`, with the frame's `{scalars}` filled in."""
    return part("sentence", templates=dict(templates), case=case, title=title, width=width)


def table(title: str, rows: Sequence[str], columns: Sequence[Part], alt: str, width: float = 1.0) -> Part:
    """Arrays (N,) side by side, a row for each element; `rows` are the elements' names."""
    return part("table", title=title, rows=list(rows), columns=list(columns), alt=alt, width=width)


def column(array: str, label: str, flag: str = "") -> Part:
    """One column of a table; where the array `flag` (N,) is not 0, its number is marked."""
    return {"array": array, "label": label, "flag": flag}


def text(
    title: str,
    array: str,
    alphabet: str,
    alt: str,
    colour: str = "",
    reading: str = "",
    scale: float = 1.0,
    help: str = "",
    width: float = 1.0,
) -> Part:
    """An array (R, C) of places in `alphabet` as R texts.

    Args:
        colour: how strongly each character is marked, an array (R, C) of uint8.
        reading: says a {character} and its {value}, which is the colour times `scale`.
    """
    marked = {"colour": colour, "reading": reading, "scale": scale}
    return part("text", title=title, array=array, alphabet=alphabet, alt=alt, help=help, **marked, width=width)


def words(
    title: str,
    sentences: Sequence[Sequence[str]],
    names: Sequence[str],
    lanes: Sequence[Part],
    truth: str,
    alt: str,
    width: float = 1.0,
) -> Part:
    """Sentences with the tag of every word below it: arrays (R, C) of places in `names`, a line for each of `lanes`;
    where an array differs from `truth`, the tag stands out."""
    said = {"sentences": [list(sentence) for sentence in sentences], "names": list(names), "lanes": list(lanes)}
    return part("words", title=title, truth=truth, alt=alt, **said, width=width)


def lane(array: str, label: str, before: str = "") -> Part:
    """One line of tags below a sentence, or one network's view of a tree; `before` is what it said of another tree."""
    return {"array": array, "label": label, "before": before}
