"""The simulated student against a real server: two of them who ask for the same spec share one training."""

import asyncio
import random
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load.client import EARLY, GOOD, Request, Student
from tests.load.server import Server
from tests.load.students import OURS, SCOPE, Diary, moves_slider, start

SPEC = "tab=playground&n_steps=200&hidden_sizes=4&seed=5"


@pytest.fixture(scope="module")
def server():
    with Server() as running:
        yield running


def run(play: Callable[[], Coroutine]) -> Any:
    """In a thread of its own: the browser tests' Playwright keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(play())).result()


def test_two_students_share_one_training(server):
    async def watch(student: Student) -> tuple[str, str, int]:
        async with student:
            await student.tapes[SCOPE].until(lambda tape: bool(tape.frames), 60)
            start(student)
            assert await student.tapes[SCOPE].until(lambda tape: tape.ended, 60)
            assert student.totals.exceptions == []
            return student.tapes[SCOPE].run, student.tapes[SCOPE].digest, len(student.tapes[SCOPE].frames)

    async def both() -> list[tuple[str, str, int]]:
        return await asyncio.gather(*(watch(Student(server.port, "concepts", SPEC)) for _ in range(2)))

    first, second = run(both)
    assert first == second
    assert first[2] == 201
    assert server.log().count(f"training started: {first[0]}") == 1


def test_a_slider_brings_another_spec_with_its_picture(server):
    diary = Diary()

    async def move() -> int:
        async with Student(server.port, "concepts", SPEC) as student:
            await moves_slider(student, OURS, diary, random.Random(1))
            return len(student.tapes[SCOPE].frames)

    assert run(move) == 1
    assert len(diary.seconds["slider to picture"]) == 1


def test_a_run_that_is_called_early_is_over_with_the_next():
    async def play() -> list[bool]:
        student, answer = Student(0), asyncio.get_running_loop().create_future()
        student._requests.append(Request("part", time.perf_counter(), answer, has_begun=True))
        done = []
        for status in (EARLY, GOOD[1]):
            message = ForwardMsg(script_finished=status)
            message.metadata.run.fragment_ids.append("another")
            student._finish(message)
            done.append(answer.done())
        return done

    assert run(play) == [False, True]
