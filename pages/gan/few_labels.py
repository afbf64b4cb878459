"""Few labels: a GAN's critic that is a classifier as well, beside the same classifier alone on the same labels."""

from __future__ import annotations

import streamlit as st

from dlcore.evidence import recorded
from dlcore.evidence.gan_images import CLAIMS
from dlcore.run import Phase, Run
from dlcore.specs import SemiSupervisedSpec
from ui.components import stage
from ui.evidence import badge, numbers, sentence
from ui.page import Page

SCOPE, PREFIX = "few", "f."
MORE = (("noise_on_images", "unlabelled_weight"), ("hidden_sizes", "latent_size"), ("batch_size", "n_seeds", "seed"))


def show(page: Page) -> None:
    page.text("few_labels")
    page.quiz("few_share")
    spec = page.spec(SemiSupervisedSpec, SCOPE, PREFIX)
    show_settings(page, spec)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    show_verdict(page, spec, run)
    show_claims(page)
    page.take_home(spec, run, SCOPE)
    page.text("few_formulas")
    page.note("few_notice", "what_to_notice")
    page.note("few_wrong", "where_it_goes_wrong")
    page.quiz("few_bad_generator")


def show_settings(page: Page, spec: SemiSupervisedSpec) -> None:
    page.field_columns(spec, SCOPE, ("n_labels", "matching", "learning_rate", "n_steps"))
    with st.expander(page.labels["few_more"], icon=":material/tune:"):
        page.field_columns(spec, SCOPE, MORE)


def panels(page: Page, spec: SemiSupervisedSpec) -> list[dict]:
    label = page.labels
    sides = [stage.banded(f"accuracy_{name}", label[f"few_{name}"]) for name in ("gan", "alone")]
    return [
        stage.tiles(
            label["few_labelled"],
            "labelled",
            alt=label["few_labelled_alt"],
            columns=5,
            help=label["few_labelled_help"],
            width=0.3,
        ),
        stage.tiles(
            label["few_made"], "made", alt=label["few_made_alt"], columns=5, help=label["few_made_help"], width=0.3
        ),
        stage.lines(label["few_accuracy"], sides, alt=label["few_accuracy"], width=0.4),
        stage.lines(
            label["few_gain"],
            [stage.banded("gain", label["few_gain"])],
            rules=[stage.rule("nothing", label["few_nothing"])],
            alt=label["few_gain"],
            width=0.5,
        ),
        stage.lines(
            label["few_belief"],
            [stage.series("d_real", label["few_d_real"]), stage.series("d_made", label["few_d_made"])],
            alt=label["few_belief"],
            domain=(0.0, 1.02),
            width=0.5,
        ),
    ]


def show_claims(page: Page) -> None:
    """What the page Evidence has on record, label count by label count."""
    st.markdown(f"**{page.labels['few_on_record']}**")
    for claim in CLAIMS:
        known = recorded(claim)
        said = f" ({numbers(page, claim, known)})" if known else ""
        st.markdown(f"{badge(page, known)} {sentence(page, claim)}{said}")


def verdict(last: dict[str, float], n_seeds: int) -> str:
    """As for a claim of the evidence: from every seed, from none, or from some."""
    if last["n_better"] == n_seeds:
        return "supported"
    return "mixed" if last["n_better"] > 0 else "not_here"


def show_verdict(page: Page, spec: SemiSupervisedSpec, run: Run) -> None:
    """What the finished run says about the sentence, by the rule of the page Evidence."""
    if run.status().phase is not Phase.FINISHED:
        return
    last = run.history()[-1]
    said = verdict(last, spec.n_seeds)
    ends = {name: f"{100 * last[name]:.1f}".replace("-", "−") for name in last if name.startswith(("acc", "gain"))}
    counts = {name: int(last[name]) for name in ("n_better", "n_worse")}
    words = page.labels.format("few_verdict", **ends, **counts, n_seeds=spec.n_seeds, n_labels=spec.n_labels)
    st.info(f"**{page.labels[said]}** · {words}", icon=":material/balance:")
