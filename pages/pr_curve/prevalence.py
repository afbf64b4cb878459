"""The same classifier where positives are rare: the ROC curve stays, the PR curve falls."""

from pages.pr_curve import trained
from ui.components.scores import FROM_NORMALS, score_lab
from ui.page import Page


def show(page: Page) -> None:
    page.text("pr_prevalence")
    page.quiz("pr_rare")
    names = (page.labels["scorelab_negatives"], page.labels["scorelab_positives"])
    bells = page.asked("bells")
    tools = ("prevalence", "apart")
    score_lab(f"{page.slug}.bells", FROM_NORMALS, page.labels, names, tools, initial=bells, address="bells")
    page.text("pr_prevalence_trained")
    trained.show(page, ("prevalence", "band"))
    page.note("pr_prevalence_notice", "what_to_notice")
    page.note("pr_prevalence_wrong", "where_it_goes_wrong")
    page.quiz("pr_auc")
