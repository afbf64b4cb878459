"""Ten losses: value and gradient against the prediction, moving in the browser, and all their formulas."""

import streamlit as st

from dlcore.functions.losses import LOSSES
from ui.components.losses import loss_curves
from ui.page import Page


def show(page: Page) -> None:
    page.text("loss_curves")
    page.quiz("loss_gradients")
    loss_curves(f"{page.slug}.curves", page.asked("curve"), page.labels)
    with st.expander(page.labels["loss_formulas"], icon=":material/functions:"):
        st.markdown(formulas(page))
    page.note("loss_curves_notice", "what_to_notice")
    page.note("loss_curves_wrong", "where_it_goes_wrong")
    page.quiz("loss_logits")


def formulas(page: Page) -> str:
    """A Markdown table of every loss with its gradient and source."""
    heads = [page.labels[name] for name in ("loss_name", "loss_formula", "loss_gradient", "loss_source")]
    rows = [heads, ["---"] * len(heads)]
    for name, loss in LOSSES.items():
        formula, gradient = map(_in_table, (loss.formula, loss.gradient_formula))
        rows.append([page.labels[f"losslab_{name}"], f"${formula}$", f"${gradient}$", loss.source])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _in_table(formula: str) -> str:
    """LaTeX without the characters that Markdown reads as its own."""
    return formula.replace("|", r"\vert ").replace(">", r"\gt ").replace("<", r"\lt ")
