"""Train your own: data, a stack of layers, the training with what it sees; then any picture through the trained net."""

from __future__ import annotations

import functools

import streamlit as st

from dlcore.functions.layer_arithmetic import describe_stack, parse_stack
from dlcore.functions.stack_parts import answer_of, conv_numbers
from dlcore.specs import CnnSpec
from dlcore.specs.image_sets import IMAGE_SETS, N_CLASSES, is_here
from pages.cnn import builder, look_inside
from ui.components import stage
from ui.page import Page

SCOPE = "train"
N_SEEDS = 4
N_CONVS = 3  # as in dlcore/experiments/cnn.py
SUITED = {"digits": {"n_steps": 500}, "mnist1d": {"n_steps": 1000}}  # what a set needs to show its point
USUAL = {"n_steps": 500, "learning_rate": 0.003}
MORE = (("train_size", "test_size", "init"), ("optimizer", "momentum"), ("data_seed", "seed"))


def show(page: Page) -> None:
    page.text("train")
    page.quiz("train_parameters")
    spec = page.spec(CnnSpec, SCOPE)
    choose_set(page, spec)
    builder.show(page, spec)
    show_settings(page, spec)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, group=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    show_band(page, spec)
    look_inside.show(page, spec, run)
    page.note("train_notice", "what_to_notice")
    page.note("train_wrong", "where_it_goes_wrong")
    page.quiz("train_pooling")
    page.quiz("train_saliency")


def choose_set(page: Page, spec: CnnSpec) -> None:
    """The sets that are here, and what the chosen one is."""
    here = [name for name in IMAGE_SETS if is_here(name)]
    page.choose("image_set", here, spec.image_set, SCOPE, functools.partial(_begin, page))
    about = IMAGE_SETS[spec.image_set]
    said = {"n": f"{about.n_samples:,}", "shape": builder.dimensions(about.shape), "source": about.source}
    unit = page.labels["image_set_unit" if about.top is not None else "image_set_unit_signal"]
    size = page.labels.format("image_set_size", megabytes=about.megabytes) if about.megabytes else ""
    st.caption(page.labels.format("image_set_line", **said, licence=about.licence, unit=unit, size=size))
    missing = [page.labels.choice("image_set", name) for name in IMAGE_SETS if not is_here(name)]
    if missing:
        st.caption(page.labels.format("image_set_missing", names=", ".join(missing)))


def _begin(page: Page, name: str) -> None:
    layers = builder.PRESETS[IMAGE_SETS[name].shape[-1]]["usual"]
    page.set_fields(CnnSpec, SCOPE, image_set=name, layers=layers, edits=(), **{**USUAL, **SUITED.get(name, {})})


def show_settings(page: Page, spec: CnnSpec) -> None:
    page.field_columns(spec, SCOPE, ("learning_rate", "batch_size", "n_steps"))
    more = st.expander(page.labels["more_settings"], icon=":material/tune:", key="cnn.train.more", on_change="rerun")
    if more.open:
        unused = () if spec.optimizer == "momentum" else ("momentum",)
        with more:
            page.field_columns(spec, SCOPE, [[name for name in group if name not in unused] for group in MORE])


def panels(page: Page, spec: CnnSpec) -> list[dict]:
    label = page.labels
    return [
        *curves(page, band=False),
        confusion_panel(page, spec),
        *picture_panels(page, spec),
        stage.tiles(
            label["train_worst"],
            "worst",
            alt=label["train_worst_alt"],
            columns=6,
            caption="{true} → {predicted} · {p}",
            values={"true": "worst_true", "predicted": "worst_predicted", "p": "worst_p"},
            help=label["train_worst_help"],
            width=0.5,
        ),
    ]


def curves(page: Page, band: bool) -> list[dict]:
    """Losses and accuracies against the step."""
    label = page.labels
    splits = ("test",) if band else ("train", "test")
    return [
        stage.lines(
            label[f"{name}_curve"],
            [stage.banded(f"{split}_{name}", label[f"{split}_{name}"], band) for split in splits],
            alt=label[f"{name}_curve"],
            log=name == "loss",
            domain=(0.0, 1.02) if name == "accuracy" else None,
            width=0.5 if band else 0.34,
        )
        for name in ("loss", "accuracy")
    ]


def confusion_panel(page: Page, spec: CnnSpec) -> dict:
    label, names = page.labels, look_inside.class_names(page, spec)
    return stage.matrix(
        label["train_confusion"],
        "confusion",
        label["train_confusion_reading"],
        alt=label["train_confusion_alt"],
        rows=names,
        columns=names if spec.image_set != "fashion_mnist" else [str(number) for number in range(N_CLASSES)],
        axes=(label["train_predicted"], label["train_true"]),
        numbers=True,
        width=0.32,
    )


def picture_panels(page: Page, spec: CnnSpec) -> list[dict]:
    """The picture that is followed through the net, the first kernels, and the maps of the first convolutions."""
    label, layers = page.labels, parse_stack(spec.layers)
    shown = [stage.tiles(label["train_shown"], "shown", alt=label["train_shown"], columns=1, width=0.12)]
    convs = conv_numbers(layers)
    if convs and not any(layer.kind == "linear" for layer in layers[: convs[0]]):
        filters = label.format("train_filters", layer=layers[convs[0]].text)
        shown.append(
            stage.tiles(filters, "filters", alt=filters, columns=8, help=label["train_filters_help"], width=0.5)
        )
    reports = describe_stack(layers, IMAGE_SETS[spec.image_set].shape)
    for place, number in enumerate(convs[:N_CONVS], 1):
        shape = builder.dimensions(reports[number].shape)
        title = label.format("train_maps", n=number + 1, layer=layers[answer_of(layers, number)].text, shape=shape)
        shown.append(stage.tiles(title, f"maps{place}", alt=title, columns=8, help=label["train_maps_help"], width=0.5))
    return shown


def show_band(page: Page, spec: CnnSpec) -> None:
    """The same training from several seeds: with small pictures beside the first, with large ones when asked for."""
    st.markdown(f"**{page.labels['train_band']}** · {page.labels['train_band_help']}")
    several = spec.replace(n_seeds=N_SEEDS)
    is_small = len(IMAGE_SETS[spec.image_set].shape) == 2 or IMAGE_SETS[spec.image_set].shape[-1] < 20
    group = SCOPE if is_small else None
    page.play(several, curves(page, band=True), f"{SCOPE}_band", group=group, rerun_at_end=True, compact=is_small)
