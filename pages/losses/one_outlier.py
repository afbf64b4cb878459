"""One outlier among nine numbers: the constants that four losses choose, moving in the browser."""

from ui.components.losses import outlier
from ui.page import Page


def show(page: Page) -> None:
    page.text("one_outlier")
    page.quiz("outlier_median")
    outlier(f"{page.slug}.outlier", page.asked("outlier"), page.labels)
    page.note("outlier_notice", "what_to_notice")
    page.note("outlier_wrong", "where_it_goes_wrong")
    page.quiz("outlier_quantile")
