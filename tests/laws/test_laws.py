"""What holds for every kind of experiment; a new spec class is covered the day it is registered."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcore import export
from dlcore.advance import Chunk, advance
from dlcore.errors import SpecError
from dlcore.frames import PackedFrame, recorded_steps, unpack
from dlcore.specs import SPECS, Spec
from dlcore.store import DiskStore, StoredRun
from tests.strategies import specs

KINDS = pytest.mark.parametrize("spec_class", SPECS.values(), ids=SPECS)
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def train(spec: Spec, *cuts: int) -> tuple[list[PackedFrame], Chunk]:
    """Train to the end, cut at the given numbers of steps."""
    frames: list[PackedFrame] = []
    state = None
    for n_steps in (*cuts, spec.n_steps):
        chunk = advance(spec, state, n_steps)
        frames, state = frames + chunk.frames, chunk.state
        if chunk.done or chunk.diverged:
            break
    return frames, chunk


@KINDS
@few
@given(data=st.data())
def test_chunk(spec_class, data):
    """Any split of the steps gives identical frames and an identical end."""
    spec = data.draw(specs(spec_class))
    cuts = data.draw(st.lists(st.integers(1, spec.n_steps), max_size=4))
    whole, end = train(spec)
    pieces, other_end = train(spec, *cuts)
    assert pieces == whole
    assert (end.state, end.step, end.diverged) == (other_end.state, other_end.step, other_end.diverged)


@KINDS
def test_place(spec_class, other_process):
    """Another process gives identical frames."""
    spec = spec_class(n_steps=25)
    assert other_process.submit(advance, spec, None, spec.n_steps).result().frames == train(spec)[0]


@KINDS
@few
@given(data=st.data())
def test_past(spec_class, data):
    """An edit changes no frame up to its step."""
    editable = [field for field in spec_class.describe() if field.editable]
    spec = data.draw(specs(spec_class, edits=False))
    for field in editable[:1]:
        step = data.draw(st.integers(1, spec.n_steps - 1))
        forked = spec.fork(step, field.name, field.low)
        before = [frame for frame in train(spec)[0] if frame.step <= step]
        assert [frame for frame in train(forked)[0] if frame.step <= step] == before


@KINDS
@few
@given(data=st.data())
def test_input(spec_class, data):
    """`advance` leaves its arguments alone."""
    spec = data.draw(specs(spec_class))
    first = advance(spec, None, 1)
    spec_before, state_before = spec.canonical_json, bytes(first.state)
    once, again = advance(spec, first.state, 2), advance(spec, first.state, 2)
    assert (spec.canonical_json, first.state) == (spec_before, state_before)
    assert once[:-1] == again[:-1]


@KINDS
@few
@given(data=st.data())
def test_round_trip(spec_class, data):
    """spec ⇄ JSON ⇄ address bar ⇄ command line; equal specs have equal keys."""
    spec = data.draw(specs(spec_class))
    from_json = {name: value for name, value in json.loads(spec.canonical_json).items() if name != "kind"}
    assert spec_class(**from_json) == spec
    assert spec_class.from_texts(spec.to_texts()) == spec
    assert spec_class.repair(spec.to_texts()) == (spec, [])
    assert spec_class(**from_json).key == spec.key


@KINDS
def test_store(spec_class, tmp_path):
    """State and frames survive the store."""
    spec = spec_class(n_steps=25)
    frames, end = train(spec)
    disk = DiskStore(tmp_path, 10**8)
    disk.write(StoredRun(spec, "finished", end.step, "", frames, end.state))
    stored = disk.read(spec)
    assert stored is not None
    assert (stored.frames, stored.state, stored.step) == (frames, end.state, end.step)


@KINDS
def test_bounds(spec_class):
    """Every field outside its bounds raises SpecError naming field, value and bound."""
    for field in spec_class.describe():
        bad: list = []
        if field.type in ("int", "float"):
            bad = [(field.low - 1, "low"), (field.high + 1, "high"), ("abc", None)]
        elif field.type in ("choice", "choices"):
            bad = [("nonsense" if field.type == "choice" else ("nonsense",), None)]
        elif field.type == "ints":
            bad = [((int(field.high) + 1,), "high"), ((1,) * (field.max_length + 1), None)]
        for value, bound in bad:
            with pytest.raises(SpecError) as caught:
                spec_class(**{field.name: value})
            assert caught.value.values["field"] == field.name
            assert "value" in caught.value.values
            if bound:
                assert caught.value.values[bound] == getattr(field, bound)


@KINDS
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_repair_takes_anything(spec_class, data):
    """Whatever an address bar says becomes a valid spec, and every correction names a field."""
    names = st.sampled_from([*spec_class.model_fields, "nonsense"])
    texts = data.draw(st.dictionaries(names, st.text(max_size=12) | st.integers().map(str) | st.floats().map(str)))
    spec, errors = spec_class.repair(texts)
    assert spec_class.from_texts(spec.to_texts()) == spec
    assert all(error.values["field"] in spec_class.model_fields for error in errors)
    assert errors or spec_class.repair(spec.to_texts())[0] == spec


@KINDS
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_take_home(spec_class, data, elsewhere):
    """The exported script, run in a process without dlcore on its path, prints the same final numbers."""
    spec = data.draw(specs(spec_class))
    frames, end = train(spec)
    if end.diverged:
        return
    assert elsewhere(export.script(spec)) == frames[-1].scalars


@KINDS
def test_notebook(spec_class, elsewhere):
    """The notebook's code cells, run one after another, print the same numbers too."""
    spec = spec_class(n_steps=5)
    cells = json.loads(export.notebook(spec))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert elsewhere(*code) == train(spec)[0][-1].scalars


@KINDS
@few
@given(data=st.data())
def test_divergence(spec_class, data):
    """Whatever the settings, no frame holds a NaN or an infinity; a run that blows up says at which step."""
    rates = {field.name: field.high for field in spec_class.describe() if field.name == "learning_rate"}
    frames, end = train(data.draw(specs(spec_class, edits=False, **rates)))
    for frame in map(unpack, (frame.blob for frame in frames)):
        assert np.isfinite(list(frame.scalars.values())).all()
        assert all(np.isfinite(array).all() for array in frame.arrays.values())
    assert end.diverged in (None, "not_finite", "too_large")
    recorded = set(recorded_steps(end.step)) if end.diverged else {end.step}
    assert end.step in recorded
