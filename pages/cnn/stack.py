"""A stack of layers in numbers: sizes, parameters, multiply-adds, receptive field; what a shift does to it."""

import streamlit as st

from dlcore.data.images import read_digit_samples
from ui.components import layer_stack
from ui.components.convolution import LONGEST_ADDRESS, shift_lab
from ui.components.layer_stack import stack_table
from ui.page import Page


def show(page: Page) -> None:
    page.text("stack")
    page.quiz("stack_sizes")
    stack_table(f"{page.slug}.stack", asked(page, "stack", layer_stack.LONGEST_ADDRESS), page.labels)
    page.note("stack_notice", "what_to_notice")
    page.note("stack_wrong", "where_it_goes_wrong")
    page.quiz("stack_parameters")
    page.text("shift")
    page.quiz("shift_pool")
    digits = {f"digit{number}": digit[..., None] for number, digit in enumerate(read_digit_samples())}
    shift_lab(f"{page.slug}.shift", asked(page, "shift", LONGEST_ADDRESS), digits, page.labels)
    page.note("shift_notice", "what_to_notice")
    page.note("shift_wrong", "where_it_goes_wrong")


def asked(page: Page, name: str, longest: int) -> str | None:
    """What the address bar says of a widget; the browser's own word there stays."""
    said = st.query_params.get(name)
    if said:
        page.query[name] = said[:longest]
    return said
