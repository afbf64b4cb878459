"""The fourth difference: reading a model. A tree's rules and linear weights beside three maps of a CNN."""

import streamlit as st

from dlcore.frames import unpack
from dlcore.run import Run
from dlcore.specs import LookInsideSpec
from pages.ml_vs_dl.rules import Tree, rules
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "inside", "i."
MAPS = ("linear", "tree", "saliency", "gradient_input", "occlusion")
CHECKED = ("saliency", "gradient_input", "occlusion", "random")
DIGITS = tuple(map(str, range(10)))
PATIENCE = 0.5  # seconds that the page waits for the first frame, which holds the tree
SHARES = ("0", "10", "20", "30", "40", "50")  # % of the pixels


def show(page: Page) -> None:
    page.text("ml_inside")
    page.quiz("ml_inside_black")
    spec = page.spec(LookInsideSpec, SCOPE, PREFIX)
    groups = (("sample", "explained"), ("occluded", "tree_depth"), ("n_steps", "seed"))
    page.field_columns(spec, SCOPE, groups)
    run = page.play(spec, panels(page), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    show_rules(page, run)
    page.take_home(spec, run, SCOPE)
    page.note("ml_inside_notice", "what_to_notice")
    page.note("ml_inside_wrong", "where_it_goes_wrong")
    page.quiz("ml_inside_untrained")


def panels(page: Page) -> list[dict]:
    """The images in a row; below each what speaks for its answer, a row for each way to ask."""
    label = page.labels
    accuracies = [stage.series(f"accuracy_{kind}", label[f"ml_inside_{kind}"]) for kind in ("linear", "cnn")]
    deleted = [stage.series(f"deleted_{name}", label[f"ml_map_{name}"]) for name in CHECKED]
    return [
        stage.tiles(label["ml_images"], "images", alt=label["ml_images_alt"], columns=10, names=DIGITS),
        *(row(page, name) for name in MAPS),
        stage.lines(
            label["test_accuracy"],
            accuracies,
            alt=label["test_accuracy"],
            rules=[stage.rule("accuracy_tree", label["ml_inside_tree"])],
            domain=(0.0, 1.0),
            width=0.5,
        ),
        stage.profile(
            label["ml_deleted"],
            deleted,
            label["ml_deleted_share"],
            alt=label["ml_deleted_alt"],
            domain=(0.0, 1.0),
            ticks=SHARES,
            help=label["ml_deleted_help"],
            width=0.5,
        ),
        stage.tiles(
            label["ml_weights"],
            "weights",
            alt=label["ml_weights_alt"],
            columns=10,
            names=DIGITS,
            caption="{name}",
            help=label["ml_weights_help"],
        ),
    ]


def row(page: Page, name: str) -> dict:
    """One explanation of all images, with the answer of the model that it explains."""
    title = page.labels[f"ml_map_{name}"]
    model = name if name in ("linear", "tree") else "cnn"
    return stage.tiles(
        title,
        f"map_{name}",
        alt=f"{title}. {page.labels['ml_maps_alt']}",
        columns=10,
        names=DIGITS,
        caption=page.labels["ml_said"],
        values={"said": f"said_{model}"},
        help=page.labels[f"ml_map_{name}_help"],
    )


def show_rules(page: Page, run: Run) -> None:
    """The tree as nested rules, the way of the image of a chosen digit in bold."""
    run.wait_for_frames(0, PATIENCE)
    frames = run.frames_since(0)
    if not frames:
        return
    arrays = unpack(frames[0].blob).arrays
    tree = Tree(*(arrays[f"tree_{name}"] for name in Tree._fields))
    with st.expander(page.labels.format("ml_rules", n=int((tree.left < 0).sum())), icon=":material/account_tree:"):
        key, _ = page.keep("rules.digit", "digit", 0, range(10))
        digit = st.segmented_control(page.labels["ml_rules_digit"], range(10), key=key, required=True, wrap=True)
        st.markdown("\n".join(rules(tree, arrays["images"][digit].reshape(-1) / 255, page.labels)))
