"""A stack of layers in numbers: sizes, parameters, multiply-adds, receptive field; what a shift does to it."""

from dlcore.data.images import read_digit_samples
from ui.components.convolution import shift_lab
from ui.components.layer_stack import stack_table
from ui.page import Page


def show(page: Page) -> None:
    page.text("stack")
    page.quiz("stack_sizes")
    stack_table(f"{page.slug}.stack", page.asked("stack"), page.labels)
    page.note("stack_notice", "what_to_notice")
    page.note("stack_wrong", "where_it_goes_wrong")
    page.quiz("stack_parameters")
    page.text("shift")
    page.quiz("shift_pool")
    digits = {f"digit{number}": digit[..., None] for number, digit in enumerate(read_digit_samples())}
    shift_lab(f"{page.slug}.shift", page.asked("shift"), digits, page.labels)
    page.note("shift_notice", "what_to_notice")
    page.note("shift_wrong", "where_it_goes_wrong")
