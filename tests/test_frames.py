"""Frames: when they are recorded, and that packing loses nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dlcore.frames import DTYPES, N_FRAMES, pack, pack_message, recorded_steps, unpack, unpack_message


@given(st.integers(1, 10**6))
def test_recorded_steps_begin_dense_and_end_at_the_end(n_steps):
    steps = recorded_steps(n_steps)
    assert steps[0] == 0
    assert steps[-1] == n_steps
    assert list(steps) == sorted(set(steps))
    assert len(steps) <= N_FRAMES + 1
    assert steps[: min(n_steps, 40)] == tuple(range(min(n_steps, 40)))
    gaps = np.diff(steps)[40:]
    assert len(gaps) == 0 or gaps.max() - gaps.min() <= 1


@given(
    st.dictionaries(
        st.text("abcxyz_", min_size=1, max_size=5),
        st.floats(allow_nan=False, allow_infinity=False)
        | st.sampled_from(DTYPES).flatmap(
            lambda dtype: arrays.arrays(
                dtype,
                arrays.array_shapes(max_dims=3, max_side=4),
                elements={"allow_nan": False} if dtype == "float32" else None,
            )
        ),
        max_size=6,
    )
)
def test_packing_loses_nothing(observed):
    frame = unpack(pack(7, observed).blob)
    assert frame.step == 7
    assert frame.scalars == {name: value for name, value in observed.items() if isinstance(value, float)}
    for name, array in frame.arrays.items():
        np.testing.assert_array_equal(array, observed[name])
        assert array.dtype == observed[name].dtype


def test_wide_types_are_narrowed_for_the_browser():
    arrays = unpack(pack(0, {"a": np.zeros(3), "b": np.zeros(3, int), "c": np.zeros(3, bool)}).blob).arrays
    assert [array.dtype.name for array in arrays.values()] == ["float32", "int32", "uint8"]
    with pytest.raises(TypeError, match="complex"):
        pack(0, {"a": np.zeros(3, complex)})


def test_a_message_carries_header_and_frames():
    frames = [pack(step, {"loss": 0.5}) for step in range(3)]
    header, blobs = unpack_message(pack_message({"run": "key", "phase": "idle"}, frames))
    assert header == {"run": "key", "phase": "idle", "sizes": [len(frame.blob) for frame in frames]}
    assert [unpack(blob).step for blob in blobs] == [0, 1, 2]
    assert unpack_message(pack_message({}, []))[1] == []
