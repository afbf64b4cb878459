"""The autoencoder: digits through a bottleneck, beside PCA; with noise, and as a map of two numbers."""

from __future__ import annotations

import functools

import streamlit as st

from dlcore.evidence.autoencoder import CLAIMS, PUBLISHED
from dlcore.run import Phase, Run
from dlcore.specs import AutoencoderSpec
from dlcore.specs.autoencoder import AUTOENCODER_PRESETS
from pages.other_models import latent_map
from pages.other_models.latent_page import show_claims, show_presets, show_settings
from pages.other_models.pca_first import show_pca
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "autoencoder", "a."
FIELDS = (("bottleneck", "input_noise"), ("activation", "hidden_sizes"), ("learning_rate", "n_steps"))
MORE = (("optimizer", "rate_falls"), ("batch_size", "n_seeds"), ("seed",))
WITHIN = 0.1  # percent above PCA's error that still counts as the same


def show(page: Page) -> None:
    page.text("ae")
    show_pca(page)
    page.quiz("ae_linear")
    st.subheader(page.labels["ae_train"])
    page.text("ae_train")
    spec = page.spec(AutoencoderSpec, SCOPE, PREFIX)
    show_presets(page, AutoencoderSpec, SCOPE, AUTOENCODER_PRESETS)
    show_settings(page, spec, SCOPE, FIELDS, MORE, "ae_more")
    has_map = spec.bottleneck == 2
    place = latent_map.read_place(page, SCOPE, PREFIX)
    pick = latent_map.picker(page, SCOPE) if has_map else None
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, on_click=pick, rerun_at_end=True)
    page.edits(spec, SCOPE)
    show_verdict(page, spec, run)
    page.take_home(spec, run, SCOPE)
    if has_map:
        latent_map.show_decoded(page, run, SCOPE, place)
    page.text("ae_formulas")
    show_claims(page, (*PUBLISHED, *CLAIMS))
    page.note("ae_notice", "what_to_notice")
    page.note("ae_wrong", "where_it_goes_wrong")
    for quiz in ("ae_denoising", "ae_wide"):
        page.quiz(quiz)


# --- the stage


def panels(page: Page, spec: AutoencoderSpec) -> list[dict]:
    """Pictures, the map where the code has two numbers, and the curves."""
    maps = []
    if spec.bottleneck == 2:
        maps = [
            latent_map.map_panel(page, "ae_map", "codes", True, 0.5),
            latent_map.map_panel(page, "ae_pca_map", "pca_codes", False, 0.5),
        ]
    return [*picture_panels(page, spec), *maps, *curve_panels(page, spec)]


def picture_panels(page: Page, spec: AutoencoderSpec) -> list[dict]:
    """The ten digits as they are, as they come in, as they come out, and PCA's answer."""
    names = ("clean", "noisy", "output", "pca_output") if spec.input_noise > 0 else ("clean", "output", "pca_output")
    titled = functools.partial(page.labels.format, k=spec.bottleneck)
    width = 0.33 if len(names) == 3 else 0.25
    return [
        stage.tiles(titled(f"ae_{name}"), name, alt=page.labels["ae_pictures_alt"], columns=5, width=width)
        for name in names
    ]


def curve_panels(page: Page, spec: AutoencoderSpec) -> list[dict]:
    label = page.labels
    rules = [stage.rule("pca_error", label["ae_pca_error"]), stage.rule("mean_error", label["ae_mean_error"])]
    if spec.input_noise > 0:
        rules.append(stage.rule("noisy_error", label["ae_noisy_error"]))
    error = stage.lines(
        label["ae_error"],
        [stage.banded("error", label["ae_test"], spec.n_seeds > 1), stage.series("train_error", label["ae_learnt"])],
        rules=rules,
        alt=label["ae_error_alt"],
        domain=(0.0, 6.5),
        width=0.5,
    )
    if spec.activation != "identity" or spec.input_noise > 0:
        gain = [stage.banded("gain", label["ae_gain_short"], spec.n_seeds > 1)]
        return [error, stage.lines(label["ae_gain"], gain, alt=label["ae_gain"], domain=(-80.0, 60.0), width=0.5)]
    excess, angle = (
        stage.banded("excess", label["ae_excess_short"], spec.n_seeds > 1),
        stage.banded("angle", label["ae_angle_short"], spec.n_seeds > 1),
    )
    return [
        error,
        stage.lines(label["ae_excess"], [excess], alt=label["ae_excess"], log=True, width=0.25),
        stage.lines(label["ae_angle"], [angle], alt=label["ae_angle"], domain=(0.0, 92.0), width=0.25),
    ]


# --- what came of it


def show_verdict(page: Page, spec: AutoencoderSpec, run: Run) -> None:
    """Of the finished run: how far from PCA, from how many seeds on which side."""
    if run.status().phase is Phase.FINISHED:
        st.info(verdict(page, spec, run.history()[-1]), icon=":material/balance:")


def verdict(page: Page, spec: AutoencoderSpec, last: dict[str, float]) -> str:
    label = page.labels
    if "excess" in last:
        worst = last.get("excess_high", last["excess"])
        key = "ae_verdict_same" if worst <= WITHIN else "ae_verdict_above"
        said = {"excess": f"{worst:.3g}", "angle": f"{last.get('angle_high', last['angle']):.2g}"}
    else:
        low, high = (last.get(f"gain_{end}", last["gain"]) for end in ("low", "high"))
        key = "ae_verdict_better" if low > 0 else "ae_verdict_worse" if high < 0 else "ae_verdict_open"
        said = {"low": percent(low), "high": percent(high)}
    return label.format(key, k=spec.bottleneck, n_seeds=spec.n_seeds, **said)


def percent(number: float) -> str:
    return f"{number:.1f}".replace("-", "−")
