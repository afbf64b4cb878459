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
    name = f"{n} student{'s' if n > 1 else ''}: "
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
    diary, trainings = lesson.diary, lesson.diary.trainings
    first, picture = [training.first for training in trainings], diary.seconds["slider to picture"]
    pace = statistics.median(training.pictures_a_second for training in trainings)
    at_rest = lesson.empty.web_memory / MEGABYTE if lesson.empty else math.inf
    return [
        Row(
            "1 student: Start → first picture, s, p95",
            quantile(first, 0.95),
            0.6,
            aid=f"median {quantile(first):.2f} s",
        ),
        Row("1 student: slider → new picture, ms, p95", 1000 * quantile(picture, 0.95), 120, aid=milliseconds(picture)),
        Row("1 student: pictures a second while live", pace, 10, False, f"ticks {milliseconds(diary.seconds['tick'])}"),
        Row("web process at rest, MB", at_rest, 160, aid="warm, one student has been there"),
    ]


def of_many(lesson: Lesson, smallest: Lesson) -> list[Row]:
    n, diary = lesson.n, lesson.diary
    name = f"{n} students: "
    times = [training.seconds for training in diary.trainings if training.done] or [math.inf]
    first = [training.first for training in diary.trainings]
    pace = [training.pictures_a_second for training in diary.trainings]
    alone = quantile(smallest.diary.seconds["slider"])
    growth = quantile(diary.seconds["slider"]) / alone
    ticks = milliseconds(diary.seconds["tick"])
    return [
        Row(
            f"{name}asks that were not answered in 4 s",
            diary.n_silences,
            0,
            aid=f"{len(diary.seconds['tick'])} ticks, {ticks}",
        ),
        Row(
            f"{name}slowest training ÷ median",
            max(times) / statistics.median(times),
            1.5,
            aid=fairness(times, first, pace),
        ),
        *(
            [Row(f"{name}slider p50 ÷ that of {smallest.n}", growth, GROWTH[max(size for size in GROWTH if size <= n)])]
            * (n >= 40)
        ),
    ]


def memory(lesson: Lesson) -> Row:
    n = lesson.n
    if lesson.empty is None or lesson.full is None or lesson.end is None:
        raise ValueError("the lesson was not held")
    empty, full, end = (usage.web_memory / MEGABYTE for usage in (lesson.empty, lesson.full, lesson.end))
    workers = f"{lesson.end.n_workers} workers {lesson.end.workers_memory / MEGABYTE:.0f} MB"
    seconds = lesson.end.at - lesson.full.at
    cores = f"{(lesson.end.web_cpu - lesson.full.web_cpu) / seconds:.2f} web, {(lesson.end.workers_cpu - lesson.full.workers_cpu) / seconds:.2f} workers"
    aid = f"{empty:.0f} → {full:.0f} with all in → {end:.0f} MB after the trainings; {workers}; cores busy: {cores}"
    return Row(
        f"{n} student{'s' if n > 1 else ''}: web process grows a student, MB",
        (full - empty) / n,
        2 if n == 1 else 1,
        aid=aid,
    )


def of_sharing(sharing: Sharing, n: int) -> list[Row]:
    diary = sharing.diary
    times = [training.seconds for training in diary.trainings]
    aid = f"{sharing.all_cpu:.2f} s ÷ {sharing.one_cpu:.2f} s; ended after {quantile(times):.1f} s (median)"
    return [
        Row(f"same spec, {n} ÷ 1: training CPU", sharing.all_cpu / sharing.one_cpu, 1.2, aid=aid),
        Row(
            f"same spec, {n}: different trainings seen",
            len(sharing.digests),
            1,
            aid=f"first picture {milliseconds([t.first for t in diary.trainings])}",
        ),
        problems(f"same spec, {n}: ", diary),
        Row(
            "web process CPU a tick, ms",
            1000 * sharing.web_cpu_a_tick,
            10,
            aid="all it did during one training ÷ ticks",
        ),
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
    return f"{n_done(lesson)} of {n_trainings(lesson.n)}, median {median}"


def n_trainings(n: int) -> int:
    return TRAININGS * max(1, n // 2)


def n_done(lesson: Lesson) -> int:
    return sum(training.done for training in lesson.diary.trainings)


def fairness(times: Sequence[float], first: Sequence[float], pace: Sequence[float]) -> str:
    return (
        f"{min(times):.1f}–{max(times):.1f} s; first picture {milliseconds(first)}; "
        f"pictures a second {quantile(pace):.0f} (slowest {min(pace, default=0):.0f})"
    )


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


__all__ = ["Training", "of_leaving", "of_lesson", "of_loss", "of_repetition", "of_sharing", "seeds"]
