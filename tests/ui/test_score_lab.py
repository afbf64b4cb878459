"""The JavaScript of the score lab, run by a real browser without a page around it, against numpy."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from dlcore.functions import bootstrap, metrics
from dlcore.functions.metrics import rank
from tests.functions.test_metrics import SETS
from ui.components import scores
from ui.text import read_labels

FILES = (
    "stage/theme.js", "widget.js", "scores/functions.js",  "scores/pictures.js", "scores/state.js",
    "scores/sources.js", "scores/step_sum_state.js",
)  # fmt: skip
SCRIPTS = "\n".join((scores.HERE / name).read_text(encoding="utf-8") for name in FILES)
CHOSEN = SETS[::8]
GIVEN = json.dumps([[labels.tolist(), values.tolist()] for labels, values in CHOSEN])


def same(found: list, wanted: np.ndarray) -> None:
    """Equal numbers; JSON writes NaN as null."""
    ours = np.array([np.nan if value is None else value for value in np.ravel(np.array(found, dtype=object))], float)
    np.testing.assert_allclose(ours, np.ravel(wanted), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    text = scores.JS["lab"] + scores.JS["steps"]
    asked = set(re.findall(r"words\.(scorelab_\w+)", text)) | set(re.findall(r'"(scorelab_\w+)"', text))
    asked |= {f"scorelab_part_{name}" for name in ("train", "valid", "test", "all")}
    asked |= {f"scorelab_mark_{name}" for name in ("band", "linear")}
    asked |= {f"scorelab_column_{name}" for name in ("precision", "recall", "f", "cost", "ap", "auc")}
    asked |= {f"scorelab_{name}{alt}" for name in ("histogram", "matrix", "pr", "roc") for alt in ("", "_alt")}
    asked |= {f"scorelab_area_{name}" for name in ("step", "linear", "chance")}
    asked |= {"scorelab_no_positives", "scorelab_no_negatives", "scorelab_positives", "scorelab_negatives"}
    assert asked == {key for key in read_labels(language) if key.startswith("scorelab_")}


@pytest.mark.browser
def test_its_curves_and_areas_are_those_of_numpy(evaluate):
    found = evaluate(
        f"{GIVEN}.map(([labels, scores]) => {{ const r = rankScores(labels, scores); return [[...r.tp], [...r.fp],"
        "[...precisionOf(r)], [...precisionOf(r, 0.03)], [...r.tpr], [...r.fpr], [...fBetas(r, 2)], [...costs(r, 7)],"
        "[averagePrecision(r), averagePrecision(r, 0.03), linearArea(r), chanceArea(r), rocAuc(r)], whyUndefined(r)] })"
    )
    for (labels, values), (*curves, areas, why) in zip(CHOSEN, found, strict=True):
        r = rank(labels, values)
        for ours, wanted in zip(
            curves,
            (r.tp, r.fp, metrics.precision(r), metrics.precision(r, 0.03), r.tpr, r.fpr, metrics.f_beta(r, 2),
             metrics.expected_cost(r, 7)),
            strict=True,
        ):  # fmt: skip
            same(ours, wanted)
        ap, rare = metrics.average_precision(r), metrics.average_precision(r, 0.03)
        same(areas, np.array([ap, rare, metrics.linear_area(r), metrics.chance_area(r), metrics.roc_auc(r)]))
        assert why == metrics.why_undefined(r)


@pytest.mark.browser
def test_its_bands_are_numpys_on_the_same_resamples(evaluate):
    whole = [each for each in CHOSEN if 0 < each[0].sum() < len(each[0])][:20]
    given = json.dumps([[labels.tolist(), values.tolist()] for labels, values in whole])
    found = evaluate(
        f"{given}.map(([labels, scores]) => {{ const cases = orderCases(labels, scores), random = makeRandom(1);"
        "const counts = Array.from({ length: 20 }, () => [...drawCounts(labels, random)]);"
        "return [counts, bootstrapBands(cases, null, 20), GRID, bootstrapBands(cases, 0.2, 20).ap] })"
    )
    for (labels, values), (counts, bands, grid, rare) in zip(whole, found, strict=True):
        drawn = np.array(counts)
        assert (drawn @ labels == labels.sum()).all()
        wanted = bootstrap.bootstrap_bands(labels, values, drawn, np.array(grid))
        same(bands["ap"], wanted.ap)
        same(bands["auc"], wanted.auc)
        same(bands["tpr"], wanted.tpr.T)
        same(bands["odds"], wanted.odds.T)
        same(rare, bootstrap.ends(np.array([metrics.average_precision(rank(labels, values, w), 0.2) for w in drawn])))


@pytest.mark.browser
def test_several_classes_are_those_of_numpy(evaluate):
    generator = np.random.default_rng(1)
    y, s = generator.integers(0, 4, 50), generator.standard_normal((50, 4))
    found = evaluate(
        f"[0, 1, 2, 3, null].map((label) => {{ const one = askClass({y.tolist()}, {s.ravel().tolist()}, 4, label);"
        "return averagePrecision(rankScores(one.labels, one.scores)) })"
    )
    rankings = [*metrics.one_against_rest(y, s), metrics.micro(y, s)]
    same(found, np.array([metrics.average_precision(ranking) for ranking in rankings]))


@pytest.mark.browser
def test_the_best_threshold_survives_its_own_rounding(evaluate):
    """Of every place of every ranking, the threshold that stands for it, as a link writes it, leads back to it."""
    found = evaluate(
        f"{GIVEN}.map(([labels, scores]) => {{ const r = rankScores(labels, scores); return r.thresholds.map((_, at) =>"
        "placeOf(r, Number(thresholdAt(r, at).toPrecision(9)))) })"
    )
    assert all(places == list(range(len(places))) for places in found)


@pytest.mark.browser
def test_normal_scores_are_quantiles(evaluate):
    from statistics import NormalDist

    wanted = [NormalDist().inv_cdf((at + 0.5) / 40) for at in range(40)]
    np.testing.assert_allclose(evaluate("normalScores(40)"), wanted, atol=1e-9)


@pytest.mark.browser
def test_addresses_come_back_and_nonsense_is_repaired(evaluate):
    good = ["-1.25,0.01,2,10,valid,bl,3,1.5", ",,1,5,,b,,1.5", "0.5,,0.5,1,,n,micro,0"]
    assert evaluate(f"{json.dumps(good)}.map((text) => scoresText(readScores(text)))") == good
    assert evaluate("['', 'x', 'NaN,abc', ',,,'].map(readScores)") == [None, None, None, None]
    assert evaluate("scoresText(readScores('1e99,9,77,-3,<b>,zz,999,88'))") == "1000000000000,0.95,4,1,,n,,4"
    assert evaluate("scoresText(startScores()) === scoresText(readScores(scoresText(startScores())))")
    steps = ["110100110000,1", "000000000001,12"]
    assert evaluate(f"{json.dumps(steps)}.map((text) => stepsText(readSteps(text)))") == steps
    assert evaluate("['2101', '', 'x,3'].map(readSteps)") == [None, None, None]
    assert evaluate("stepsText(readSteps('11,99'))") == "110000000000,12"


@pytest.mark.browser
def test_the_steps_of_the_picture_hold_the_average_precision(evaluate):
    """The area under the drawn steps is AP, and under the drawn bent curve it is what chance keeps."""
    found = evaluate(
        f"{GIVEN}.map(([labels, scores]) => {{ const r = rankScores(labels, scores); if (!r.positives) return null;"
        "const area = (points) => points.slice(1).reduce((sum, [x, y], at) =>"
        "sum + (x - points[at][0]) * (y + points[at][1]) / 2, 0);"
        "return [area(stepCurve(r.tpr, precisionOf(r))), averagePrecision(r), area(chanceCurve(r)), chanceArea(r)] })"
    )
    for steps, ap, bent, chance in filter(None, found):
        assert steps == pytest.approx(ap)
        assert bent == pytest.approx(chance, abs=5e-3)  # drawn in sixty pieces


@pytest.mark.browser
def test_the_bent_curve_is_that_of_davis_and_goadrich(evaluate):
    """Their example (2006, table 1): from 5 true and 5 false positives to 10 and 30, of 20 positives."""
    points = evaluate("chanceCurve({ tp: [0, 5, 10], fp: [0, 5, 30], positives: 20 })")
    recall, precision = [0.25, 0.30, 0.35, 0.40, 0.45, 0.50], [0.500, 0.375, 0.318, 0.286, 0.265, 0.250]
    drawn = {round(x, 6): y for x, y in points}
    assert [drawn[r] for r in recall] == pytest.approx(precision, abs=5e-4)  # as printed
