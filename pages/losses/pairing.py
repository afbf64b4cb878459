"""Which loss for which output: each task with the pairing that fits and a broken one, trained from the same start."""

import functools

import streamlit as st

from dlcore.run import Phase, Run
from dlcore.specs import PairingSpec
from ui.components import stage
from ui.page import Page

TABLE = "losses_pairing_table"
TABLE_STYLE = f".st-key-{TABLE} :is(th, td) {{ word-break: keep-all; overflow-wrap: normal; }}"
TABLE_STYLE += f".st-key-{TABLE} td:first-child {{ white-space: nowrap; }}"
SIDES = ("right", "broken")
FLAT = ("regression", "quantile")  # tasks with one input, drawn as curves
SHIFTED = ("binary", "multiclass")  # tasks that can start confidently wrong
SCORES = {"multilabel": "exact", "regression": "rmse", "quantile": "coverage"}
EXTENT = (-3.0, 3.0, -3.0, 3.0)
EXTENTS = {"regression": EXTENT, "quantile": (-3.0, 3.0, -3.0, 7.0)}
SUITED = {"multilabel": {"learning_rate": 0.3, "n_steps": 1000}}  # what a task needs to show its point
USUAL = {"learning_rate": 0.1, "n_steps": 500}
MORE = (("optimizer", "momentum", "batch_size"), ("hidden_sizes", "n_samples"), ("n_seeds", "data_seed", "seed"))


def show(page: Page) -> None:
    st.html(f"<style>{TABLE_STYLE}</style>")
    with st.container(key=TABLE):
        page.text("pairing")
    page.quiz("pairing_stall")
    spec = page.spec(PairingSpec, "pairing")
    choose_task(page, spec)
    show_settings(page, spec)
    run = page.play(spec, panels(page, spec), "pairing", scope="pairing", rerun_at_end=True)
    page.edits(spec, "pairing")
    show_verdict(page, spec, run)
    page.take_home(spec, run, "pairing")
    page.note("pairing_notice", "what_to_notice")
    page.note("pairing_wrong", "where_it_goes_wrong")
    page.quiz("pairing_softmax")
    page.quiz("pairing_hinge")


def choose_task(page: Page, spec: PairingSpec) -> None:
    """The tasks in a row; another task begins with the settings that suit it."""
    tasks = next(field.choices for field in PairingSpec.describe() if field.name == "pairing")
    page.choose("pairing", tasks, spec.pairing, "pairing", functools.partial(_begin, page))


def _begin(page: Page, task: str) -> None:
    page.set_fields(PairingSpec, "pairing", pairing=task, edits=(), **SUITED.get(task, USUAL))


def show_settings(page: Page, spec: PairingSpec) -> None:
    names = [*(["start_bias"] if spec.pairing in SHIFTED else []), "learning_rate", "n_steps"]
    page.field_columns(spec, "pairing", names)
    with st.expander(page.labels["more_settings"], icon=":material/tune:"):
        unused = () if uses_momentum(spec) else ("momentum",)
        page.field_columns(spec, "pairing", [[name for name in group if name not in unused] for group in MORE])


def uses_momentum(spec: PairingSpec) -> bool:
    return spec.optimizer == "momentum"


def side_label(page: Page, spec: PairingSpec, side: str) -> str:
    return page.labels[f"pairing_{side}_{spec.pairing}"]


def score_label(page: Page, spec: PairingSpec) -> str:
    return page.labels[f"pairing_score_{SCORES.get(spec.pairing, 'accuracy')}"]


def panels(page: Page, spec: PairingSpec) -> list[dict]:
    label = page.labels
    pictures = [curves_panel(page, spec)] if spec.pairing in FLAT else surface_panels(page, spec)
    share = 0.34 if spec.pairing in FLAT else 0.25
    rules = [stage.rule("wanted", label["pairing_wanted"])] if spec.pairing == "quantile" else []
    return [
        *pictures,
        stage.lines(
            score_label(page, spec),
            [banded(page, spec, side, "score") for side in SIDES],
            alt=score_label(page, spec),
            rules=rules,
            domain=None if spec.pairing == "regression" else (0.0, 1.02),
            width=share,
        ),
        stage.lines(
            label["pairing_grad"],
            [banded(page, spec, side, "grad") for side in SIDES],
            alt=label["pairing_grad"],
            log=True,
            width=share,
        ),
    ]


def banded(page: Page, spec: PairingSpec, side: str, name: str) -> dict:
    """One side's measure with its band over the seeds."""
    measure = f"{side}_{name}"
    return stage.banded(measure, side_label(page, spec, side))


def surface_panels(page: Page, spec: PairingSpec) -> list[dict]:
    """What the first seed's two networks say everywhere."""
    return [
        stage.plot(
            side_label(page, spec, side),
            [
                stage.classes(f"{side}_class", f"{side}_confidence"),
                stage.points("points", "labels", label=page.labels["train_points"]),
            ],
            alt=side_label(page, spec, side),
            extent=EXTENT,
            width=0.25,
        )
        for side in SIDES
    ]


def curves_panel(page: Page, spec: PairingSpec) -> dict:
    """The first seed's two curves through the points."""
    layers = [stage.points("points", "labels", label=page.labels["train_points"])]
    layers += [stage.curve(f"{side}_curve", side_label(page, spec, side), number) for number, side in enumerate(SIDES)]
    if spec.pairing == "quantile":
        layers.append(stage.curve("true_curve", page.labels["pairing_true"], 2))
    title = page.labels.choice("pairing", spec.pairing)
    return stage.plot(title, layers, alt=title, extent=EXTENTS[spec.pairing], width=0.32)


def show_verdict(page: Page, spec: PairingSpec, run: Run) -> None:
    """Both sides' last scores, once the run has ended."""
    if run.status().phase is not Phase.FINISHED:
        return
    last = run.history()[-1]
    ends = ("score", "score_low", "score_high")
    values = {f"{side}_{end}".replace("score_", ""): f"{last[f'{side}_{end}']:.2f}" for side in SIDES for end in ends}
    words = {side: side_label(page, spec, side) for side in SIDES}
    said = {"measure": score_label(page, spec), "n_seeds": spec.n_seeds, "step": run.status().step}
    st.info(page.labels.format("pairing_verdict", **said, **values, **words), icon=":material/balance:")
