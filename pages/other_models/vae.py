"""The VAE: both terms of its loss, samples beside a plain autoencoder's, the manifold, and one draw in numbers."""

from __future__ import annotations

import streamlit as st

from dlcore.charts.reparameterise import draws_chart
from dlcore.evidence.vae import CLAIMS
from dlcore.run import Phase, Run
from dlcore.specs import VaeSpec
from dlcore.specs.vae import VAE_PRESETS
from pages.other_models import latent_map
from pages.other_models.latent_page import show_claims, show_presets, show_settings
from pages.other_models.one_draw import show_draw
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "vae", "v."
FIELDS = (("beta", "bottleneck"), ("activation", "hidden_sizes"), ("learning_rate", "n_steps"))
MORE = (("batch_size", "n_seeds"), ("seed",))
KINDS = ("", "_plain", "_fitted")  # of samples
COLLAPSED = 0.05  # nats of KL
LEAST_SHOWN = 0.001  # nats of KL; less is said as "< 0.001"


def show(page: Page) -> None:
    page.text("vae")
    page.text("vae_trick")
    page.chart(draws_chart(page.labels), page.labels["reparam_alt"])
    page.quiz("vae_noise")
    st.subheader(page.labels["vae_train"])
    page.text("vae_train")
    spec = page.spec(VaeSpec, SCOPE, PREFIX)
    show_presets(page, VaeSpec, SCOPE, VAE_PRESETS)
    show_settings(page, spec, SCOPE, FIELDS, MORE, "vae_more")
    has_map = spec.bottleneck == 2
    place = latent_map.read_place(page, SCOPE, PREFIX)
    pick = latent_map.picker(page, SCOPE) if has_map else None
    run = page.play(
        spec, panels(page, spec), SCOPE, scope=SCOPE, on_click=pick, rerun_at_end=True, shortcuts=shortcuts(page)
    )
    page.edits(spec, SCOPE)
    show_verdict(page, spec, run)
    page.take_home(spec, run, SCOPE)
    if has_map:
        latent_map.show_decoded(page, run, SCOPE, place)
    show_draw(page, spec, run)
    show_claims(page, CLAIMS)
    page.note("vae_notice", "what_to_notice")
    page.note("vae_wrong", "where_it_goes_wrong")
    page.quiz("vae_beta")
    page.text("vae_gan")
    page.link_or_map("gan")


def shortcuts(page: Page) -> list[dict]:
    """Another β from the playhead on, at one click."""
    return [{"field": "beta", "value": value, "label": f"β = {value:g}", "icon": "play"} for value in (0.2, 1.0, 20.0)]


# --- the stage


def panels(page: Page, spec: VaeSpec) -> list[dict]:
    return [*map_panels(page, spec), *terms(page, spec), *code_panels(page), *sample_panels(page, spec)]


def terms(page: Page, spec: VaeSpec) -> list[dict]:
    """Both terms of the loss."""
    label = page.labels
    shown = {"reconstruction": "vae_reconstruction", "plain_reconstruction": "vae_plain_reconstruction"}
    return [
        stage.lines(
            label["vae_reconstructions"],
            [stage.banded(name, label[word], spec.n_seeds > 1) for name, word in shown.items()],
            rules=[stage.rule("floor", label["vae_floor"])],
            alt=label["vae_reconstructions"],
            domain=(0.0, 40.0),
            width=0.5,
        ),
        stage.lines(
            label["vae_kl"],
            [stage.banded("kl", label["vae_kl_short"], spec.n_seeds > 1)],
            alt=label["vae_kl"],
            width=0.5,
        ),
    ]


def map_panels(page: Page, spec: VaeSpec) -> list[dict]:
    """Where the test digits lie, and what the decoder makes of a grid: only of two numbers."""
    if spec.bottleneck != 2:
        return []
    label = page.labels
    grid = stage.tiles(
        label["vae_grid"], "grid", alt=label["vae_grid_alt"], columns=7, help=label["vae_grid_help"], width=0.5
    )
    return [latent_map.map_panel(page, "vae_map", "codes", True, 0.5), grid]


def code_panels(page: Page) -> list[dict]:
    """Ten digits before and after, and which numbers of the code carry anything."""
    label = page.labels
    pictures = [
        stage.tiles(label[f"vae_{name}"], name, alt=label["ae_pictures_alt"], columns=5, width=0.33)
        for name in ("clean", "output")
    ]
    return [*pictures, stage.bars(label["vae_units"], "kl_units", name="z{n}", alt=label["vae_units_alt"], width=0.33)]


def sample_panels(page: Page, spec: VaeSpec) -> list[dict]:
    """Samples of three kinds, and two ways to judge them."""
    label = page.labels
    samples = [
        stage.tiles(
            label[f"vae_samples{kind}"],
            f"samples{kind}",
            alt=label["vae_samples_alt"],
            columns=5,
            help=label[f"vae_samples{kind}_help"],
            width=0.33,
        )
        for kind in KINDS
    ]
    judged = [
        stage.lines(
            label[f"vae_{measure}"],
            [stage.banded(f"{measure}{kind}", label[f"vae_kind{kind}"], spec.n_seeds > 1) for kind in KINDS],
            rules=[stage.rule(f"real_{measure}", label["vae_real"])],
            alt=label[f"vae_{measure}"],
            domain=domain,
            width=0.5,
        )
        for measure, domain in (("confident", (0.0, 1.02)), ("distance", (0.0, 3.0)))
    ]
    return [*samples, *judged]


# --- what came of it


def show_verdict(page: Page, spec: VaeSpec, run: Run) -> None:
    """Of the finished run: collapsed, or whose samples the judge knows more often."""
    if run.status().phase is Phase.FINISHED:
        st.info(verdict(page, spec, run.history()[-1]), icon=":material/balance:")


def verdict(page: Page, spec: VaeSpec, last: dict[str, float]) -> str:
    shares = {f"confident{kind}": f"{last[f'confident{kind}']:.0%}" for kind in KINDS}
    if last["kl"] < COLLAPSED:
        beta = spec.at(spec.n_steps).beta
        kl = f"{last['kl']:.3f}" if last["kl"] >= LEAST_SHOWN else f"< {LEAST_SHOWN}"
        return page.labels.format("vae_verdict_collapsed", kl=kl, beta=f"{beta:g}")
    ahead = last.get("confident_low", last["confident"]) > last.get("confident_plain_high", last["confident_plain"])
    behind = last.get("confident_high", last["confident"]) < last.get("confident_plain_low", last["confident_plain"])
    key = "vae_verdict_ahead" if ahead else "vae_verdict_behind" if behind else "vae_verdict_open"
    return page.labels.format(key, n_seeds=spec.n_seeds, **shares)
