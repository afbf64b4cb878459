"""What a class does together, and what is measured of it. Every scenario gets a server that is warm."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from dlcore.settings import Settings
from tests.load.client import Student
from tests.load.server import Server, Usage
from tests.load.students import (
    LONG,
    OURS,
    SCOPE,
    App,
    Diary,
    attends,
    moves_slider,
    note,
    reads,
    settings,
    start,
    train,
)

TRAININGS = 2  # of each who trains
LEASE = Settings().lease_seconds  # after which an unwatched run stops


@dataclass
class Lesson:
    """A class of `n` on one app: the diary, and the server's use before anybody came, with all in, and at the end."""

    n: int
    empty: Usage
    full: Usage
    end: Usage
    diary: Diary = field(default_factory=Diary)


async def warm(server: Server) -> None:
    """Let one student see a first picture and leave, and all workers come up."""
    async with Student(server.port, *OURS.training_page) as student:
        for tape in student.tapes.values():
            await tape.until(lambda tape: bool(tape.frames), 60)
    for _ in range(60):
        if server.usage().n_workers >= (os.cpu_count() or 1):
            break
        await asyncio.sleep(0.5)
    await asyncio.sleep(1.0)


async def meet(everybody: asyncio.Barrier) -> None:
    """Wait until all are here; raises TimeoutError when somebody doesn't come."""
    async with asyncio.timeout(120):
        await everybody.wait()


async def hold_lesson(server: Server, app: App, n: int, seconds: float) -> Lesson:
    """Half the class moves the slider until the other half, all at the same moment, have trained specs of their own."""
    empty = server.usage()
    lesson = Lesson(n, empty, empty, empty)
    diary, everybody_in, trained = lesson.diary, asyncio.Barrier(n + 1), asyncio.Event()
    n_left = n if n == 1 else n // 2

    async def alone(student: Student) -> None:
        await moves_slider(student, app, diary, random.Random(0), times=12)
        await student.go(*app.training_page)
        await trains(student, 0)

    async def trains(student: Student, number: int) -> None:
        nonlocal n_left
        try:
            for turn in range(TRAININGS):
                await app.train(student, diary, 1 + number + 1000 * turn, seconds)
                await asyncio.sleep(random.Random(number).uniform(0.5, 1.5))
        finally:
            n_left -= 1
            if n_left == 0:
                trained.set()

    async def plays_on(student: Student, number: int) -> None:
        generator = random.Random(number)
        await asyncio.sleep(generator.uniform(0.0, 1.0))
        while not trained.is_set():
            await moves_slider(student, app, diary, generator)

    def part(number: int) -> Callable[[Student], Awaitable[None]]:
        async def act(student: Student) -> None:
            await meet(everybody_in)
            if n == 1:
                await alone(student)
            else:
                await (trains if number % 2 else plays_on)(student, number)

        return act

    def page(number: int) -> tuple[str, str]:
        return app.training_page if number % 2 else app.slider_page

    tasks = []
    for number in range(n):
        tasks.append(asyncio.create_task(attends(Student(server.port, *page(number)), diary, part(number))))
        await asyncio.sleep(0.15)
    try:
        await meet(everybody_in)
    except TimeoutError:
        diary.problems.append("not everybody could open the page")
    lesson.full = server.usage()
    _, late = await asyncio.wait(tasks, timeout=seconds)
    if server.death:
        diary.problems.append(server.death)
    else:
        lesson.end = server.usage()
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return lesson


@dataclass
class Sharing:
    """The same spec for one student and for `n`: CPU seconds (workers; web process a tick) and what came out."""

    one_cpu: float
    all_cpu: float
    web_cpu_a_tick: float
    n_started: int
    diary: Diary
    digests: set[str]


async def share_a_spec(server: Server, n: int, seconds: float) -> Sharing:
    """One student trains seed 501, then `n` at the same moment seed 502: the same work, whoever looks on."""
    alone, uses = Diary(), []

    async def trains_alone(student: Student) -> None:
        await student.tapes[SCOPE].until(lambda tape: bool(tape.frames), seconds)
        uses.append(server.usage())
        await train(student, alone, 501, seconds)
        uses.append(server.usage())

    await attends(Student(server.port, "concepts", settings(501)), alone, trains_alone)
    before, middle = uses
    diary, together, started = Diary(), asyncio.Barrier(n), server.n_started()

    async def trains(student: Student) -> None:
        await meet(together)
        await train(student, diary, 502, seconds)

    students = [Student(server.port, "concepts", settings(502)) for _ in range(n)]
    await asyncio.gather(*(attends(student, diary, trains) for student in students))
    after = server.usage()
    return Sharing(
        middle.workers_cpu - before.workers_cpu,
        after.workers_cpu - middle.workers_cpu,
        (middle.web_cpu - before.web_cpu) / max(1, len(alone.seconds["tick"])),
        server.n_started() - started,
        diary,
        {training.digest for training in diary.trainings},
    )


async def leave_early(server: Server, n: int, seconds: float) -> tuple[float, Diary]:
    """All four behaviours at once, trainings that nobody waits for; returns the cores busy after everybody has left."""
    diary = Diary()

    async def trains(student: Student) -> None:
        start(student)
        await asyncio.sleep(seconds)

    async def acts(student: Student, number: int) -> None:
        generator = random.Random(number)
        if number % 4 == 0:
            await reads(student, diary, generator)
        elif number % 4 == 1:
            await moves_slider(student, OURS, diary, generator, times=3)
        else:
            await trains(student)

    def page(number: int) -> str:
        return settings(600 + (number if number % 4 == 2 else 0), LONG)

    await asyncio.gather(
        *(
            attends(Student(server.port, "concepts", page(number)), diary, lambda s, i=number: acts(s, i))
            for number in range(n)
        )
    )
    await asyncio.sleep(LEASE + 1.0)
    before = server.usage()
    await asyncio.sleep(3.0)
    after = server.usage()
    busy = after.workers_cpu + after.web_cpu - before.workers_cpu - before.web_cpu
    return busy / (after.at - before.at), diary


async def lose_connection(server: Server, seconds: float = 3.0) -> tuple[bool, Diary]:
    """A training goes on while its student's connection is gone; whether it was further, and ended, afterwards."""
    diary = Diary()
    student = Student(server.port, "concepts", settings(700, 6000))
    survived = False
    async with student:
        start(student)
        tape = student.tapes[SCOPE]
        await tape.until(lambda tape: tape.header["step"] > 0, 30)
        step = tape.header["step"]
        await student.disconnect()
        await asyncio.sleep(seconds)
        await student.connect()
        await student.rerun()
        further = tape.header["step"] > step
        survived = await tape.until(lambda tape: tape.header["phase"] == "finished", 60) and further
        note(student, diary)
    return survived, diary


async def train_alone(server: Server, seed: int) -> str:
    """The digest of one training with nobody else around."""
    diary = Diary()
    await attends(Student(server.port, "concepts", settings(seed)), diary, lambda s: train(s, diary, seed, 60))
    return diary.trainings[0].digest
