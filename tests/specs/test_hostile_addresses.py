"""Whatever an address says, every spec reads it: a valid spec and sentences on what was corrected, soon."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from dlcore.specs import SPECS
from tests.hostile import ANYTHING, addresses, fuzzed
from ui.text import LANGUAGES, read_labels


def check(kind: str, texts: dict[str, str]) -> None:
    spec, errors = SPECS[kind].repair(texts)
    assert SPECS[kind](**dict(spec)) == spec
    assert SPECS[kind].repair(spec.to_texts()) == (spec, [])
    assert spec.key.startswith(f"{kind}-")
    for error in errors:
        for language in LANGUAGES:
            labels = read_labels(language)
            assert f"error_{error.code}" in labels, error
            assert 0 < len(labels.sentence(error)) < 2000


@pytest.mark.parametrize("kind", SPECS)
def test_every_field_takes_every_text(kind: str) -> None:
    for text in ANYTHING:
        check(kind, dict.fromkeys(SPECS[kind].model_fields, text))


@pytest.mark.parametrize("kind", SPECS)
def test_any_address_is_read(kind: str) -> None:
    @settings(fuzzed, max_examples=40)
    @given(texts=addresses(SPECS[kind]))
    def any_address(texts: dict[str, str]) -> None:
        check(kind, texts)

    any_address()


@pytest.mark.parametrize("kind", SPECS)
def test_a_text_beyond_all_measure_is_not_read(kind: str) -> None:
    """Whoever gets such a link is told so, and nothing is cut into pieces first."""
    endless = Endless("1,")
    spec, errors = SPECS[kind].repair(dict.fromkeys(SPECS[kind].model_fields, endless))
    assert spec == SPECS[kind]()
    assert {error.values["field"] for error in errors} == set(SPECS[kind].model_fields)
    assert {error.code for error in errors} == {"text_too_long"}


class Endless(str):
    """A text that says it is very long and must not be looked at."""

    def __len__(self) -> int:
        return 10**9

    def split(self, *separators: object) -> list[str]:  # type: ignore[override]
        raise AssertionError("was read")
