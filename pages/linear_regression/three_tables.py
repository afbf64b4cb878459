"""Three tables that teach something: Anscombe's quartet, Simpson's paradox on penguins, diabetes with ten inputs."""

import streamlit as st

from dlcore.charts.regression import anscombe_chart, simpson_chart
from dlcore.data.regression import DIABETES, SPECIES, read_anscombe, read_penguins
from dlcore.data.regression_problem import make_problem
from dlcore.functions.least_squares import fit_line, r_squared
from dlcore.specs import LinearRegressionSpec
from pages.linear_regression import panels
from ui.page import Page

SCOPE, PREFIX = "diabetes", "d."
FIXED = {"table": "diabetes"}
ACROSS = ("bill_length", "body_mass")


def show(page: Page) -> None:
    page.text("three_tables")
    show_anscombe(page)
    show_simpson(page)
    show_diabetes(page)
    page.note("tables_notice", "what_to_notice")
    page.note("tables_wrong", "where_it_goes_wrong")


def show_anscombe(page: Page) -> None:
    """Four charts whose lines are computed in the browser from the points that are not left out."""
    st.subheader(page.labels["linreg_anscombe"])
    page.text("anscombe")
    page.quiz("anscombe_same")
    sets = {number: read_anscombe(number) for number in (1, 2, 3, 4)}
    for row in ((1, 2), (3, 4)):
        for column, number in zip(st.columns(2, gap="medium"), row, strict=True):
            x, y = sets[number]
            with column:
                title = page.labels.format("linreg_set", n=number)
                page.chart(anscombe_chart(x[:, 0], y, title, page.labels), alt=title)
    fits = {number: fit_line(x[:, 0], y) for number, (x, y) in sets.items()}
    rows = [
        {
            "": page.labels.format("linreg_set", n=number),
            page.labels["linreg_mean"].format(name="x"): f"{x.mean():.2f}",
            page.labels["linreg_mean"].format(name="y"): f"{y.mean():.2f}",
            page.labels["linreg_variance"].format(name="x"): f"{x.var(ddof=1):.2f}",
            page.labels["linreg_variance"].format(name="y"): f"{y.var(ddof=1):.2f}",
            "r": f"{fits[number].r:.3f}",
            page.labels["linreg_line"]: f"y = {fits[number].intercept:.2f} + {fits[number].slope:.3f} x",
        }
        for number, (x, y) in sets.items()
    ]
    st.table(rows, border="horizontal", hide_index=True)


def show_simpson(page: Page) -> None:
    """One line through all penguins falls; the line through each species rises."""
    st.subheader(page.labels["linreg_simpson"])
    page.text("simpson")
    page.quiz("simpson_sign")
    penguins = read_penguins()
    for column, across in zip(st.columns(2, gap="medium"), ACROSS, strict=True):
        with column:
            x = getattr(penguins, across)
            names = (page.labels[f"linreg_{across}"], page.labels["linreg_bill_depth"])
            species = [SPECIES[number] for number in penguins.species]
            page.chart(simpson_chart(x, penguins.bill_depth, species, names, page.labels), alt=" – ".join(names))
            st.table(slopes(page, across), border="horizontal", hide_index=True)
    page.text("penguins_source")


def slopes(page: Page, across: str) -> list[dict[str, str]]:
    """Slope and correlation over all penguins and in each species."""
    penguins = read_penguins()
    x = getattr(penguins, across)
    groups = {page.labels["linreg_all"]: x == x} | {name: penguins.species == k for k, name in enumerate(SPECIES)}
    rows = []
    for name, inside in groups.items():
        fit = fit_line(x[inside], penguins.bill_depth[inside])
        numbers = {page.labels["linreg_slope"]: f"{fit.slope:+.3f}", "r": f"{fit.r:+.3f}"}
        rows.append(
            {"": name, "n": str(int(inside.sum()))} | {key: text.replace("-", "−") for key, text in numbers.items()}
        )
    return rows


def show_diabetes(page: Page) -> None:
    """Ten inputs: the same closed form, the same descent, and a condition number that asks for scaling."""
    st.subheader(page.labels["linreg_diabetes"])
    page.text("diabetes")
    page.quiz("diabetes_weights")
    page.begin_with(LinearRegressionSpec, SCOPE, PREFIX, scaled=True, n_steps=1000, learning_rate=0.4)
    spec = page.spec(LinearRegressionSpec, SCOPE, PREFIX, FIXED)
    left, right = st.columns([1, 1.3], gap="medium")
    with left:
        page.fields(spec, SCOPE, ("scaled", "loss_factor", "batch_size", "n_steps"), FIXED)
    with right:
        page.fields(spec, SCOPE, ("learning_rate",), FIXED)
        panels.show_limit(page, spec, SCOPE)
    problem = make_problem(spec)
    st.caption(
        page.labels.format(
            "linreg_fit", r2=f"{r_squared(problem.a @ problem.solution, problem.y):.4f}", n=len(problem.y)
        )
    )
    shown = panels.panels(page, spec, (*DIABETES, page.labels["linreg_progression"]))
    run = page.play(spec, shown, SCOPE, scope=SCOPE)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
