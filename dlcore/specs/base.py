"""The base of every spec: a frozen set of hyperparameters, seeds and edits that determines a training bit for bit."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin

import annotated_types
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.fields import FieldInfo

from dlcore.errors import SpecError

Edit = tuple[int, str, float]  # after `step` updates, this field has this value
MAX_EDITS = 8
LONGEST_TEXT = 1000  # characters of a field's text; 41 heights or 8 edits come to some 400
LONGEST_ROWS = 65_536  # of a field of rows; 1000 points to the last digit come to 50,000


def number(default: float, low: float, high: float, *, group: str, log: bool = False, editable: bool = False) -> Any:
    """A bounded number; `log` asks for a logarithmic control, `editable` allows changing it in the middle of a run."""
    extra: Any = {"group": group, "log": log, "editable": editable}
    return Field(default, ge=low, le=high, allow_inf_nan=False, json_schema_extra=extra)


def setting(default: Any, *, group: str, **constraints: Any) -> Any:
    """Any other field: a choice, a switch or a tuple."""
    return Field(default, json_schema_extra={"group": group}, **constraints)


# What own points begin with, in the corners of a square (x1, x2, class): not separable by a line.
STARTER_POINTS = ((-3.0, -3.0, 0), (3.0, 3.0, 0), (-3.0, 3.0, 1), (3.0, -3.0, 1))

Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]


@dataclass(frozen=True)
class FieldDescription:
    """One field as controls, links and the command line need it; bounds are None where there are none."""

    name: str
    type: Literal["int", "float", "bool", "text", "choice", "choices", "ints", "rows"]
    default: Any
    group: str
    low: float | None = None
    high: float | None = None
    log: bool = False
    editable: bool = False
    choices: tuple[str, ...] = ()
    max_length: int | None = None


class Spec(BaseModel):
    """Immutable, hashable, and equal to another spec exactly when their trainings are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]

    n_steps: int = number(1000, 1, 20000, group="training", log=True)
    seed: Seed = setting(0, group="seeds")
    edits: tuple[Edit, ...] = setting((), group="edits", max_length=MAX_EDITS)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise _spec_error(error, type(self)) from None

    @model_validator(mode="after")
    def _check_edits(self) -> Self:
        editable = {field.name: field for field in self.describe() if field.editable}
        for step, name, value in self.edits:
            if name not in editable:
                raise SpecError("edit_field", field="edits", value=name, choices=tuple(editable))
            if not 1 <= step < self.n_steps:
                raise SpecError("edit_step", field="edits", value=step, low=1, high=self.n_steps - 1)
            low, high = editable[name].low, editable[name].high
            if low is not None and high is not None and not low <= value <= high:
                raise SpecError("between", field=name, value=value, low=low, high=high)
        if list(self.edits) != sorted({(step, name): (step, name, value) for step, name, value in self.edits}.values()):
            raise SpecError("edit_order", field="edits", value=to_text(self.edits))
        return self

    @property
    def canonical_json(self) -> str:
        """The same text for equal specs, on every machine."""
        return json.dumps({"kind": self.kind, **self.model_dump(mode="json")}, sort_keys=True, separators=(",", ":"))

    @property
    def key(self) -> str:
        """What names this training in memory, on disk and in the log."""
        return f"{self.kind}-{hashlib.sha256(self.canonical_json.encode()).hexdigest()[:16]}"

    def at(self, step: int) -> Self:
        """The hyperparameters in force once `step` updates are done."""
        changed = {name: value for when, name, value in self.edits if when <= step}
        return self.model_copy(update=changed) if changed else self

    def fork(self, step: int, field: str, value: float) -> Self:
        """The spec that equals this one for `step` updates and then goes on with `field` set to `value`."""
        kept = [edit for edit in self.edits if edit[0] < step or (edit[0] == step and edit[1] != field)]
        return self.replace(edits=tuple(sorted([*kept, (step, field, value)])))

    def parent(self) -> Self | None:
        """The spec without its last edit: same frames until that edit's step."""
        return self.replace(edits=self.edits[:-1]) if self.edits else None

    def replace(self, **values: Any) -> Self:
        """A checked copy with other values."""
        return type(self)(**{**dict(self), **values})

    @classmethod
    def describe(cls) -> tuple[FieldDescription, ...]:
        """Every field but `edits`, in the order of the class."""
        return _descriptions(cls)

    def to_texts(self) -> dict[str, str]:
        """The fields that differ from their defaults, as the address bar and the command line write them."""
        defaults = {name: info.default for name, info in type(self).model_fields.items()}
        return {name: to_text(value) for name, value in self if value != defaults[name]}

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Self:
        """The inverse of `to_texts`; raises SpecError for the first field that breaks a rule."""
        unknown = set(texts) - set(cls.model_fields)
        if unknown:
            name = min(unknown)
            raise SpecError("unknown_field", field=name, value=texts[name], choices=tuple(cls.model_fields))
        for error in cls._too_long(texts):
            raise error
        return cls(**{name: _from_text(cls.model_fields[name], text) for name, text in texts.items()})

    @classmethod
    def repair(cls, texts: Mapping[str, str]) -> tuple[Self, list[SpecError]]:
        """The nearest valid spec to what an address bar says, and what had to be corrected.

        Unknown names are ignored; a number out of bounds becomes the nearest bound, anything else its default; edits
        that break a rule are dropped; a text beyond all measure is not read. An error's values gain `used`, the value
        taken instead.
        """
        errors = cls._too_long(texts)
        unread = {error.values["field"] for error in errors}
        said = {name: info for name, info in cls.model_fields.items() if name in texts and name not in unread}
        good = {name: _from_text(info, texts[name]) for name, info in said.items()}
        edits = good.pop("edits", ())
        spec = cls._repair_values(good, errors)
        try:
            return (spec.replace(edits=edits) if edits else spec), errors
        except SpecError as error:
            return spec, [*errors, error]

    @classmethod
    def _too_long(cls, texts: Mapping[str, str]) -> list[SpecError]:
        """One error for each field whose text is longer than any that makes sense."""
        errors = []
        for name, info in cls.model_fields.items():
            limit = LONGEST_ROWS if name != "edits" and _type_of(info.annotation)[0] == "rows" else LONGEST_TEXT
            if len(texts.get(name, "")) > limit:
                values = {"value": len(texts[name]), "limit": limit, "used": info.default}
                errors.append(SpecError("text_too_long", field=name, **values))
        return errors

    @classmethod
    def _repair_values(cls, good: dict[str, Any], errors: list[SpecError]) -> Self:
        """Correct `good` until it is valid, adding to `errors`; each field has at most two chances."""
        for _ in range(2 * len(cls.model_fields)):
            try:
                return cls(**good)
            except SpecError as error:
                name = error.values["field"]
                nearest = _nearest(error, cls)
                if nearest is not None and good.get(name) != nearest:
                    good[name] = error.values["used"] = nearest
                else:
                    good.pop(name, None)
                    error.values["used"] = cls.model_fields[name].default
                errors.append(error)
        return cls()


def to_text(value: Any) -> str:
    """A field's value as text: `8,8` for a tuple, `1,2,0;3,4,1` for a tuple of tuples, `1` for 1.0."""
    if isinstance(value, tuple):
        return (";" if value and isinstance(value[0], tuple) else ",").join(map(to_text, value))
    if isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value).removesuffix(".0")


def _from_text(info: FieldInfo, text: str) -> Any:
    if get_origin(info.annotation) is not tuple:
        return text
    row = get_args(info.annotation)[0]
    if get_origin(row) is tuple:
        return tuple(tuple(part.split(",")) for part in text.split(";") if part)
    return tuple(part.strip() for part in text.split(",") if part.strip())


@functools.cache
def _descriptions(cls: type[Spec]) -> tuple[FieldDescription, ...]:
    return tuple(_describe(name, info) for name, info in cls.model_fields.items() if name != "edits")


def _describe(name: str, info: FieldInfo) -> FieldDescription:
    extra: dict[str, Any] = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    bounds = list(info.metadata)
    annotation = info.annotation
    type_, choices = _type_of(annotation)
    if type_ == "ints":
        bounds += getattr(get_args(annotation)[0], "__metadata__", ())
        bounds += [m for b in bounds if isinstance(b, FieldInfo) for m in b.metadata]
    low = next((bound.ge for bound in bounds if isinstance(bound, annotated_types.Ge)), None)
    high = next((bound.le for bound in bounds if isinstance(bound, annotated_types.Le)), None)
    longest = next((bound.max_length for bound in bounds if isinstance(bound, annotated_types.MaxLen)), None)
    return FieldDescription(
        name,
        type_,
        info.default,
        extra.get("group", ""),
        low,  # type: ignore[arg-type]
        high,  # type: ignore[arg-type]
        bool(extra.get("log")),
        bool(extra.get("editable")),
        choices,
        longest,
    )


def _type_of(annotation: Any) -> tuple[Any, tuple[str, ...]]:
    if get_origin(annotation) is Literal:
        return "choice", get_args(annotation)
    if get_origin(annotation) is not tuple:
        return {int: "int", float: "float", bool: "bool", str: "text"}[annotation], ()
    item = get_args(annotation)[0]
    if get_origin(item) is Literal:
        return "choices", get_args(item)
    return ("rows" if get_origin(item) is tuple else "ints"), ()


def _spec_error(error: ValidationError, cls: type[Spec]) -> SpecError:
    """The first broken rule of a pydantic error, in dlcore's words."""
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    value = first["input"]
    info = cls.model_fields.get(name)
    if info is None:
        return SpecError("unknown_field", field=name, value=value, choices=tuple(cls.model_fields))
    field = _describe(name, info)
    context = first.get("ctx", {})
    if first["type"] in ("greater_than_equal", "less_than_equal"):
        return SpecError("between", field=name, value=value, low=field.low, high=field.high)
    if first["type"] in ("too_long", "too_short"):
        code = "too_long" if first["type"] == "too_long" else "too_short"
        limit = context.get("max_length", context.get("min_length"))
        return SpecError(code, field=name, value=context.get("actual_length"), limit=limit)
    if first["type"] == "literal_error":
        return SpecError("one_of", field=name, value=value, choices=field.choices)
    if field.low is not None and field.high is not None:
        return SpecError("number_between", field=name, value=value, low=field.low, high=field.high)
    return SpecError("not_understood", field=name, value=value)


def _nearest(error: SpecError, cls: type[Spec]) -> Any:
    """The value that the error itself proposes, or the bound nearest to a plain number; None where there is neither."""
    if "instead" in error.values:
        return error.values["instead"]
    field = cls.model_fields.get(error.values["field"])
    if error.code != "between" or field is None or field.annotation not in (int, float):
        return None
    low, high = error.values["low"], error.values["high"]
    return low if float(error.values["value"]) < low else high
