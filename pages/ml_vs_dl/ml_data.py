"""The second difference: data. Accuracy against the number of samples; few labels with many unlabelled samples."""

from typing import Any

import streamlit as st

from dlcore.charts.ml_vs_dl import learning_chart
from dlcore.run import Phase, Run
from dlcore.specs import ContestSpec, FewLabelsSpec
from pages.ml_vs_dl.contests import MORE, NETS, Row, best, contest_spec, outcome, panels, percent, show_cost, words
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "data", "d."
LABELS, LABELS_PREFIX = "labels", "l."
USUAL: dict[str, Any] = {
    "tasks": ("mnist1d",),
    "train_sizes": ("50", "100", "200", "500", "1000", "2000", "4000"),
    "contestants": ("logistic", "forest", "svm", "knn", "mlp", "cnn"),
    "net_updates": 500,
}
ARMS = ("labels", "tuned", "frozen")


def show(page: Page) -> None:
    page.text("ml_data")
    page.quiz("ml_data_small")
    show_curves(page)
    page.note("ml_data_notice", "what_to_notice")
    page.note("ml_data_wrong", "where_it_goes_wrong")
    st.divider()
    page.text("ml_labels")
    page.quiz("ml_labels_first")
    show_few_labels(page)
    page.note("ml_labels_notice", "what_to_notice")
    page.note("ml_labels_wrong", "where_it_goes_wrong")


def show_curves(page: Page) -> None:
    """Every model at every number of samples: the table while it fills, then the curves and what they say."""
    spec = contest_spec(page, SCOPE, PREFIX, **USUAL)
    page.fields(spec, SCOPE, ("contestants", "train_sizes"))
    with st.expander(page.labels["more_settings"], icon=":material/tune:"):
        page.field_columns(spec, SCOPE, ("tasks", "views", MORE))
    show_cost(page, spec)
    run = page.play(spec, panels(page, spec, places(page, spec)), SCOPE, rerun_at_end=True, pace=30)
    rows = outcome(page, spec, run)
    curve = [row for row in rows if (row["task"], row["view"]) == (spec.tasks[0], spec.views[0])]
    if len({row["n_train"] for row in curve}) > 1:
        for sentence in findings(page, curve):
            st.markdown(f"- {sentence}")
        named = words(page, n_train=page.labels["train_sizes"])
        page.chart(learning_chart(curve, named), page.labels["ml_curves_alt"])
    page.take_home(spec, run, SCOPE)


def places(page: Page, spec: ContestSpec) -> list[str]:
    """What the columns of the table are called: the sizes, and what else differs."""
    label = page.labels
    places = dict.fromkeys((cell.task, cell.view, cell.n_train) for cell in spec.cells)
    tasks = len(spec.tasks) > 1
    return [
        f"{n:,}"
        + (f" · {label.choice('tasks', task)}" if tasks else "")
        + (f" · {label.choice('views', view)}" if len(spec.views) > 1 else "")
        for task, view, n in places
    ]


def findings(page: Page, rows: list[Row]) -> list[str]:
    """Who leads at each number of samples, and from which on a network does."""
    by_size: dict[int, list[Row]] = {}
    for row in rows:
        by_size.setdefault(row["n_train"], []).append(row)
    leaders = {n: best(here)[0] for n, here in by_size.items() if len(here) > 1}
    named = [f"{n:,} – {row['contestant']} ({percent(row['mean'])} %)" for n, row in leaders.items()]
    said = [page.labels.format("ml_found_leaders", leaders=", ".join(named))] if named else []
    flat = [row for n in (max(by_size),) for row in by_size[n]]
    first = {row["name"]: row["mean"] for row in by_size[min(by_size)]}
    gains = {row["name"]: row["mean"] - first[row["name"]] for row in flat if row["name"] in first}
    word = {row["name"]: row["contestant"] for row in rows}
    if len(gains) > 1:
        most, least = max(gains, key=lambda name: gains[name]), min(gains, key=lambda name: gains[name])
        values = {"most": word[most], "a": percent(gains[most]), "least": word[least], "b": percent(gains[least])}
        said.append(page.labels.format("ml_found_gain", low=f"{min(by_size):,}", high=f"{max(by_size):,}", **values))
    return [*said, verdict(page, leaders)]


def verdict(page: Page, leaders: dict[int, Row]) -> str:
    """Whether the small samples go to the classical models, as the slogan has it, or to the networks."""
    nets = [n for n, row in leaders.items() if row["name"] in NETS]
    if not nets:
        return page.labels["ml_verdict_no_net"]
    if len(nets) == len(leaders):
        return page.labels["ml_verdict_all_nets"]
    return page.labels.format("ml_verdict_nets", sizes=", ".join(f"{n:,}" for n in nets))


def show_few_labels(page: Page) -> None:
    spec = page.spec(FewLabelsSpec, LABELS, LABELS_PREFIX)
    columns = (("pool", "labels_per_class"), ("n_unlabelled", "corruption"), ("pretrain_steps", "n_steps"))
    page.field_columns(spec, LABELS, columns)
    with st.expander(page.labels["more_settings"], icon=":material/tune:"):
        rest = (("hidden_units", "code_units"), "learning_rate", ("n_seeds", "seed"))
        page.field_columns(spec, LABELS, rest)
    run = page.play(spec, label_panels(page, spec), LABELS, scope=LABELS, rerun_at_end=True)
    page.edits(spec, LABELS)
    show_gain(page, spec, run)
    page.take_home(spec, run, LABELS)


def label_panels(page: Page, spec: FewLabelsSpec) -> list[dict]:
    label = page.labels
    arms = [stage.banded(f"accuracy_{arm}", label[f"ml_arm_{arm}"]) for arm in ARMS]
    rebuilding = stage.banded("rebuilding", label["ml_rebuilding"])
    cases = {"0": label["ml_phase_0"], "1": label["ml_phase_1"], "2": label["ml_phase_2"]}
    return [
        stage.lines(
            label["test_accuracy"],
            arms,
            alt=label["ml_arms_alt"],
            rules=[stage.rule("nearest", label["ml_nearest"])],
            domain=(0.0, 1.0),
            width=0.5,
        ),
        stage.lines(label["ml_rebuilding"], [rebuilding], alt=label["ml_rebuilding"], log=True, width=0.5),
        pictures(page, spec),
        stage.sentence(cases, "phase", label["contest_progress"], width=0.4),
    ]


def pictures(page: Page, spec: FewLabelsSpec) -> dict:
    """Test samples above, what the autoencoder makes of them below."""
    label = page.labels
    if spec.pool == "digits":
        names = [label["ml_sent"]] * 8 + [label["ml_rebuilt"]] * 8
        return stage.tiles(
            label["ml_pictures"], "pictures", alt=label["ml_pictures_alt"], columns=8, names=names, width=0.6
        )
    both = [stage.series("sent", label["ml_sent"]), stage.series("rebuilt", label["ml_rebuilt"])]
    return stage.profile(label["ml_pictures"], both, label["ml_place"], alt=label["ml_pictures_alt"], width=0.6)


def show_gain(page: Page, spec: FewLabelsSpec, run: Run) -> None:
    """The verdict, by the differences seed by seed."""
    if run.status().phase is not Phase.FINISHED:
        return
    last = run.history()[-1]
    if last["phase"] < 2 or spec.pretrain_steps >= spec.n_steps:
        return
    for arm in ARMS[1:]:
        three = {
            part: 100 * last[f"gain_{arm}{end}"] for part, end in (("mean", ""), ("low", "_low"), ("high", "_high"))
        }
        said = "supported" if three["low"] > 0 else "not_here" if three["high"] <= 0 else "mixed"
        values = {part: f"{value:+.1f}".replace("-", "−") for part, value in three.items()}
        words = {
            "arm": page.labels[f"ml_arm_{arm}"],
            "n_seeds": spec.n_seeds,
            "verdict": page.labels[f"ml_gain_{said}"],
        }
        st.markdown("- " + page.labels.format("ml_gain", **words, **values))
