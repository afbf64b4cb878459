"""PR curve: a threshold on scores, average precision, prevalence, several classes, an honest choice, own scores."""

from pages.pr_curve import average, choice, classes, own, played, prevalence, threshold
from ui.page import open_page

TABS = {
    "pr_threshold": threshold,
    "pr_average": average,
    "pr_prevalence": prevalence,
    "pr_choice": choice,
    "pr_classes": classes,
    "pr_own": own,
    "pr_played": played,
}

page = open_page("pr_curve")
page.part("tab", TABS[page.tabs()].show)
page.close()
