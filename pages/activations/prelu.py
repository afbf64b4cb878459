"""PReLU: the slope of each layer learns; watch it, and what it is worth."""

from dlcore.specs import LearnedSlopeSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "prelu", "p."
LANES = {"learned": "slope_learned", "fixed": "slope_fixed"}
REACH = 3.0  # of the drawn functions, as in dlcore/experiments/learned_slope.py


def show(page: Page) -> None:
    page.text("prelu")
    page.quiz("prelu_linear")
    spec = page.spec(LearnedSlopeSpec, SCOPE, PREFIX)
    fields = (("dataset", "noise", "n_samples"), ("start_slope", "hidden_sizes", "init", "seed"))
    training = ("learning_rate", "optimizer", "batch_size", "n_steps")
    page.field_columns(spec, SCOPE, (*fields, training), widths=(1, 1.2, 1.2))
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    page.note("prelu_notice", "what_to_notice")
    page.note("prelu_wrong", "where_it_goes_wrong")


def panels(page: Page, spec: LearnedSlopeSpec) -> list[dict]:
    label = page.labels
    layers = range(1, len(spec.hidden_sizes) + 1)
    slopes = [stage.banded(f"slope_{n}", label.format("layer_n", n=n)) for n in layers]
    shapes = [stage.curve(f"shape_{n}", label.format("layer_n", n=n), number=n - 1) for n in layers]
    extent = (-REACH, REACH, -REACH, REACH)
    return [
        stage.plot(label["shapes"], shapes, alt=label["shapes"], extent=extent, width=0.36),
        stage.lines(label["slopes"], slopes, alt=label["slopes"], width=0.64),
        *(compared(page, name) for name in ("test_loss", "test_accuracy")),
    ]


def compared(page: Page, name: str) -> dict:
    """A measure of both lanes with its band over the seeds."""
    label = page.labels
    series = [stage.banded(f"{name}_{lane}", label[word]) for lane, word in LANES.items()]
    return stage.lines(label[name], series, alt=label[name], log=name == "test_loss", width=0.5)
