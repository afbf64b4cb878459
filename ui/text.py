"""The words of the pages: Markdown files cut into named sections, and labels; pure, knows nothing of Streamlit."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlcore.errors import DLCoreError
from dlcore.specs import to_text

LANGUAGES = {"en": "English", "zh": "简体中文"}
ROOT = Path(__file__).parent.parent
_SECTION = re.compile(r"^## +([a-z0-9_]+) *$", re.MULTILINE)
_WORDS = re.compile(r"""[\w ,;.%°+−/()'"-]+""")  # stands in Markdown for itself, with two exceptions:
_MARKED = re.compile(r"www\.|--|(?<![^\W_])_|_(?![^\W_])", re.IGNORECASE)  # addresses, dashes, emphasis
_OPTION = re.compile(r"^- \[( |x)\] +(.+?)\n((?:  >.*\n?)*)", re.MULTILINE)


class Labels(dict[str, str]):
    """Short texts of one language by key; a missing key reads as itself, and a test sees to it that none is missing."""

    def __missing__(self, key: str) -> str:
        return key

    def starting(self, *beginnings: str) -> Mapping[str, str]:
        """Those whose keys begin so; looked for once, for there are thousands and every run of a page needs some."""
        if beginnings not in self._found:
            self._found[beginnings] = {key: text for key, text in self.items() if key.startswith(beginnings)}
        return self._found[beginnings]

    @functools.cached_property
    def _found(self) -> dict[tuple[str, ...], Mapping[str, str]]:
        return {}

    def format(self, key: str, **values: Any) -> str:
        """The text with its placeholders filled in."""
        return self[key].format(**values)

    def choice(self, field: str, value: str) -> str:
        """The word for one value of a field with choices."""
        return self[f"{field}_{value}"]

    def sentence(self, error: DLCoreError, quote: Callable[[str], str] | None = None) -> str:
        """The error as a sentence that names field, value and rule, and what is used instead if something is.

        It is Markdown: what a visitor may have written is `quoted`. Elsewhere `quote=str` leaves it as it is.
        """
        words = {name: self._word(error, name, value, quote or quoted) for name, value in error.values.items()}
        said = self[f"error_{error.code}"].format(**words)
        return self.format("corrected", sentence=said, used=words["used"]) if "used" in words else said

    def _word(self, error: DLCoreError, name: str, value: Any, quote: Callable[[str], str]) -> str:
        field = str(error.values.get("field", ""))
        if name == "field":
            return self.get(str(value), quote(str(value)))
        if name in ("choices", "used", "instead") and isinstance(value, tuple):
            words = (self._choice(field, item, quote) for item in value)
            return ", ".join(words) or "–"
        text = to_text(value)
        said = self.get(f"{field}_{text}", quote(text if len(text) <= 60 else text[:57] + "…"))
        return re.sub(r"-(?=[\d.]|inf)", "−", said)  # of numbers; the dashes of a stack of layers stay

    def _choice(self, field: str, item: Any, quote: Callable[[str], str]) -> str:
        """One of the choices of a field in the reader's words; of no field, such as a formula's functions, as it is."""
        said = quote(to_text(item))
        return self.get(f"{field}_{item}", self.get(str(item), said)) if field else said


def quoted(text: str) -> str:
    """A visitor's text in the midst of Markdown, so that it reads as it was written.

    Words and numbers stand for themselves; anything else in a code span, where nothing is a link, HTML or a formula.
    """
    if not text or (_WORDS.fullmatch(text) and not _MARKED.search(text)):
        return text
    return "`" + " ".join(text.split()).replace("`", "'") + "`"


@dataclass(frozen=True)
class Option:
    """One answer of a question."""

    text: str
    is_right: bool
    feedback: str


@dataclass(frozen=True)
class Question:
    """A predict-first question: what is asked and the answers to choose from."""

    text: str
    options: tuple[Option, ...]


@functools.cache
def read_labels(language: str) -> Labels:
    """All short texts of one language."""
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in label_files()]
    return Labels({key: texts[language] for table in tables for key, texts in table.items()})


def label_files() -> list[Path]:
    """`ui/labels.toml`, which all pages share, `pages/<slug>.labels.toml`, and `pages/<slug>/<tab>.labels.toml`."""
    return [ROOT / "ui" / "labels.toml", *sorted((ROOT / "pages").rglob("*.labels.toml"))]


@functools.cache
def read_sections(slug: str, language: str) -> dict[str, str]:
    """The sections of a page's text by name: from `<slug>.<language>.md` and `<slug>/<tab>.<language>.md`, if any.

    Raises ValueError when two of the files have a section of the same name.
    """
    folder = ROOT if slug == "Home" else ROOT / "pages"
    files = (folder / f"{slug}.{language}.md", *sorted((folder / slug).glob(f"*.{language}.md")))
    sections: dict[str, str] = {}
    for file in files:
        found = parse_sections(file.read_text(encoding="utf-8")) if file.exists() else {}
        if twice := sections.keys() & found.keys():
            raise ValueError(f"{file}: section {min(twice)} is there already")
        sections |= found
    return sections


def parse_sections(text: str) -> dict[str, str]:
    """`## name` opens a section, which runs to the next one."""
    parts = _SECTION.split(text)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def parse_question(section: str) -> Question:
    """A question followed by `- [ ] option` or `- [x] option`, each with its feedback quoted below."""
    options = [
        Option(text.strip(), mark == "x", " ".join(re.findall(r"^  > ?(.*)$", quoted, re.MULTILINE)))
        for mark, text, quoted in _OPTION.findall(section + "\n")
    ]
    return Question(_OPTION.split(section + "\n")[0].strip(), tuple(options))
