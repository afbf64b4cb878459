"""Why convolution: CNN and MLP with equally many parameters against a shift, and with shuffled pixels."""

from __future__ import annotations

import streamlit as st

from dlcore.run import Phase, Run
from dlcore.specs import ShiftTestSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "why", "w."
NETS = ("cnn", "mlp")
SHIFTS = ("0", "1", "2", "3")  # pixels, as in dlcore/experiments/shift_test.py
FIELDS = (("image_set", "pooling"), ("learning_rate", "batch_size"), ("n_steps", "n_seeds"))
MORE = (("train_size", "test_size"), ("optimizer",), ("data_seed", "seed"))


def show(page: Page) -> None:
    page.text("why")
    page.quiz("why_shift")
    page.quiz("why_shuffle")
    spec = page.spec(ShiftTestSpec, SCOPE, PREFIX)
    page.field_columns(spec, SCOPE, FIELDS)
    more = st.expander(page.labels["more_settings"], icon=":material/tune:", key="cnn.why.more", on_change="rerun")
    if more.open:
        with more:
            page.field_columns(spec, SCOPE, MORE)
    run = page.play(spec, panels(page), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    show_verdict(page, run)
    page.take_home(spec, run, SCOPE)
    page.note("why_notice", "what_to_notice")
    page.note("why_wrong", "where_it_goes_wrong")
    page.quiz("why_equivariant")


def panels(page: Page) -> list[dict]:
    label = page.labels
    names = [label.format("why_moved", n=shift) for shift in SHIFTS] + [label["why_pixels_shuffled"]]
    by_shift = [stage.banded(f"{net}_by_shift", label[f"why_{net}"]) for net in NETS]
    return [
        stage.tiles(
            label["why_examples"], "examples", alt=label["why_examples_alt"], columns=5, names=names, width=0.5
        ),
        stage.profile(
            label["why_by_shift"],
            by_shift,
            label["why_by_shift_n"],
            alt=label["why_by_shift_alt"],
            domain=(0.0, 1.02),
            ticks=SHIFTS,
            help=label["why_by_shift_help"],
            width=0.5,
        ),
        *(curve_panel(page, ending) for ending in ("shift_0", "shift_2", "shuffled")),
    ]


def curve_panel(page: Page, ending: str) -> dict:
    """Both nets' accuracy against the step, with the band over the seeds."""
    label = page.labels
    series = [stage.banded(f"{net}_{ending}", label[f"why_{net}"]) for net in NETS]
    title = label[f"why_{ending}"]
    return stage.lines(title, series, alt=title, domain=(0.0, 1.02), width=0.333)


def show_verdict(page: Page, run: Run) -> None:
    """Both nets' last accuracies in a sentence, once the run has finished."""
    if run.status().phase is not Phase.FINISHED:
        return
    last = run.history()[-1]
    said = {}
    for net in NETS:
        said[f"{net}_n"] = f"{last[f'{net}_parameters']:,.0f}"
        said |= {f"{net}_{end}": f"{last[f'{net}_{end}']:.1%}" for end in ("shift_0", "shift_2", "shuffled")}
    st.info(page.labels.format("why_verdict", **said), icon=":material/balance:")
