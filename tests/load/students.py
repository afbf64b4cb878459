"""What students do: move a slider, train (their own spec or everybody's), read and move on; and what they note down.

`OURS` and `NAIVE` say how the same behaviour looks on the explainer and on the tutorial's app.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from tests.load.client import Element, Request, Student, Unanswered

SCOPE = "concepts.playground"
# The naive app's training: 900 training points, 2-32-32-1, ReLU, Adam, 60 epochs of 29 batches of 32.
DATA = "tab=playground&dataset=moons&n_samples=1000&train_share=0.9"
NETWORK = "hidden_sizes=32,32&activation=relu&batch_size=32"
N_STEPS = 1740
LONG = 20_000  # steps that nobody waits for
CHART = "vega_lite_chart"


@dataclass
class Training:
    """One training as its student saw it; times in seconds since Start."""

    seed: int
    first: float = 0.0  # to the first picture after the start
    seconds: float = 0.0  # to the last one
    n_pictures: int = 0
    digest: str = ""
    done: bool = False

    @property
    def pictures_a_second(self) -> float:
        return self.n_pictures / max(self.seconds, 1e-9)


@dataclass
class Diary:
    """What a class notes down: times in seconds by kind, trainings, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    trainings: list[Training] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    n_silences: int = 0
    n_bytes: int = 0


@dataclass(frozen=True)
class App:
    """Where the slider and the training are, and how one trains there."""

    slider_page: tuple[str, str]
    training_page: tuple[str, str]
    slider: str
    low: float
    high: float
    train: Callable[[Student, Diary, int, float], Awaitable[None]]


def settings(seed: int, n_steps: int = N_STEPS) -> str:
    """The address of the playground with this spec."""
    return f"{DATA}&{NETWORK}&n_steps={n_steps}&seed={seed}"


async def train(student: Student, diary: Diary, seed: int, seconds: float) -> None:
    """Open the link with this seed if the page shows another, press Start (the band starts too), watch to the end."""
    if f"seed={seed}" not in student.query.split("&"):
        await student.go("concepts", settings(seed))
    training = Training(seed)
    diary.trainings.append(training)
    tape = student.tapes[SCOPE]
    await tape.until(lambda tape: bool(tape.frames), seconds)
    n_before, started = len(tape.frames), time.perf_counter()
    start(student)
    if await tape.until(lambda tape: len(tape.frames) > n_before, seconds):
        training.first = time.perf_counter() - started
    training.done = await tape.until(lambda tape: tape.ended, seconds - training.first)
    training.seconds, training.n_pictures = time.perf_counter() - started, len(tape.frames) - n_before
    training.digest = tape.digest
    if training.done:
        await student.tapes[f"{SCOPE}_band"].until(lambda tape: tape.ended, seconds)
        diary.seconds["training with its band"].append(time.perf_counter() - started)
        if tape.header["phase"] != "finished" or len(tape.frames) != tape.header["n_frames"]:
            diary.problems.append(f"training {tape.run} ended {tape.header['phase']} with {len(tape.frames)} frames")


def start(student: Student) -> None:
    """The stages of one group start together."""
    for tape in student.tapes.values():
        tape.ask("start")


async def train_naively(student: Student, diary: Diary, seed: int, seconds: float) -> None:
    training = Training(seed)
    diary.trainings.append(training)
    request = student.press("train")

    def count(element: Element) -> None:
        if element.kind == CHART:
            training.first = training.first or time.perf_counter() - request.sent
            training.n_pictures += 1

    student.on_element = count
    training.done = await answered(request, seconds)
    training.seconds = time.perf_counter() - request.sent


async def answered(request: Request, seconds: float) -> bool:
    done, _ = await asyncio.wait([request.answer], timeout=seconds)
    return bool(done) and not request.answer.cancelled()


OURS = App(("concepts", settings(0)), ("concepts", settings(0)), f"{SCOPE}.noise", 0.0, 0.5, train)
NAIVE = App(("", ""), ("", "view=train"), "steepness", 0.1, 10.0, train_naively)


# --- behaviours


async def moves_slider(student: Student, app: App, diary: Diary, generator: random.Random, times: int = 1) -> None:
    """Move the slider; on the explainer also note when the new spec's picture is there."""
    for _ in range(times):
        value = round(generator.uniform(app.low, app.high), 2)
        tape = student.tapes.get(SCOPE)
        run = tape.run if tape else ""
        asked = time.perf_counter()
        try:
            diary.seconds["slider"].append(await student.set(app.slider, value))
        except asyncio.CancelledError:
            diary.seconds["slider"].append(time.perf_counter() - asked)  # at least so long
            raise
        if tape is not None and await tape.until(lambda tape, old=run: tape.run != old and bool(tape.frames), 10):
            diary.seconds["slider to picture"].append(time.perf_counter() - asked)
        await asyncio.sleep(generator.uniform(0.5, 1.5))


async def reads(student: Student, diary: Diary, generator: random.Random) -> None:
    """Read a page, follow a link, come back."""
    for page, query in (("concepts", "tab=idea"), ("concepts", "tab=perceptron"), ("", "")):
        diary.seconds["page"].append(await student.go(page, query))
        await asyncio.sleep(generator.uniform(0.5, 2.0))


async def attends(student: Student, diary: Diary, part: Callable[[Student], Awaitable[None]]) -> None:
    """Open the page, do something, leave; whatever goes wrong is noted and troubles nobody else."""
    try:
        async with student:
            diary.seconds["open"].append(student.opened_in)
            try:
                await part(student)
            finally:
                note(student, diary)
    except (Unanswered, LookupError, OSError, WebSocketException) as problem:
        diary.problems.append(f"{type(problem).__name__}: {problem}")


def note(student: Student, diary: Diary) -> None:
    """Take over what the student's tab has counted."""
    diary.problems += student.totals.exceptions
    diary.problems += ["connection lost"] * student.totals.n_lost
    diary.n_bytes += student.totals.n_bytes
    for figures in student.figures:
        diary.seconds["tick"] += figures.answers
        diary.n_silences += figures.n_silences
