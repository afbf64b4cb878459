"""A run's tape: frames in order of arrival, each step once; states that are bounded and found from any step."""

from __future__ import annotations

from dlcore.frames import PackedFrame
from dlcore.tape import MAX_STATES, Tape


def frame(step: int) -> PackedFrame:
    return PackedFrame(step, {"loss": 1.0 / (1 + step)}, b"frame")


def make_tape(*steps: int) -> Tape:
    tape = Tape()
    for step in steps:
        tape.add([frame(step)])
        tape.keep(step, b"state %d" % step)
    return tape


def test_frames_stay_where_a_reader_saw_them_and_come_once():
    tape = make_tape(0, 8)
    tape.add([frame(3), frame(8)])
    assert [f.step for f in tape.frames] == [0, 8, 3]
    assert [f.step for f in tape.in_order()] == [0, 3, 8]
    assert tape.has(3)
    assert not tape.has(4)


def test_the_latest_state_before_a_step():
    tape = make_tape(4, 8)
    assert tape.state_before(3) == (0, None)
    assert tape.state_before(8) == (8, b"state 8")
    assert tape.state_before(100) == (8, b"state 8")


def test_states_are_bounded_and_the_newest_is_kept():
    tape = make_tape(*range(1, 1000))
    assert len(tape.states) <= MAX_STATES
    assert tape.state_before(5000) == (999, b"state 999")
    assert all(tape.state_before(step)[0] <= step for step in range(1000))


def test_a_copy_ends_at_its_step_and_grows_alone():
    tape = make_tape(0, 4, 8)
    copy = tape.until(5)
    copy.add([frame(6)])
    assert [f.step for f in copy.frames] == [0, 4, 6]
    assert set(copy.states) == {0, 4}
    assert not tape.has(6)


def test_the_weight_is_that_of_all_frames_and_states():
    tape = make_tape(*range(500))
    assert tape.n_bytes == 500 * len(b"frame") + sum(map(len, tape.states.values()))
