"""Linear regression: closed form and descent, scaling, outliers, polynomials, three well-known tables, an own table."""

from pages.linear_regression import own, polynomial, robust, scaling, three_tables, two_ways
from ui.page import open_page

TABS = {
    "two_ways": two_ways,
    "feature_scaling": scaling,
    "robust": robust,
    "polynomial": polynomial,
    "three_tables": three_tables,
    "own_table": own,
}

page = open_page("linear_regression")
page.part("tab", TABS[page.tabs()].show)
page.close()
