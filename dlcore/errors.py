"""Every error a reader can cause or meet, as language-neutral facts; the page turns them into a sentence."""

from __future__ import annotations

from typing import Any


class DLCoreError(Exception):
    """Base of all errors of dlcore: `code` names the broken rule, `values` are the numbers and names to tell."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code, values)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}: {details}" if details else self.code

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.code, self.values)


class SpecError(DLCoreError):
    """A field of a spec breaks a rule; `values` always holds `field` and `value`, and the bound where there is one."""


class DataError(DLCoreError):
    """A table or a picture that cannot be used; `values` hold the row, column or limit in question."""


class ShapeError(DLCoreError):
    """Sizes that do not fit together; `values` hold the numbers of the formula."""


class StackError(ShapeError):
    """A stack of layers that cannot be built; `values["layer"]` counts from 1 to the layer where it breaks."""


class RunError(DLCoreError):
    """A training that could not go on; `values` hold the run's key and the reason."""


def _rebuild(cls: type[DLCoreError], code: str, values: dict[str, Any]) -> DLCoreError:
    return cls(code, **values)
