"""The race: the same net, seeds and batches, another activation in every lane, each with its band over the seeds."""

import streamlit as st

from dlcore.charts.activations import race_chart
from dlcore.run import Phase, Run
from dlcore.specs import ActivationRaceSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "race", "r."


def show(page: Page) -> None:
    page.text("race")
    page.quiz("race_first")
    spec = page.spec(ActivationRaceSpec, SCOPE, PREFIX)
    page.fields(spec, SCOPE, ("activations",))
    fields = (("dataset", "noise", "n_samples"), ("hidden_sizes", "init", "seed"))
    training = ("learning_rate", "optimizer", "batch_size", "n_steps")
    page.field_columns(spec, SCOPE, (*fields, training), widths=(1, 1.2, 1.2))
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    if run.status().phase is Phase.FINISHED:
        show_finish(page, spec, run)
    page.note("race_notice", "what_to_notice")
    page.note("race_wrong", "where_it_goes_wrong")
    page.quiz("race_cost")


def panels(page: Page, spec: ActivationRaceSpec) -> list[dict]:
    return [
        stage.lines(
            page.labels[name],
            [stage.banded(f"{name}_{kind}", page.labels.choice("activation", kind)) for kind in spec.activations],
            alt=page.labels[name],
            log=name.endswith("loss"),
            width=0.5,
        )
        for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
    ]


def show_finish(page: Page, spec: ActivationRaceSpec, run: Run) -> None:
    """The last test losses as a chart and a sentence."""
    rows = finish(run.history()[-1], spec.activations)
    named = [{**row, "name": page.labels.choice("activation", row["name"])} for row in rows]
    st.subheader(page.labels["race_result"])
    st.markdown(verdict(page, named))
    said = page.labels.format("race_finish", n_seeds=spec.n_seeds)
    page.chart(race_chart(named, page.labels["test_loss"]), said)
    st.caption(said)


def finish(last: dict[str, float], activations: tuple[str, ...]) -> list[dict]:
    """Name, median, low and high of the test loss, the best first."""
    rows = [
        {
            "name": name,
            "median": last[f"test_loss_{name}"],
            "low": last[f"test_loss_{name}_low"],
            "high": last[f"test_loss_{name}_high"],
        }
        for name in activations
    ]
    return sorted(rows, key=lambda row: row["median"])


def verdict(page: Page, rows: list[dict]) -> str:
    """Who has the lowest median, and whether the seeds agree."""
    best = rows[0]
    close = [row["name"] for row in rows[1:] if row["low"] <= best["high"]]
    rest = page.labels.format("race_overlap", names=", ".join(close)) if close else page.labels["race_apart"]
    numbers = {name: f"{best[name]:.3g}" for name in ("median", "low", "high")}
    return page.labels.format("race_verdict", first=best["name"], rest=rest, **numbers)
