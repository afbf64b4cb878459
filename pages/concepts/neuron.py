"""One neuron: four inputs, four weights, one bias, any activation; moves in the browser alone."""

from ui.components.neuron import neuron
from ui.page import Page


def show(page: Page) -> None:
    page.text("neuron")
    page.quiz("neuron_bias")
    neuron(f"{page.slug}.neuron", page.asked("neuron"), page.labels)
    page.note("neuron_notice", "what_to_notice")
    page.note("neuron_wrong", "where_it_goes_wrong")
    page.quiz("neuron_stack_linear")
