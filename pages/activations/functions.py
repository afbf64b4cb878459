"""All activations: f, f′ and a probe, which move in the browser alone."""

from ui.components.activation_probe import activation_probe
from ui.page import Page


def show(page: Page) -> None:
    page.text("idea")
    page.quiz("functions_chain")
    activation_probe(f"{page.slug}.probe", page.asked("probe"), page.labels)
    page.note("functions_notice", "what_to_notice")
    page.note("functions_wrong", "where_it_goes_wrong")
    page.quiz("functions_centred")
    page.quiz("functions_gelu")
