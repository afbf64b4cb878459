"""One picture through the net as it is now: a test picture, a mistake, a drawing or an upload; layer by layer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from typing import Any

import numpy as np
import streamlit as st

from dlcore.data.pictures import center_digit, read_picture, to_grey
from dlcore.errors import DataError
from dlcore.functions.layer_arithmetic import Layer, parse_stack
from dlcore.run import Run
from dlcore.specs import CnnSpec
from dlcore.specs.image_sets import N_CLASSES
from ui.components import stage
from ui.components.draw import draw
from ui.page import Page
from ui.still import show_still

KEY, MISTAKE = "cnn.train.inside", "train.inside.mistake"
UPLOAD = f"{KEY}:upload"
SOURCES = ("test", "mistakes", "draw", "upload")
PATIENCE, PATIENCE_OF_PAGE = 15, 0.2  # seconds that this part of the page, and that the whole page, waits for a worker
HURRY, LATE = f"{KEY}:hurry", f"{KEY}:late"
Ask = Callable[[dict[str, Any]], dict[str, Any]]
N_MISTAKES = 18
MOST_MAPS, LONGEST_ROW = 32, 128  # that are shown of a layer
NO_OUTPUT = ("flatten", "dropout")  # layers that show nothing new


def show(page: Page, spec: CnnSpec, run: Run) -> None:
    """The page does not wait for a busy worker: an answer that comes late brings another run of the page."""
    page.text("train_inside")
    st.session_state[HURRY] = True
    look(page, spec, run)
    if st.session_state.get(LATE) is not None:
        wait_for_late(page)


@st.fragment
def look(page: Page, spec: CnnSpec, run: Run) -> None:
    """Choose a picture; what the net makes of it. Runs again alone, and then waits for its answer."""
    patience = PATIENCE_OF_PAGE if st.session_state.pop(HURRY, False) else PATIENCE
    st.session_state[LATE] = None
    ask = functools.partial(answer_to, run, patience)
    source = choose_source(page, SOURCES if spec.image_set != "mnist1d" else SOURCES[:2])
    try:
        question = ASKERS[source](page, spec, ask)
        if question is not None:
            show_answer(page, spec, run, ask(question))
    except DataError as error:
        st.error(page.labels.sentence(error), icon=":material/error:")
    except TooLate:
        st.caption(page.labels["inside_late"])
    except (OSError, RuntimeError):
        st.warning(page.labels["inside_no_answer"])


@st.fragment(run_every=0.4)
def wait_for_late(page: Page) -> None:
    """Looks after an answer that the page did not wait for."""
    late = st.session_state.get(LATE)
    if late is not None and late.done():
        st.rerun()


def choose_source(page: Page, sources: tuple[str, ...]) -> str:
    key, _ = page.keep("train.inside.source", "inside", sources[0], sources)
    words = functools.partial(page.labels.choice, "inside_source")
    chosen: Any = st.segmented_control(
        page.labels["inside_source"], sources, format_func=words, key=key, required=True, wrap=True
    )
    return chosen


def answer_to(run: Run, patience: float, question: dict[str, Any]) -> dict[str, Any]:
    """The net's answer at its newest step, which is asked for once; raises TimeoutError when it takes longer."""
    asked = (run.key, run.step, repr(question))
    known: dict[Any, Future] = st.session_state.setdefault(f"{KEY}:answers", {})
    if asked not in known or (known[asked].done() and known[asked].exception() is not None):
        if len(known) > 8:
            known.clear()
        known[asked] = run.ask(question)
    try:
        return known[asked].result(timeout=patience)
    except TooLate:
        st.session_state[LATE] = known[asked]
        raise


def ask_test(page: Page, spec: CnnSpec, ask: Ask) -> dict[str, Any]:
    """A test picture by its number."""
    key, index = page.keep("train.inside.index", "picture", 0, range(spec.n_tested))
    index = st.number_input(page.labels["inside_index"], 0, spec.n_tested - 1, index, key=key, width=200)
    return {"test": int(index or 0)}


def ask_mistake(page: Page, spec: CnnSpec, ask: Ask) -> dict[str, Any] | None:
    """The worst mistakes as small pictures; the chosen one is explained."""
    found = ask({"mistakes": N_MISTAKES})
    n_worst = len(found["worst"])
    if n_worst == 0:
        st.success(page.labels["inside_no_mistakes"])
        return None
    chosen = min(page.recall(MISTAKE, "mistake", 0, read_number), n_worst - 1)
    flags = (np.arange(n_worst) == chosen).astype(np.uint8)
    panel = stage.tiles(
        page.labels["inside_mistakes"],
        "worst",
        alt=page.labels["train_worst_alt"],
        columns=9,
        caption="{true} → {predicted} · {p}",
        values={"true": "worst_true", "predicted": "worst_predicted", "p": "worst_p"},
        flag="flags",
        clickable=True,
        help=page.labels["inside_mistakes_help"],
    )
    show_still(f"{KEY}.mistakes", [panel], {**found, "flags": flags}, page.labels, _choose_mistake)
    return {"test": int(found["worst_index"][chosen])}


def read_number(text: str) -> int:
    """A number of the address bar; 0 where that says something else."""
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def ask_drawing(page: Page, spec: CnnSpec, ask: Ask) -> dict[str, Any] | None:
    drawing = draw(f"{KEY}.draw", page.labels)
    if drawing is None:
        st.caption(page.labels["inside_draw_hint"])
        return None
    return centred(drawing)


def ask_upload(page: Page, spec: CnnSpec, ask: Ask) -> dict[str, Any] | None:
    """The newest upload that could be read; a bad one leaves it and is said."""
    file = st.file_uploader(page.labels["upload_picture"], ["png", "jpg", "jpeg", "webp"], key=f"{KEY}.file")
    if file is not None:
        try:
            st.session_state[UPLOAD] = centred(to_grey(read_picture(file.getvalue())))
        except DataError as error:
            st.error(page.labels.sentence(error), icon=":material/error:")
    return st.session_state.get(UPLOAD)


ASKERS = {"test": ask_test, "mistakes": ask_mistake, "draw": ask_drawing, "upload": ask_upload}


def centred(grey: np.ndarray) -> dict[str, Any]:
    """A picture as MNIST would have it, as a question."""
    return {"picture": np.round(center_digit(grey) * 255).astype(np.uint8).tolist()}


def _choose_mistake(number: int, _: int) -> None:
    st.session_state[f"cnn:{MISTAKE}"] = number


# --- the answer


def show_answer(page: Page, spec: CnnSpec, run: Run, answer: dict[str, Any]) -> None:
    """What it is taken for, what in the picture says so, and every layer's maps."""
    names = class_names(page, spec)
    order = np.argsort(-answer["p"])
    said = {"first": names[order[0]], "p": percent(answer["p"][order[0]]), "second": names[order[1]]}
    said |= {"q": percent(answer["p"][order[1]]), "step": run.step}
    key = "inside_says"
    if "true" in answer:
        key = "inside_right" if answer["true"] == order[0] else "inside_wrong"
        said["true"] = names[answer["true"]]
    st.markdown(page.labels.format(key, **said))
    if run.step == 0:
        st.caption(page.labels["inside_untrained"])
    panels, observed = answer_panels(page, answer, names)
    layers = parse_stack(spec.layers)
    for number, layer in enumerate(layers):
        classes = short_names(names) if number == len(layers) - 1 else ()
        add_layer(page, panels, observed, number, layer, answer[f"layer{number}"], classes)
    show_still(f"{KEY}.answer", panels, observed, page.labels)


def answer_panels(page: Page, answer: dict[str, Any], names: list[str]) -> tuple[list[dict], dict[str, np.ndarray]]:
    """The picture, its saliency and Grad-CAM, and the probabilities."""
    label = page.labels
    observed = {"picture": answer["picture"][None], "p": np.round(answer["p"][None] * 100, 1)}
    panels = [stage.tiles(label["inside_picture"], "picture", alt=label["inside_picture"], columns=1, width=0.14)]
    for name in ("saliency", "cam"):
        if name in answer:
            observed[name] = to_uint8(answer[name])[None]
            title = label[f"inside_{name}"]
            panels.append(stage.tiles(title, name, alt=title, columns=1, help=label[f"inside_{name}_help"], width=0.14))
    panels.append(
        stage.matrix(
            label["inside_p"],
            "p",
            label["inside_p_reading"],
            alt=label["inside_p"],
            rows=["%"],
            columns=short_names(names),
            limit=100,
            numbers=True,
            width=0.5,
        )
    )
    return panels, observed


def add_layer(
    page: Page,
    panels: list[dict],
    observed: dict[str, np.ndarray],
    number: int,
    layer: Layer,
    output: np.ndarray,
    classes: Sequence[str] = (),
) -> None:
    """A layer's maps (C, H, W) as tiles, a signal's (C, 1, W) and a flat layer's (N,) as rows of cells.

    The last layer's cells are called like the `classes`.
    """
    if layer.kind in NO_OUTPUT:
        return
    name, label = f"layer{number}", page.labels
    shape = " × ".join(map(str, output.shape if output.ndim == 1 or output.shape[1] > 1 else output[:, 0].shape))
    title = label.format("inside_layer", n=number + 1, layer=layer.text, shape=shape)
    if output.ndim == 3 and output.shape[1] > 1:
        observed[name] = to_int8(output[:MOST_MAPS])
        observed[f"{name}_most"] = np.full(len(observed[name]), np.abs(output[:MOST_MAPS]).max(), np.float32)
        panels.append(
            stage.tiles(
                title, name, alt=title, columns=16, largest=f"{name}_most", width=0.5 if len(output) <= 8 else 1
            )
        )
        return
    rows = output[None, :LONGEST_ROW] if output.ndim == 1 else output[:MOST_MAPS, 0]
    observed[name] = rows.astype(np.float32)
    reading = label["inside_score" if classes else "inside_cell"]
    panels.append(stage.matrix(title, name, reading, alt=title, columns=classes, signed=True, width=0.5))


def class_names(page: Page, spec: CnnSpec) -> list[str]:
    """What the ten classes are called."""
    if spec.image_set != "fashion_mnist":
        return [str(number) for number in range(N_CLASSES)]
    return [page.labels[f"fashion_class_{number}"] for number in range(N_CLASSES)]


def short_names(names: list[str]) -> list[str]:
    """The classes' names where they fit above a cell, else their numbers."""
    return names if max(map(len, names)) < 4 else [str(number) for number in range(N_CLASSES)]


def percent(p: float) -> str:
    """A probability that is never rounded to certainty."""
    if p > 0.9995:
        return "> 99.9%"
    return f"{p:.1%}" if p >= 0.0005 else "< 0.1%"


def to_uint8(values: np.ndarray) -> np.ndarray:
    """0 to the largest as 0…255."""
    return np.round(values / max(float(values.max()), 1e-12) * 255).astype(np.uint8)


def to_int8(values: np.ndarray) -> np.ndarray:
    """−127…127, the largest in size being 127."""
    return np.round(values / max(float(np.abs(values).max()), 1e-12) * 127).astype(np.int8)
