"""Dead units: how many ReLU units never fire, against the learning rate, with leaky ReLU beside it."""

from dlcore.specs import DeadUnitsSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "dead", "u."
RATES = ("0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1")  # the ladder of dlcore/experiments/dead_units.py
KINDS = {"relu": "never_fires_relu", "leaky_relu": "never_fires_leaky"}


def show(page: Page) -> None:
    page.text("dead")
    page.quiz("dead_rate")
    spec = page.spec(DeadUnitsSpec, SCOPE, PREFIX)
    show_settings(page, spec)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    page.note("dead_notice", "what_to_notice")
    page.note("dead_wrong", "where_it_goes_wrong")
    page.quiz("dead_revive")


def show_settings(page: Page, spec: DeadUnitsSpec) -> None:
    fields = (("dataset", "noise", "n_samples"), ("hidden_sizes", "init", "seed"))
    training = ("learning_rate", "optimizer", "batch_size", "n_steps")
    page.field_columns(spec, SCOPE, (*fields, training), widths=(1, 1.2, 1.2))


def panels(page: Page, spec: DeadUnitsSpec) -> list[dict]:
    label = page.labels
    accuracy = [stage.series(f"accuracy_by_rate_{kind}", label.choice("activation", kind)) for kind in KINDS]
    if spec.optimizer == "sgd":  # Adam's steps are bounded
        accuracy += [
            stage.series(f"lost_by_rate_{kind}", label.format("overflowed", name=label.choice("activation", kind)))
            for kind in KINDS
        ]
    return [
        rates_panel(page, "dead_by_rate", [stage.series(f"dead_by_rate_{kind}", label[KINDS[kind]]) for kind in KINDS]),
        rates_panel(page, "accuracy_by_rate", accuracy),
        own_panel(page, "dead_own_rate", "dead", (0, 1.02)),
        own_panel(page, "accuracy_own_rate", "accuracy", (0, 1.02)),
        own_panel(page, "loss_own_rate", "loss", None),
    ]


def rates_panel(page: Page, title: str, series: list[dict]) -> dict:
    """Something at every rate of the ladder."""
    label = page.labels
    return stage.profile(
        label[title],
        series,
        label["rate_n"],
        alt=label[title],
        help=label.get(f"{title}_help", ""),
        domain=(-0.03, 1.03),
        ticks=RATES,
        width=0.5,
    )


def own_panel(page: Page, title: str, name: str, domain: tuple[float, float] | None) -> dict:
    """Something at the reader's own rate against the steps, with its band over the seeds."""
    label = page.labels
    series = [stage.banded(f"{name}_{kind}", label.choice("activation", kind)) for kind in KINDS]
    return stage.lines(label[title], series, alt=label[title], log=domain is None, domain=domain, width=0.333)
