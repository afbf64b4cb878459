"""The course as one list: groups, pages and their order; a page is listed once its file exists."""

from __future__ import annotations

from dataclasses import dataclass

from ui.text import ROOT

GROUPS = {
    "basics": ("concepts", "ml_vs_dl"),
    "learning": ("activations", "losses", "backprop", "linear_regression"),
    "networks": ("cnn", "rnn", "gan", "other_models"),
    "judging": ("pr_curve", "evidence"),
}
TABS = {
    "evidence": ("claims", "published"),
    "backprop": ("walk", "predict", "stop", "bug"),
    "linear_regression": ("two_ways", "feature_scaling", "robust", "polynomial", "three_tables", "own_table"),
    "losses": ("loss_curves", "one_outlier", "pairing", "descent"),
    "concepts": ("idea", "neuron", "perceptron", "playground", "families"),
    "cnn": ("explorer", "stack", "train", "why"),
    "ml_vs_dl": ("ml_features", "ml_data", "ml_cost", "ml_inside", "ml_tasks", "ml_paper"),
    "rnn": ("cell", "memory", "bptt", "settings", "forecast", "characters", "tags", "sound"),
    "gan": ("lab", "duel", "images", "few_labels"),
    "pr_curve": (
        "pr_threshold",
        "pr_average",
        "pr_prevalence",
        "pr_choice",
        "pr_classes",
        "pr_own",
        "pr_played",
    ),
    "other_models": ("autoencoder", "vae", "rbm", "dbn", "ntm", "rntn", "mlp", "universal", "small_codes"),
    "activations": ("functions", "depth", "dead", "prelu", "race", "cost"),
}
HOME = "Home"


@dataclass(frozen=True)
class CoursePage:
    """One page: its slug is its file's name and its address."""

    slug: str
    group: str

    @property
    def path(self) -> str:
        return "Home.py" if self.slug == HOME else f"pages/{self.slug}.py"

    @property
    def tabs(self) -> tuple[str, ...]:
        return TABS.get(self.slug, ())

    @property
    def label_key(self) -> str:
        return f"page_{self.slug.lower()}"

    @property
    def is_built(self) -> bool:
        return (ROOT / self.path).exists()


PAGES = (CoursePage(HOME, ""), *(CoursePage(slug, group) for group, slugs in GROUPS.items() for slug in slugs))


def find_page(slug: str) -> CoursePage:
    return next(page for page in PAGES if page.slug == slug)


def built_pages() -> tuple[CoursePage, ...]:
    return tuple(page for page in PAGES if page.is_built)


def neighbours(slug: str) -> tuple[CoursePage | None, CoursePage | None]:
    """The pages before and after this one."""
    pages = built_pages()
    here = pages.index(find_page(slug))
    return (pages[here - 1] if here else None, pages[here + 1] if here + 1 < len(pages) else None)
