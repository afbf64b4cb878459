"""What the page Linear regression claims and reproduces: scaled inputs, Anscombe's quartet."""

from __future__ import annotations

from dlcore.data.regression_problem import make_problem
from dlcore.evidence.rows import Claim, Published, Side, link
from dlcore.specs import LinearRegressionSpec

ONCE = (0,)  # every batch is the whole table: seeds change nothing
CLOSE = 1e-3  # above the least loss


def best(scaled: bool) -> LinearRegressionSpec:
    """Penguins, at the best constant learning rate that the curvature allows."""
    spec = LinearRegressionSpec(table="penguins", scaled=scaled, n_steps=20000)
    return spec.replace(learning_rate=make_problem(spec).best_rate)


def anscombe(number: int) -> Published:
    """Anscombe prints the residual sum of squares 13.75 for all four sets, rounded."""
    table = f"anscombe_{number}"
    spec = LinearRegressionSpec(scaled=True, loss_factor="sum", learning_rate=0.05).replace(table=table)
    return Published(
        table,
        "linear_regression",
        link("two_ways", ("", spec)),
        ONCE,
        label="linreg_residuals",
        ours=Side(spec, "loss"),
        theirs=13.75,
        tolerance=0.03,
        source="Anscombe 1973, Graphs in statistical analysis, The American Statistician 27(1), p. 18",
    )


CLAIMS = (
    Claim(
        "scaling",
        "linear_regression",
        link("feature_scaling", ("s.", LinearRegressionSpec(table="penguins", n_steps=20000))),
        ONCE,
        label="linreg_excess",
        first=Side(best(scaled=True), "excess", falls_to=CLOSE),
        second=Side(best(scaled=False), "excess", falls_to=CLOSE),
        higher_is_better=False,
    ),
)
PUBLISHED = tuple(anscombe(number) for number in (1, 2, 3, 4))
