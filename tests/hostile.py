"""What a bad link, a broken file or somebody with bad intentions may send: texts and bytes for the fuzzing tests."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from dlcore.specs import Spec, to_text

# the same examples on every machine, however slow
fuzzed = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))

NUMBERS = (
    "nan",
    "inf",
    "-inf",
    "1e999",
    "-1e999",
    "1e-999",
    "-1",
    "-0",
    "0",
    "0x10",
    "1_000",
    "٣",
    "½",
    "²",
    "９",
    "1,5",
)
LONG_NUMBERS = ("9" * 400, "9" * 5000, "0." + "0" * 5000 + "1", "-" + "1" * 20_000)
SIGNS = (
    "",
    " ",
    ",",
    ";",
    ";;,,;",
    ",;" * 3000,
    "\x00",
    "\x1b[31m",
    "\r\n",
    "\ufeff",
    "\u202e",
    "\ud800",
    "💥",
    "a\u0301" * 50,
)
LISTS = (
    "1," * 5000,
    "1,2;" * 5000,
    "1,2,0;" * 30_000,
    "nan,inf,0;1,1,1;2,2,0;3,3,1",
    "3,2,1",
    "((1,2),(3,4))",
    "[1, 2]",
)
WORDS = (
    "None",
    "true",
    "False",
    "null",
    "__class__",
    "{field}",
    "{0}",
    "%s",
    "../../etc/passwd",
    "a" * 300_000,
    "参数" * 9000,
)
EDITS = (
    "300,learning_rate,0.1",
    "300,learning_rate,0.1;100,learning_rate,0.2",
    "1,learning_rate,nan;2,seed,1",
    "1,edits,1;0,,;5",
    "1,n_steps,inf",
    "((1,learning_rate,(2)))",
    "5,learning_rate,1;" * 3000,
    "99999999999999999999,learning_rate,1",
)
UNKNOWN = ("kind", "self", "model_config", "__init__", "", "学习率")
ANYTHING = NUMBERS + LONG_NUMBERS + SIGNS + LISTS + WORDS + EDITS


def addresses(spec_class: type[Spec]) -> st.SearchStrategy[dict[str, str]]:
    """Parameters of an address: a spec's fields and unknown ones, with any text or with a value a little changed."""
    texts = {name: _near(info.default) | anything() for name, info in spec_class.model_fields.items()}
    for field in spec_class.describe():
        if field.choices:
            texts[field.name] |= st.sampled_from(field.choices)
    known = st.fixed_dictionaries({}, optional=texts)
    unknown = st.dictionaries(st.sampled_from(UNKNOWN), anything(), max_size=2)
    return st.builds(lambda one, other: {**other, **one}, known, unknown)


def anything() -> st.SearchStrategy[str]:
    return st.sampled_from(ANYTHING) | st.text(max_size=40) | st.floats().map(str) | st.integers().map(str)


def files(*valid: bytes) -> st.SearchStrategy[bytes]:
    """Any bytes, any text in any encoding, and valid files with a piece cut out, doubled, turned or written over."""
    encoded = st.builds(_encoded, st.text(max_size=60), st.sampled_from(("utf-8", "utf-16", "gb18030", "latin-1")))
    return st.binary(max_size=200) | encoded | st.builds(_mutated, st.sampled_from(valid), _changes())


def _near(default: Any) -> st.SearchStrategy[str]:
    """The default's text, changed a little."""
    return st.builds(_mutated, st.just(to_text(default).encode()), _changes()).map(
        lambda data: data.decode("utf-8", "replace")
    )


def _changes() -> st.SearchStrategy[list[tuple[str, float, float, bytes]]]:
    """What to do, where it begins, how far it reaches, both as shares of the length, and with which bytes."""
    what = st.sampled_from(("cut", "double", "turn", "write", "insert"))
    written = st.binary(max_size=6) | st.sampled_from(
        (b",", b";", b"\n", b'"', b"-", b"nan", b"1e999", b"\x00", b"\xff\xfe")
    )
    return st.lists(st.tuples(what, st.floats(0, 1), st.floats(0, 1), written), min_size=1, max_size=4)


def _mutated(data: bytes, changes: list[tuple[str, float, float, bytes]]) -> bytes:
    for what, start, reach, written in changes:
        begin = int(start * len(data))
        end = begin + int(reach * min(50, len(data) - begin))
        piece = data[begin:end]
        put = {"cut": b"", "double": piece * 2, "turn": piece[::-1], "write": written, "insert": piece + written}[what]
        data = data[:begin] + put + data[end:]
    return data


def _encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "replace")
