"""From what a class noted down to rows of the table: bar, figure, verdict."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from tests.bench.table import Row
from tests.load.scenarios import TRAININGS, Lesson, Sharing
from tests.load.students import Diary, Training

MEGABYTE = 2**20
RATIOS = {1: (10, 6), 5: (15, 10), 10: (30, 12), 20: (80, 18), 40: (150, 20)}  # naive ÷ ours, at least: p50, p95
GROWTH = {40: 2.0, 80: 3.0}  # p50 ÷ p50 of the smallest class, at most


def of_lesson(lesson: Lesson, naive: Lesson | None, smallest: Lesson) -> list[Row]:
    """The bars for a class of this size."""
    n, diary = lesson.n, lesson.diary
    name = f"{size(n)}: "
    slider = diary.seconds["slider"]
    rows: list[Row] = []
    if naive is not None:
        theirs = naive.diary.seconds["slider"]
        bars = RATIOS[max(size for size in RATIOS if size <= n)]
        for share, bar in zip((0.5, 0.95), bars, strict=True):
            ours, other = quantile(slider, share), quantile(theirs, share)
            aid = f"{1000 * ours:.0f} ms, naive {1000 * other:.0f} ms"
            rows.append(Row(f"{name}slider p{100 * share:.0f} ÷ naive", ours / other, 1 / bar, aid=aid))
        aid = f"naive {said(naive)}"
    else:
        aid = f"slider {milliseconds(slider)}"
    rows.append(Row(f"{name}trainings that ended", n_done(lesson) / n_trainings(n), 1, False, f"{said(lesson)}; {aid}"))
    rows.append(problems(name, diary))
    if n == 1:
        rows += of_one(lesson)
    else:
        rows += of_many(lesson, smallest)
    rows.append(memory(lesson))
    return rows


def of_one(lesson: Lesson) -> list[Row]:
    """What one student, on an idle machine, waits for."""
    diary, trainings = lesson.diary, lesson.diary.trainings
    first, picture = [training.first for training in trainings], diary.seconds["slider to picture"]
    pace = quantile([training.pictures_a_second for training in trainings])
    ticks, slider = milliseconds(diary.seconds["tick"]), 1000 * quantile(picture, 0.95)
    return [
        Row("1 student: Start → first picture, s, p95", quantile(first, 0.95), 0.6, aid=milliseconds(first)),
        Row("1 student: slider → new picture, ms, p95", slider, 120, aid=milliseconds(picture)),
        Row("1 student: pictures a second while live", pace, 10, False, f"ticks {ticks}"),
        Row("web process at rest, MB", lesson.empty.web_memory / MEGABYTE, 160, aid="one student has been there"),
    ]


def of_many(lesson: Lesson, smallest: Lesson) -> list[Row]:
    """What a class adds: ticks in time, turns for everybody, sliders that don't slow down."""
    name, diary = f"{lesson.n} students: ", lesson.diary
    times = [training.seconds for training in diary.trainings if training.done] or [math.inf]
    ticks = f"{len(diary.seconds['tick'])} ticks, {milliseconds(diary.seconds['tick'])}"
    spread = max(times) / statistics.median(times)
    rows = [
        Row(f"{name}asks not answered within 4 s", diary.n_silences, 0, aid=ticks),
        Row(f"{name}slowest training ÷ median", spread, 1.5, aid=said_of_pictures(times, diary.trainings)),
    ]
    bar = max((bar for size, bar in GROWTH.items() if size <= lesson.n), default=None)
    if bar is not None and smallest.n == 1:
        growth = quantile(diary.seconds["slider"]) / quantile(smallest.diary.seconds["slider"])
        rows.append(Row(f"{name}slider p50 ÷ that of 1", growth, bar))
    return rows


def memory(lesson: Lesson) -> Row:
    """How much the web process grows when the students come in, before anybody trains."""
    empty, full, end = lesson.empty, lesson.full, lesson.end
    grown = (full.web_memory - empty.web_memory) / MEGABYTE / lesson.n
    seconds = max(end.at - full.at, 1e-9)  # nothing was measured if the server had died
    web, workers = (end.web_cpu - full.web_cpu) / seconds, (end.workers_cpu - full.workers_cpu) / seconds
    sizes = " → ".join(f"{usage.web_memory / MEGABYTE:.0f}" for usage in (empty, full, end))
    aid = f"empty → all in → trained {sizes} MB; {end.n_workers} workers {end.workers_memory / MEGABYTE:.0f} MB; "
    others = (end.others_cpu - full.others_cpu) / seconds
    aid += f"cores busy: {web:.2f} web, {workers:.2f} workers, {others:.2f} not ours"
    return Row(f"{size(lesson.n)}: web process grows a student, MB", grown, 2 if lesson.n == 1 else 1, aid=aid)


def of_sharing(sharing: Sharing, n: int) -> list[Row]:
    """The same spec for everybody costs one training and brings everybody the same."""
    diary, name = sharing.diary, f"same spec, {n} students: "
    times = quantile([training.seconds for training in diary.trainings])
    cpu = f"{sharing.all_cpu:.2f} s ÷ {sharing.one_cpu:.2f} s; ended after {times:.1f} s (median)"
    first = f"first picture {milliseconds([training.first for training in diary.trainings])}"
    return [
        Row(f"{name}training CPU ÷ that of 1", sharing.all_cpu / sharing.one_cpu, 1.2, aid=cpu),
        Row(f"{name}trainings started", sharing.n_started, 2, aid="the model and its band over seeds"),
        Row(f"{name}different frames seen", len(sharing.digests), 1, aid=first),
        problems(name, diary),
        Row("web process CPU a tick, ms", 1000 * sharing.web_cpu_a_tick, 10, aid="all it did during one training"),
    ]


def of_loss(survived: bool, diary: Diary) -> list[Row]:
    return [Row("3 s without connection: training survives", float(survived), 1, False, "; ".join(diary.problems[:3]))]


def of_leaving(cores: float, diary: Diary, n: int) -> list[Row]:
    return [
        Row(f"{n} students have left: cores still busy", cores, 0.05, aid="5 s after the last, over 3 s"),
        problems(f"{n} students, all behaviours: ", diary),
    ]


def of_repetition(lesson: Lesson, digests: Sequence[str]) -> Row:
    """The same seed gives the same frames in a full class and alone on another server."""
    crowded = {training.seed: training.digest for training in lesson.diary.trainings}
    differing = sum(crowded[seed] != digest for seed, digest in zip(seeds(lesson), digests, strict=True))
    return Row(f"same seed alone and among {lesson.n}: differing trainings", differing, 0, aid=f"of {len(digests)}")


def seeds(lesson: Lesson, n: int = 2) -> list[int]:
    return sorted(training.seed for training in lesson.diary.trainings if training.done)[:n]


# --- parts of a row


def problems(name: str, diary: Diary) -> Row:
    texts = sorted(set(diary.problems))
    return Row(f"{name}errors, failed or lost", len(diary.problems), 0, aid="; ".join(text[:90] for text in texts[:3]))


def said(lesson: Lesson) -> str:
    done = [training for training in lesson.diary.trainings if training.done]
    median = f"{statistics.median(training.seconds for training in done):.1f} s" if done else "–"
    trouble = f", {len(lesson.diary.problems)} errors" if lesson.diary.problems else ""
    return f"{n_done(lesson)} of {n_trainings(lesson.n)}, median {median}{trouble}"


def n_trainings(n: int) -> int:
    return TRAININGS * max(1, n // 2)


def n_done(lesson: Lesson) -> int:
    return sum(training.done for training in lesson.diary.trainings)


def said_of_pictures(times: Sequence[float], trainings: Sequence[Training]) -> str:
    pace = [training.pictures_a_second for training in trainings]
    first = milliseconds([training.first for training in trainings if training.first])
    return f"{min(times):.1f}–{max(times):.1f} s; first picture {first}; {quantile(pace):.0f} pictures a second"


def size(n: int) -> str:
    return "1 student" if n == 1 else f"{n} students"


def milliseconds(seconds: Sequence[float]) -> str:
    return f"{1000 * quantile(seconds):.0f} / {1000 * quantile(seconds, 0.95):.0f} ms (p50 / p95)"


def quantile(values: Sequence[float], share: float = 0.5) -> float:
    """Linear between the two nearest; NaN of nothing."""
    if len(values) < 2:
        return values[0] if values else math.nan
    ordered, place = sorted(values), share * (len(values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
