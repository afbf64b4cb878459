"""One row opened: what was compared, what each seed gave, the rule in numbers, and the same measured here and now."""

from __future__ import annotations

import functools
import statistics

import streamlit as st

from dlcore import export
from dlcore.charts.evidence import published_chart, seeds_chart
from dlcore.evidence import Outcome, Published
from dlcore.specs import Spec, to_text
from pages.evidence.live import show_live
from ui.course import find_page
from ui.evidence import Row, digits_of, numbers, say
from ui.page import Page
from ui.record import describe_making


def show_details(page: Page, row: Row, outcome: Outcome | None) -> None:
    left, right = st.columns([1, 1.2], gap="large")
    with left:
        show_comparison(page, row)
    with right:
        if outcome is None:
            st.info(page.labels["evidence_not_run"], icon=":material/pending:")
        else:
            show_outcome(page, row, outcome)
            st.caption(page.labels.format("evidence_made", **describe_making(outcome.made)))
    show_live(page, row, outcome)
    with st.container(horizontal=True, vertical_alignment="center"):
        page.link(find_page(row.page), page.labels["evidence_open_page"], ":material/open_in_new:", **row.link)
        for number, side in enumerate(row.sides):
            show_script(page, row, number, side.spec)


def show_comparison(page: Page, row: Row) -> None:
    """The settings of both sides that differ from the defaults or from each other."""
    label = page.labels
    if isinstance(row, Published):
        st.markdown(label.format("evidence_source", source=row.source))
    st.markdown(label.format("evidence_measure", measure=measure_name(page, row), n=len(row.seeds)))
    specs = [side.spec for side in row.sides]
    heads = [side_name(page, row, number) for number in range(len(specs))]
    lines = [f"| | {' | '.join(heads)} |", "|---" * (len(specs) + 1) + "|"]
    for name in changed_fields(specs):
        cells = [word(page, name, spec) for spec in specs]
        lines.append(f"| {label[name]} | {' | '.join(cells)} |")
    st.markdown("\n".join(lines))


def measure_name(page: Page, row: Row) -> str:
    """What the numbers are, in words."""
    measure, falls_to = page.labels[row.measure_label], row.sides[0].falls_to
    if falls_to is None:
        return page.labels.format("evidence_at_end", measure=measure)
    return page.labels.format("evidence_steps_until", measure=measure, value=say(falls_to))


def changed_fields(specs: list[Spec]) -> list[str]:
    """Fields in which a side differs from its defaults or from the other side, and the number of steps."""
    said = {name for spec in specs for name in spec.to_texts()} | {"n_steps"}
    return [name for name in dict.fromkeys(name for spec in specs for name in dict(spec)) if name in said]


def word(page: Page, name: str, spec: Spec) -> str:
    """A field's value as the reader calls it."""
    value = dict(spec).get(name)
    if value is None:
        return "–"
    items = value if isinstance(value, tuple) else (value,)
    said = ", ".join(page.labels.get(f"{name}_{to_text(item)}", to_text(item)) for item in items)
    return said.replace("-", "−").replace("|", "/") or "–"


def side_name(page: Page, row: Row, number: int) -> str:
    if isinstance(row, Published):
        return page.labels["evidence_ours"]
    return page.labels["evidence_first" if number == 0 else "evidence_second"]


def show_outcome(page: Page, row: Row, outcome: Outcome) -> None:
    """The seeds as a picture, then the rule with its numbers."""
    words = {name: page.labels[f"evidence_{name}"] for name in ("seed", "ours", "theirs")}
    words["measure"] = measure_name(page, row)
    if isinstance(row, Published):
        low, high = (row.theirs - row.tolerance, row.theirs + row.tolerance) if row.rule == "near" else (None, None)
        chart = published_chart(finite(outcome.values[0]), row.theirs, low, high, words)
    else:
        names = [side_name(page, row, number) for number in range(len(outcome.values))]
        chart = seeds_chart([finite(side) for side in outcome.values], names, words)
    page.chart(chart, numbers(page, row, outcome))
    st.markdown(reason(page, row, outcome))


def finite(values: tuple[float, ...]) -> list[float | None]:
    """What a picture can show: a training that diverged has no dot."""
    return [value if abs(value) < float("inf") else None for value in values]


def reason(page: Page, row: Row, outcome: Outcome) -> str:
    """The rule of the verdict with the numbers put in."""
    n = len(row.seeds)
    if isinstance(row, Published):
        agree = sum(row.verdict(((value,),)) == "reproduced" for value in outcome.values[0])
        theirs = say(row.theirs, digits_of(row))
        said = {"n": n, "agree": agree, "theirs": theirs, "tolerance": say(row.tolerance)}
        return page.labels.format(f"evidence_rule_{row.rule}", **said)
    effects = row.effects(outcome.values)
    better = sum(effect > row.margin for effect in effects)
    said = {"n": n, "better": better, "margin": say(row.margin), "median": say(statistics.median(effects))}
    return page.labels.format("evidence_rule", low=say(min(effects)), high=say(max(effects)), **said)


def show_script(page: Page, row: Row, number: int, spec: Spec) -> None:
    """The program of one side's first seed."""
    spec = spec.replace(seed=row.seeds[0])
    label = "download_script" if isinstance(row, Published) else f"evidence_script_{number + 1}"
    st.download_button(
        page.labels[label],
        functools.partial(export.script, spec),
        f"{spec.key}.py",
        "text/x-python",
        key=f"evidence.{row.name}.script.{number}",
        icon=":material/download:",
        on_click="ignore",
    )
