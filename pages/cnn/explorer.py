"""Convolution explorer: a window slides over a picture; every product and the sum can be read, in the browser alone."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlcore.data.images import PHOTOS, read_digit_samples, read_photo
from dlcore.data.pictures import read_picture
from dlcore.errors import DataError
from ui.components.convolution import explorer
from ui.components.draw import draw
from ui.page import Page

UPLOAD = "cnn.explorer:upload"
TINY = 3  # the digit that is shown with so few pixels that all can be read
UPLOAD_SIDE = 64  # pixels; larger ones could not be told apart on the screen


def show(page: Page) -> None:
    page.text("idea")
    page.text("explorer")
    page.quiz("explorer_sum")
    place = st.container()
    own = own_pictures(page)
    with place:
        explorer(f"{page.slug}.explorer", page.asked("explorer"), {**given_pictures(), **own}, page.labels)
    sources = {name: photo.source for name, photo in PHOTOS.items()}
    st.caption(page.labels.format("picture_sources", **sources))
    page.note("explorer_notice", "what_to_notice")
    page.note("explorer_wrong", "where_it_goes_wrong")
    page.quiz("explorer_channels")
    page.quiz("explorer_pool")


def given_pictures() -> dict[str, np.ndarray]:
    """The pictures that are always there, uint8 (H, W, channels)."""
    digits = read_digit_samples()[..., None]
    tiny = digits[TINY].reshape(7, 4, 7, 4, 1).mean(axis=(1, 3)).round().astype(np.uint8)
    numbered = {f"digit{number}": digit for number, digit in enumerate(digits)}
    return {"tiny": tiny, **numbered, **{name: read_photo(name) for name in PHOTOS}}


def own_pictures(page: Page) -> Mapping[str, np.ndarray]:
    """What the reader has drawn or uploaded; a bad upload is said and leaves the one before."""
    with st.expander(page.labels["own_picture"], icon=":material/draw:"):
        left, right = st.columns(2, gap="large")
        with left:
            drawing = draw(f"{page.slug}.explorer.draw", page.labels)
        with right:
            take_upload(page)
    own = {"upload": st.session_state[UPLOAD]} if UPLOAD in st.session_state else {}
    if drawing is not None:
        own["drawing"] = drawing.reshape(28, 4, 28, 4, 1).mean(axis=(1, 3)).round().astype(np.uint8)
    return own


def take_upload(page: Page) -> None:
    file = st.file_uploader(page.labels["upload_picture"], ["png", "jpg", "jpeg", "webp"], key="cnn.explorer.file")
    if file is None:
        return
    try:
        picture = read_picture(file.getvalue(), UPLOAD_SIDE)
    except DataError as error:
        st.error(page.labels.sentence(error), icon=":material/error:")
        return
    is_grey = (picture == picture[..., :1]).all()
    st.session_state[UPLOAD] = picture[..., :1] if is_grey else picture
