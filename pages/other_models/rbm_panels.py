"""What the stage shows of RBMs, stacks of them and the classifiers built on them."""

from __future__ import annotations

from typing import Any

from ui.components import stage
from ui.page import Page

FILM_COLUMNS = 10  # the steps of `dlcore.experiments.belief_net.FILM`


def lines(
    page: Page, title: str, series: list[dict], width: float, rule: tuple[str, str] = ("", ""), **look: Any
) -> dict:
    """Curves under the title that describes them; `rule` is a scalar and its label."""
    label = page.labels
    rules = [stage.rule(rule[0], label[rule[1]])] if rule[0] else []
    return stage.lines(label[title], series, alt=label[title], rules=rules, width=width, **look)


def filters(page: Page, title: str, columns: int, width: float) -> dict:
    """The weights of hidden units as pictures."""
    label = page.labels
    look = {"columns": columns, "largest": "filter_largest", "help": label["rbm_filters_help"], "width": width}
    return stage.tiles(label[title], "filters", alt=label["rbm_filters_alt"], **look)


def error(page: Page, title: str, width: float, **look: Any) -> dict:
    """The reconstruction error of several seeds."""
    return lines(page, title, [stage.banded("reconstruction", page.labels[title])], width, **look)


def tiny_panels(page: Page) -> list[dict]:
    label = page.labels
    likely = stage.tiles(
        label["rbm_likely"],
        "likely",
        alt=label["rbm_likely_alt"],
        columns=8,
        caption=label["rbm_likely_caption"],
        values={"p": "likely_p"},
        flag="likely_known",
        help=label["rbm_likely_help"],
        width=0.6,
    )
    angles = [stage.series(f"angle_{k}", f"CD-{k}") for k in (1, 5, 25)]
    return [
        lines(
            page, "rbm_likelihood", [stage.banded("likelihood", label["rbm_likelihood"])], 0.34, ("best", "rbm_best")
        ),
        error(page, "rbm_reconstruction", 0.33, log=True, floor=1e-9),
        lines(page, "rbm_angles", angles, 0.33, ("right_angle", "rbm_right_angle"), domain=(0.0, 182.0)),
        likely,
        filters(page, "rbm_filters", 5, 0.4),
    ]


def digit_panels(page: Page) -> list[dict]:
    """An RBM on digits."""
    return [
        fantasies(page, "rbm_fantasies"),
        filters(page, "rbm_filters", 12, 0.6),
        *digit_curves(page, "rbm_reconstruction", "rbm_gaps", "rbm_gap_mixed", 0.5),
    ]


def stack_panels(page: Page) -> list[dict]:
    """A stack of them."""
    layer = [stage.series("layer", page.labels["dbn_layer"])]
    return [
        fantasies(page, "dbn_made"),
        filters(page, "dbn_filters", 12, 0.6),
        *digit_curves(page, "dbn_errors", "dbn_gaps", "dbn_gap_mixed", 0.37),
        lines(page, "dbn_layer", layer, 0.25, domain=(0.9, 3.1)),
    ]


def fantasies(page: Page, title: str) -> dict:
    label = page.labels
    about = label[f"{title}_help"]
    return stage.tiles(label[title], "fantasies", alt=label["rbm_fantasies_alt"], columns=5, help=about, width=0.4)


def digit_curves(page: Page, error: str, gaps: str, mixed: str, width: float) -> list[dict]:
    """Reconstruction error of old and new digits; free energies above that of the old ones."""
    label = page.labels
    splits = [stage.series(f"reconstruction_{name}", label[f"rbm_{name}"]) for name in ("train", "test")]
    above = [stage.series("gap_test", label["rbm_test"]), stage.series("gap_mixed", label[mixed])]
    return [lines(page, error, splits, width), lines(page, gaps, above, width, ("zero", "rbm_train"))]


def film_panel(page: Page) -> dict:
    label = page.labels
    look = {"columns": FILM_COLUMNS, "keep_rows": True, "help": label["rbm_film_help"]}
    return stage.tiles(label["rbm_film"], "film", alt=label["rbm_film_alt"], **look)


def feature_panels(page: Page) -> list[dict]:
    label = page.labels
    arms = [stage.banded(f"accuracy_{name}", label[f"rbm_arm_{name}"]) for name in ("pixels", "learned", "random")]
    gains = [stage.banded(f"gain_{name}", label[f"rbm_over_{name}"]) for name in ("pixels", "random")]
    return [
        lines(page, "rbm_accuracy", arms, 0.4, domain=(0.0, 1.02)),
        lines(page, "rbm_gain", gains, 0.3, ("nothing", "dbn_nothing")),
        error(page, "rbm_reconstruction", 0.3),
        filters(page, "rbm_filters", 16, 1.0),
    ]


def pretraining_panels(page: Page) -> list[dict]:
    label = page.labels
    arms = [stage.banded(f"accuracy_{name}", label[f"dbn_{name}"]) for name in ("pretrained", "random", "relu")]
    gains = [stage.banded(f"gain_{name}", label[f"dbn_over_{name}"]) for name in ("random", "relu")]
    return [
        lines(page, "rbm_accuracy", arms, 0.4, domain=(0.0, 1.02)),
        lines(page, "dbn_gain", gains, 0.3, ("nothing", "dbn_nothing")),
        error(page, "dbn_errors", 0.3),
        filters(page, "dbn_first_layer", 12, 1.0),
    ]
