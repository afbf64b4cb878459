"""The layer builder: a stack as a row of layers, one of them open to be changed; what every layer makes of a picture.

The draft is the reader's; a draft that fits becomes the spec's stack, one that does not is refused at the layer where
it breaks, and the stack before goes on.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dlcore.errors import StackError
from dlcore.functions.equal_parameters import equal_mlp
from dlcore.functions.layer_arithmetic import (
    ACTIVATION_LAYERS,
    BOUNDS,
    MAX_LAYERS,
    Layer,
    LayerReport,
    describe_stack,
    parse_stack,
    stack_text,
)
from dlcore.specs import CnnSpec
from dlcore.specs.cnn import LAYERS, describe_classifier
from dlcore.specs.image_sets import IMAGE_SETS, N_CLASSES
from ui.controls import make_say
from ui.page import Page

SCOPE = "train"
DRAFT, DRAFT_OF, OPEN = "cnn.train:draft", "cnn.train:draft_of", "cnn.train.open"
TABLE = "cnn_train_table"
TABLE_STYLE = f".st-key-{TABLE} :is(th, td) {{ white-space: nowrap; padding-block: 0.25rem; }}"
KINDS = ("conv", "maxpool", "avgpool", "activation", "batchnorm", "dropout", "flatten", "linear")
NUMBERS = {
    "conv": ("units", "kernel", "stride", "padding", "dilation"),
    "maxpool": ("kernel", "stride", "padding", "dilation"),
    "avgpool": ("kernel", "stride", "padding"),
    "linear": ("units",),
    "dropout": ("share",),
}
FRESH = {  # what a layer begins with when its kind is chosen
    "conv": Layer("conv", 8, 3, 1, 1),
    "maxpool": Layer("maxpool", 0, 2, 2),
    "avgpool": Layer("avgpool", 0, 2, 2),
    "activation": Layer("relu"),
    "batchnorm": Layer("batchnorm"),
    "dropout": Layer("dropout", share=0.3),
    "flatten": Layer("flatten"),
    "linear": Layer("linear", 32),
}
WIDE = "conv 8 5 p2-relu-maxpool 2-conv 16 5 p2-relu-maxpool 2-flatten-linear 10"  # of 28×28 pixels
SIGNAL = "conv 16 5 s2 p2-relu-conv 16 5 s2 p2-relu-conv 16 5 p2-relu-flatten-linear 10"
PRESETS = {
    8: {
        "usual": LAYERS,
        "lenet": "conv 6 3 p1-tanh-avgpool 2-conv 16 3-tanh-flatten-linear 84-tanh-linear 10",
        "all_conv": "conv 16 3 p1-relu-conv 32 3 s2 p1-relu-conv 32 3 s2 p1-relu-conv 10 1-avgpool 2-flatten",
    },
    28: {
        "usual": WIDE,
        "lenet": "conv 6 5 p2-tanh-avgpool 2-conv 16 5-tanh-avgpool 2-flatten-linear 120-tanh-linear 84-tanh-linear 10",
        "all_conv": "conv 8 3 p1-relu-conv 16 3 s2 p1-relu-conv 32 3 s2 p1-relu-conv 10 1-avgpool 7-flatten",
    },
    40: {
        "usual": SIGNAL,
        "lenet": "conv 6 5 p2-tanh-avgpool 2-conv 16 5-tanh-avgpool 2-flatten-linear 120-tanh-linear 84-tanh-linear 10",
        "all_conv": "conv 16 5 s2 p2-relu-conv 32 5 s2 p2-relu-conv 32 3 s2 p1-relu-conv 10 1-avgpool 5-flatten",
    },
}
PRESET_NAMES = ("usual", "lenet", "all_conv", "mlp", "one_layer")


def preset(name: str, spec: CnnSpec) -> str:
    """A preset's stack for this set; `mlp` has as many parameters as the stack that is there, or as the usual one."""
    shape = IMAGE_SETS[spec.image_set].shape
    known = PRESETS[shape[-1]]
    if name in known:
        return known[name]
    if name == "one_layer":
        return f"flatten-linear {N_CLASSES}"
    model = spec.layers if "conv" in spec.layers else known["usual"]
    n_parameters = sum(report.n_parameters for report in describe_stack(parse_stack(model), shape))
    n_inputs = describe_stack((Layer("flatten"),), shape)[0].shape[0]
    return equal_mlp(n_parameters, n_inputs, N_CLASSES)


def show(page: Page, spec: CnnSpec) -> None:
    """Presets, the row of layers, the one that is open, and the table of them all."""
    text = draft(spec)
    error = why_not(text, spec)
    show_presets(page, spec)
    layers = readable(text)
    if layers is not None:
        chosen = choose_layer(page, layers, error)
        show_layer(page, spec, layers, chosen)
    show_text(page, spec, text)
    if error is not None:
        st.error(page.labels.sentence(error), icon=":material/error:")
        st.caption(page.labels["builder_kept"])
    st.html(f"<style>{TABLE_STYLE}</style>")
    with st.container(key=TABLE):
        st.markdown(table(page, text if layers is not None else spec.layers, spec))


def draft(spec: CnnSpec) -> str:
    """What the reader is building; the spec's own stack once that has become another one."""
    if st.session_state.get(DRAFT_OF) != (spec.image_set, spec.layers):
        st.session_state[DRAFT_OF] = (spec.image_set, spec.layers)
        st.session_state[DRAFT] = spec.layers
    return st.session_state[DRAFT]


def why_not(text: str, spec: CnnSpec) -> StackError | None:
    """Why this stack cannot be trained on the spec's set; None if it can."""
    try:
        describe_classifier(text, IMAGE_SETS[spec.image_set].shape)
    except StackError as error:
        return error
    return None


def readable(text: str) -> tuple[Layer, ...] | None:
    """The layers, whether they fit together or not; None for a text that is no stack."""
    try:
        return parse_stack(text)
    except StackError:
        return None


def show_presets(page: Page, spec: CnnSpec) -> None:
    with st.container(horizontal=True):
        for name in PRESET_NAMES:
            st.button(
                page.labels[f"builder_preset_{name}"],
                key=f"cnn.train.preset.{name}",
                on_click=take,
                args=(page, spec, preset(name, spec)),
            )


def choose_layer(page: Page, layers: tuple[Layer, ...], error: StackError | None) -> int:
    """The layers in a row; the chosen one is open."""
    broken = error.values.get("layer") if error is not None else None
    st.session_state[OPEN] = min(st.session_state.get(OPEN) or 0, max(0, len(layers) - 1))

    def said(number: int) -> str:
        mark = "✗ " if number + 1 == broken else ""
        return f"{mark}{number + 1} · {layers[number].text}"

    chosen = st.segmented_control(
        page.labels["builder_layers"],
        range(len(layers)),
        format_func=said,
        key=OPEN,
        required=True,
        wrap=True,
        help=page.labels["builder_layers_help"],
    )
    return int(chosen or 0)


def show_layer(page: Page, spec: CnnSpec, layers: tuple[Layer, ...], chosen: int) -> None:
    """The open layer's kind and numbers, and the buttons that move it, take it away or put one after it."""
    change = functools.partial(_change, page, spec, layers, chosen)
    with st.container(horizontal=True, vertical_alignment="bottom", border=True):
        if layers:
            layer = layers[chosen]
            kind = "activation" if layer.kind in ACTIVATION_LAYERS else layer.kind
            key = f"cnn.train.layer.{chosen}"
            _select(page, "builder_kind", KINDS, kind, f"{key}.kind", functools.partial(_choose_kind, change, key))
            if kind == "activation":
                choose = functools.partial(_choose_activation, change, key)
                _select(page, "activation", ACTIVATION_LAYERS, layer.kind, f"{key}.activation", choose)
            for name in NUMBERS.get(kind, ()):
                _number(page, layer, name, f"{key}.{name}", functools.partial(_choose_number, change, key, layer, name))
        _buttons(page, spec, layers, chosen)


def _select(page: Page, field: str, choices: tuple[str, ...], value: str, key: str, on_change: Callable) -> None:
    make_say(key, value)
    words = functools.partial(page.labels.choice, field)
    st.selectbox(page.labels[field], choices, format_func=words, key=key, on_change=on_change, width=170)


def _number(page: Page, layer: Layer, name: str, key: str, on_change: Callable) -> None:
    low, high = BOUNDS["channels" if (layer.kind, name) == ("conv", "units") else name]
    label = page.labels["builder_channels" if layer.kind == "conv" and name == "units" else f"builder_{name}"]
    make_say(key, getattr(layer, name))
    step = 0.05 if name == "share" else 1
    st.number_input(label, low, high, step=step, key=key, on_change=on_change, width=120)


def _buttons(page: Page, spec: CnnSpec, layers: tuple[Layer, ...], chosen: int) -> None:
    label = page.labels
    earlier = [*layers[: max(0, chosen - 1)], *layers[chosen : chosen + 1], *layers[max(0, chosen - 1) : chosen]]
    offers = (
        ("builder_add", "add", (*layers[: chosen + 1], FRESH["activation"], *layers[chosen + 1 :]), chosen + 1),
        ("builder_earlier", "arrow_back", (*earlier, *layers[chosen + 1 :]), chosen - 1),
        ("builder_remove", "delete", (*layers[:chosen], *layers[chosen + 1 :]), max(0, chosen - 1)),
    )
    possible = (len(layers) < MAX_LAYERS, chosen > 0, len(layers) > 0)
    for (name, icon, changed, open_next), can in zip(offers, possible, strict=True):
        st.button(
            label[name],
            key=f"cnn.train.{name}",
            icon=f":material/{icon}:",
            disabled=not can,
            on_click=take,
            args=(page, spec, stack_text(tuple(changed)), open_next),
        )


def show_text(page: Page, spec: CnnSpec, text: str) -> None:
    key = "cnn.train.text"
    st.session_state[key] = text.replace("-", " - ")
    st.text_input(
        page.labels["builder_text"],
        key=key,
        help=page.labels["builder_text_help"],
        on_change=functools.partial(_take_text, page, spec, key),
    )


def table(page: Page, text: str, spec: CnnSpec) -> str:
    """Shape, parameters, multiply-adds, FLOPs and receptive field of every layer, as far as the stack fits."""
    label = page.labels
    columns = ("layer", "shape", "parameters", "multiply_adds", "flops", "field")
    rows = [[label[f"builder_{name}"] for name in columns], ["---", "---", "---:", "---:", "---:", "---:"]]
    shape = IMAGE_SETS[spec.image_set].shape
    rows.append([label["builder_input"], dimensions(shape), "", "", "", "1"])
    reports = fitting(parse_stack(text), shape)
    for number, report in enumerate(reports, 1):
        counts = (report.n_parameters, report.n_multiply_adds, 2 * report.n_multiply_adds, report.receptive_field)
        rows.append([f"{number} · {report.name}", dimensions(report.shape), *(f"{count:,}" for count in counts)])
    totals = [sum(report.n_parameters for report in reports), sum(report.n_multiply_adds for report in reports)]
    rows.append([f"**{label['builder_sum']}**", "", *(f"**{n:,}**" for n in (*totals, 2 * totals[1])), ""])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def fitting(layers: tuple[Layer, ...], shape: tuple[int, ...]) -> list[LayerReport]:
    """The reports on the layers up to the one that breaks."""
    for end in range(len(layers), -1, -1):
        try:
            return describe_stack(layers[:end], shape)
        except StackError:
            continue
    return []


def dimensions(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


# --- callbacks


def take(page: Page, spec: CnnSpec, text: str, open_next: int | None = None) -> None:
    """Make a text the draft and, if it fits, the spec's stack."""
    st.session_state[DRAFT] = text
    if open_next is not None:
        st.session_state[OPEN] = open_next
    if why_not(text, spec) is None:
        page.set_fields(CnnSpec, SCOPE, layers=text, edits=())


def _change(page: Page, spec: CnnSpec, layers: tuple[Layer, ...], chosen: int, layer: Layer) -> None:
    take(page, spec, stack_text((*layers[:chosen], layer, *layers[chosen + 1 :])))


def _choose_kind(change: Callable[[Layer], None], key: str) -> None:
    change(FRESH[st.session_state[f"{key}.kind"]])


def _choose_activation(change: Callable[[Layer], None], key: str) -> None:
    change(Layer(st.session_state[f"{key}.activation"]))


def _choose_number(change: Callable[[Layer], None], key: str, layer: Layer, name: str) -> None:
    value = st.session_state[f"{key}.{name}"]
    if value is not None:
        change(replace(layer, **{name: value}))


def _take_text(page: Page, spec: CnnSpec, key: str) -> None:
    text = st.session_state[key].replace(" - ", "-").strip()
    layers = readable(text)
    take(page, spec, stack_text(layers) if layers is not None else text)
