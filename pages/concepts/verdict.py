"""The Arena's verdict: which configuration ends lower on the test loss, for how many of the seeds."""

import streamlit as st

from dlcore.run import Phase, Run
from ui.page import Page


def show(page: Page, first: Run, second: Run) -> None:
    """A sentence once both bands have ended; the rule is that the two ranges do not overlap."""
    if Phase.FINISHED not in (first.status().phase, second.status().phase) or not (first.ended and second.ended):
        return
    st.info(sentence(page, first, second), icon=":material/balance:")


def sentence(page: Page, first: Run, second: Run) -> str:
    """Compare the ranges of the last test loss over the seeds."""
    diverged = [name for name, run in (("A", first), ("B", second)) if run.status().phase is not Phase.FINISHED]
    if diverged:
        return page.labels.format("verdict_diverged", name=diverged[0])
    a, b = first.history()[-1], second.history()[-1]
    values = {"name": "A", "other": "B", "measure": page.labels["test_loss"], "n_seeds": first.spec.n_seeds}  # type: ignore[attr-defined]
    for prefix, row in (("", a), ("other_", b)):
        values |= {f"{prefix}median": f"{row['test_loss']:.3g}"}
        values |= {f"{prefix}{end}": f"{row[f'test_loss_{end}']:.3g}" for end in ("low", "high")}
    if a["test_loss_high"] < b["test_loss_low"]:
        return page.labels.format("verdict_a_better", **values)
    if b["test_loss_high"] < a["test_loss_low"]:
        return page.labels.format("verdict_b_better", **values)
    return page.labels.format("verdict_no_difference", **values)
