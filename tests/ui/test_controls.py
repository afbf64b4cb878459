"""The pure parts of the controls: the values that sliders offer."""

from __future__ import annotations

import pytest

from dlcore.specs import SPECS, FieldDescription
from ui.controls import TYPED_ABOVE, log_grid, slider_range

FIELDS = [field for spec_class in SPECS.values() for field in spec_class.describe()]
NUMBERS = [field for field in FIELDS if field.type in ("int", "float") and not field.log]
SLIDERS = [field for field in NUMBERS if field.high <= TYPED_ABOVE]


@pytest.mark.parametrize("field", [field for field in FIELDS if field.log], ids=lambda field: field.name)
def test_a_logarithmic_slider_offers_bounds_default_and_any_present_value(field: FieldDescription) -> None:
    odd = (field.low + field.high) / 3
    grid = log_grid(field, int(odd) if field.type == "int" else odd)
    assert grid == sorted(set(grid))
    assert grid[0] == field.low
    assert grid[-1] == field.high
    assert field.default in grid
    assert (int(odd) if field.type == "int" else odd) in grid
    assert all(isinstance(value, int) == (field.type == "int") for value in grid)


@pytest.mark.parametrize("field", SLIDERS, ids=lambda field: field.name)
def test_a_linear_slider_reaches_both_bounds_and_the_default(field: FieldDescription) -> None:
    low, high, step = slider_range(field)
    assert (low, high) == (field.low, field.high)
    for value in (high, field.default):
        steps = (value - low) / step
        assert steps == pytest.approx(round(steps)), f"{field.name}: {value} is not on the slider"
