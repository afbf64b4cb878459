"""Inner codes: mirror symmetry and the encoder of the 1980s, from many starts at once, one of them opened."""

from __future__ import annotations

import functools

import streamlit as st

from dlcore.run import Phase, Run
from dlcore.specs import SmallCodesSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "codes", "c."
SUITED = {"symmetry": {"inner_units": 2, "shown_net": 8}, "encoder": {"inner_units": 3, "shown_net": 0}}
SHARES = {"symmetry": ("solved_share", "near_share"), "encoder": ("solved_share", "distinct_share", "binary_share")}
GROUPS = (("learning_rate", "momentum"), ("start_range", "inner_units"), ("n_steps", "n_seeds", "seed"))


def show(page: Page) -> None:
    page.text("small_codes")
    spec = page.spec(SmallCodesSpec, SCOPE, PREFIX)
    page.choose("code_task", tuple(SUITED), spec.code_task, SCOPE, functools.partial(_choose, page))
    page.text(f"codes_{spec.code_task}")
    page.quiz("codes_start" if spec.code_task == "symmetry" else "codes_binary")
    page.note("codes_pictures", "how_to_read_pictures")
    page.field_columns(spec, SCOPE, GROUPS)
    click = functools.partial(_choose_net, page)
    run = page.play(
        spec, panels(page, spec), SCOPE, scope=SCOPE, on_click=click, rerun_at_end=True, drawn=("shown_net",)
    )
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    if run.status().phase is Phase.FINISHED:
        show_result(page, spec, run)
    if spec.code_task == "symmetry":
        page.quiz("codes_ratio")
    page.note(f"codes_notice_{spec.code_task}", "what_to_notice")
    page.note("codes_wrong", "where_it_goes_wrong")


def panels(page: Page, spec: SmallCodesSpec) -> list[dict]:
    inside = mirror_panels(page, spec) if spec.code_task == "symmetry" else encoder_panels(page, spec)
    return [
        network_panel(page, spec),
        *inside,
        tiles_panel(page, spec),
        shares_panel(page, spec),
        stage.lines(
            page.labels["codes_loss"],
            [stage.banded("loss", page.labels["median"], spec.n_seeds > 1)],
            alt=page.labels["codes_loss"],
            width=0.5,
        ),
    ]


def network_panel(page: Page, spec: SmallCodesSpec) -> dict:
    """The shown network; every unit's picture is its answer to every pattern."""
    n_in, n_out = (6, 1) if spec.code_task == "symmetry" else (8, 8)
    title = page.labels.format("codes_network", n=min(spec.shown_net, spec.n_seeds - 1))
    return stage.network(
        title,
        sizes=(n_in, spec.inner_units, n_out),
        inputs=(),
        input_names=input_names(n_in),
        activation=page.labels.choice("activation", "sigmoid"),
        output="surface",
        alt=title,
        width=0.5,
    )


def mirror_panels(page: Page, spec: SmallCodesSpec) -> list[dict]:
    """The first layer in numbers, and the ratios in a sentence."""
    label = page.labels
    units = [label.format("codes_unit", n=unit + 1) for unit in range(spec.inner_units)]
    words = {"reading": label["codes_weight"], "alt": label["codes_weights"], "axes": (label["codes_inputs"], "")}
    weights = stage.matrix(
        label["codes_weights"],
        "first_weights",
        rows=units,
        columns=input_names(6),
        signed=True,
        numbers=True,
        width=0.5,
        **words,
    )
    said = "codes_ratios" if spec.inner_units > 1 else "codes_ratios_one"
    return [weights, stage.sentence({"": label[said]}, case="", title=label["codes_ratios_title"], width=0.5)]


def encoder_panels(page: Page, spec: SmallCodesSpec) -> list[dict]:
    """The code of each pattern in numbers."""
    label = page.labels
    units = [label.format("codes_unit", n=unit + 1) for unit in range(spec.inner_units)]
    words = {"reading": label["codes_code"], "alt": label["codes_codes"], "axes": ("", label["codes_patterns"])}
    codes = stage.matrix(
        label["codes_codes"], "codes", rows=input_names(8), columns=units, limit=1.0, numbers=True, width=0.5, **words
    )
    return [codes, stage.sentence({"": label["codes_now"]}, case="", title=label["codes_now_title"], width=0.5)]


def tiles_panel(page: Page, spec: SmallCodesSpec) -> dict:
    """Every start's weights or codes; those that solved the task, in different codes, are framed; a click opens one."""
    title = page.labels[f"codes_nets_{spec.code_task}"]
    return stage.tiles(title, "nets", alt=title, columns=10, flag="framed", clickable=True, width=0.5)


def shares_panel(page: Page, spec: SmallCodesSpec) -> dict:
    label = page.labels
    series = [stage.series(name, label[f"codes_{name}"]) for name in SHARES[spec.code_task]]
    return stage.lines(label["codes_shares"], series, alt=label["codes_shares"], domain=(0.0, 1.02), width=0.5)


def show_result(page: Page, spec: SmallCodesSpec, run: Run) -> None:
    """Over all starts: how many solved the task, and how."""
    last = run.history()[-1]
    shares = {name: f"{last[name]:.0%}" for name in SHARES[spec.code_task]}
    said = page.labels.format(f"codes_result_{spec.code_task}", n=spec.n_seeds, step=f"{run.status().step:,}", **shares)
    st.info(said, icon=":material/balance:")


def input_names(count: int) -> list[str]:
    """x₁, x₂ …"""
    return [f"x{chr(0x2081 + number)}" for number in range(count)]


def _choose(page: Page, task: str) -> None:
    page.set_fields(SmallCodesSpec, SCOPE, code_task=task, edits=(), **SUITED[task])


def _choose_net(page: Page, x: float, y: float, label: int) -> None:
    page.set_fields(SmallCodesSpec, SCOPE, shown_net=int(x))
