"""The published table of MNIST-1D: each figure beside ours, and the training behind it."""

import streamlit as st

from dlcore.evidence import Published, recorded
from dlcore.evidence.ml_vs_dl import PUBLISHED, SIGNAL_SEEDS
from dlcore.specs import SignalClassifierSpec
from ui.components import stage
from ui.evidence import badge
from ui.page import Page

SCOPE, PREFIX = "paper", "p."
DIGITS = tuple(map(str, range(10)))
SHOWN = (0, 1, 8)  # digits whose signals are drawn


def show(page: Page) -> None:
    page.text("ml_paper")
    page.quiz("ml_paper_shuffled")
    show_table(page)
    spec = page.spec(SignalClassifierSpec, SCOPE, PREFIX)
    page.field_columns(spec, SCOPE, FIELDS, widths=(1, 1, 1.4, 1.4))
    run = page.play(spec, panels(page), SCOPE, scope=SCOPE)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    page.note("ml_paper_notice", "what_to_notice")
    page.note("ml_paper_wrong", "where_it_goes_wrong")
    page.quiz("ml_paper_mlp")


FIELDS = (("net", "shuffled"), ("n_seeds", "seed"), ("learning_rate",), ("n_steps", "batch_size"))


def show_table(page: Page) -> None:
    """A row for each published figure: theirs, ours with its range over the seeds, the verdict, and its training."""
    label = page.labels
    heads = ("ml_paper_net", "ml_paper_axis", "evidence_theirs", "evidence_ours", "evidence_by_verdict")
    lines = ["| " + " | ".join(label[head] for head in heads) + " |", "|:--|:--|--:|--:|:--|"]
    lines += ["| " + " | ".join(cells(page, row)) + " |" for row in PUBLISHED]
    st.markdown("\n".join(lines))
    st.caption(label.format("ml_paper_table", n_seeds=len(SIGNAL_SEEDS)))
    with st.container(horizontal=True):
        for row in PUBLISHED:
            spec = row.ours.spec
            name = f"{label.choice('net', spec.net)} · {axis(page, spec.shuffled)}"
            st.button(name, key=f"{page.slug}.paper.{row.name}", on_click=open_row, args=(page, spec), width="content")


def cells(page: Page, row: Published) -> list[str]:
    outcome, spec = recorded(row), row.ours.spec
    ours = "–"
    if outcome is not None:
        low, high = min(outcome.values[0]), max(outcome.values[0])
        ours = f"**{100 * outcome.medians[0]:.1f} %** ({100 * low:.1f} … {100 * high:.1f})"
    return [
        page.labels.choice("net", spec.net),
        axis(page, spec.shuffled),
        f"{100 * row.theirs:.0f} %",
        ours,
        badge(page, outcome),
    ]


def axis(page: Page, shuffled: bool) -> str:
    return page.labels["ml_axis_shuffled" if shuffled else "ml_axis_plain"]


def open_row(page: Page, spec: SignalClassifierSpec) -> None:
    """Show the training of a row: the recorded one, which can be run here with the button below it."""
    page.set_fields(
        SignalClassifierSpec, SCOPE, **{**dict(SignalClassifierSpec()), "net": spec.net, "shuffled": spec.shuffled}
    )


def panels(page: Page) -> list[dict]:
    label = page.labels
    return [
        *(
            stage.lines(
                label[name],
                [stage.banded(name, label[name])],
                alt=label[name],
                domain=(0.0, 1.0) if name == "test_accuracy" else None,
                width=0.34,
            )
            for name in ("test_accuracy", "test_loss")
        ),
        stage.matrix(
            label["ml_confusion"],
            "confusion",
            label["ml_confusion_cell"],
            alt=label["ml_confusion_alt"],
            rows=DIGITS,
            columns=DIGITS,
            axes=(label["ml_predicted"], label["ml_truth"]),
            limit=100,
            numbers=True,
            width=0.32,
        ),
        stage.profile(
            label["ml_signals"],
            [stage.series(f"signal_{digit}", label.format("ml_digit", digit=digit)) for digit in SHOWN],
            label["ml_place"],
            alt=label["ml_signals_alt"],
            help=label["ml_signals_help"],
        ),
    ]
