"""The page CNN as a reader meets it: pictures that answer without the server, own pictures, links that come back."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from dlcore.data.images import read_digit_samples, read_photo
from dlcore.functions.convolution import avg_pool2d, conv2d
from dlcore.functions.layer_arithmetic import describe_stack, parse_stack
from tests.browser.conftest import Open, wait_for
from tests.browser.test_losses import count_messages

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDE = ["conv 64 11 s4 p2", "relu", "maxpool 3 s2", "conv 192 5 p2", "relu", "maxpool 3 s2", "conv 256 3 p1", "relu"]
WIDE += ["maxpool 3 s2", "flatten", "linear 4096", "linear 1000"]
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def read_value(root: Locator, place: str) -> float:
    """The value that is shown, once the place is."""
    expect(root).to_have_attribute("data-place", place)
    return float(root.get_attribute("data-value") or "nan")


def press(canvas: Locator, row: int, column: int, height: int, width: int) -> None:
    """Click the middle of a pixel."""
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    at = {"x": (column + 0.5) / width * box["width"], "y": (row + 0.5) / height * box["height"]}
    canvas.click(position=at)


def test_the_chosen_output_pixel_is_opened_without_the_server(visit: Open) -> None:
    page = visit("/cnn?tab=explorer")
    root, output = page.locator(".convolution"), page.locator(".outputs canvas").first
    wanted = conv2d(read_digit_samples()[3:4] / 255, SOBEL[None, None])[0]
    assert read_value(root, "8,12") == pytest.approx(wanted[8, 12], abs=1e-12)
    count_messages(page)
    press(output, 20, 17, 26, 26)
    assert read_value(root, "20,17") == pytest.approx(wanted[20, 17], abs=1e-12)
    output.press("ArrowRight")
    output.press("ArrowUp")
    assert read_value(root, "19,18") == pytest.approx(wanted[19, 18], abs=1e-12)
    expect(root.locator(".numbers[aria-live]")).to_contain_text("row 20, column 19")
    page.get_by_role("button", name="Let the window slide").click()
    expect(root).not_to_have_attribute("data-place", "19,18")
    page.get_by_role("button", name="Halt").click()
    output.press("ArrowLeft")
    place = root.get_attribute("data-place") or ""
    assert read_value(root, place) == pytest.approx(wanted[tuple(map(int, place.split(",")))], abs=1e-12)
    press(output, 19, 18, 26, 26)
    weight = page.get_by_label("Weight in row 2, column 2, channel 1")
    weight.fill("−3,5")
    changed = SOBEL + np.array([[0, 0, 0], [0, -3.5, 0], [0, 0, 0]])
    again = conv2d(read_digit_samples()[3:4] / 255, changed[None, None])[0]
    assert read_value(root, "19,18") == pytest.approx(again[19, 18], abs=1e-12)
    expect(weight).to_be_focused()
    wait_for(page, "location.search.includes('w-1_0_1_-2_-3.5_2')")
    assert page.evaluate("window.sent") == 0


def test_a_link_opens_channels_filters_and_preprocessing(visit: Open) -> None:
    page = visit("/cnn?tab=explorer&explorer=temple,rgb,conv,mean,3,2,1,2,1,10,20,blur~sobel_x")
    root = page.locator(".convolution")
    x = read_photo("temple").transpose(2, 0, 1) / 255
    x = x - x.mean(axis=(1, 2), keepdims=True)
    wanted = conv2d(x, np.tile(SOBEL, (1, 3, 1, 1)), None, 2, 1, 2)[0]
    assert read_value(root, "10,20") == pytest.approx(wanted[10, 20], abs=1e-12)
    assert root.get_attribute("data-shape") == f"2,{wanted.shape[0]},{wanted.shape[1]}"
    expect(root.locator(".factors")).to_have_count(3)
    page.get_by_label("Operation").select_option("avg")
    pooled = avg_pool2d(x, 2)
    assert read_value(root, "10,20") == pytest.approx(pooled[1, 10, 20], abs=1e-12)
    expect(page.get_by_text("Parameters: none")).to_be_visible()


def test_what_cannot_be_is_refused_and_what_a_link_asks_is_corrected(visit: Open) -> None:
    page = visit("/cnn?tab=explorer&explorer=tiny,rgb,conv,none,99,1,0,3,0,0,0,w1_2")
    root = page.locator(".convolution")
    expect(root.get_by_text("Something in the link is not possible here")).to_be_visible()
    expect(root.get_by_text("3·(7 − 1) + 1 = 19 pixels, but the side has only 7 + 2·0 = 7")).to_be_visible()
    expect(page.locator(".outputs")).to_be_hidden()
    page.get_by_label("Operation").select_option("max")
    root.locator("input[data-name=padding]").evaluate(
        "input => { input.value = 2; input.dispatchEvent(new Event('input')) }"
    )
    expect(root.get_by_text("⌊2/2⌋ = 1, not 2")).to_be_visible()


def test_own_pictures_arrive_and_a_bad_one_is_said(visit: Open) -> None:
    page = visit("/cnn?tab=explorer")
    root = page.locator(".convolution")
    page.get_by_text("Your own picture").click()
    files = page.locator("input[type=file]")
    picture = np.random.default_rng(0).integers(0, 256, (20, 30, 3)).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    files.set_input_files({"name": "own.png", "mimeType": "image/png", "buffer": file.getvalue()})
    expect(root).to_have_attribute("data-shape", "1,18,28")
    wanted = conv2d(picture.transpose(2, 0, 1) / 255, np.tile(SOBEL, (1, 3, 1, 1)))[0]
    assert read_value(root, "8,12") == pytest.approx(wanted[8, 12], abs=1e-12)
    files.set_input_files({"name": "own.png", "mimeType": "image/png", "buffer": b"not a picture"})
    expect(page.get_by_text("not a picture in one of the three formats")).to_be_visible()
    expect(root).to_have_attribute("data-shape", "1,18,28")
    page.get_by_label("Put a handwritten 7 on the sheet").click()
    expect(root).to_have_attribute("data-shape", "1,26,26")
    expect(page.get_by_label("Picture", exact=True)).to_have_value("drawing")
    sheet = page.locator(".draw > canvas")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_label("Picture", exact=True)).to_have_value("digit3")
    draw_stroke(page, sheet)
    expect(page.get_by_label("Picture", exact=True)).to_have_value("drawing")


def draw_stroke(page: Page, sheet: Locator) -> None:
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 200, steps=5)
    page.mouse.up()


def test_settings_survive_the_way_to_another_tab(visit: Open) -> None:
    page = visit("/cnn?tab=explorer")
    page.get_by_label("Picture", exact=True).select_option("flower")
    wait_for(page, "location.search.includes('flower')")
    page.get_by_text("A stack of layers").click()
    page.get_by_text("Every layer turns a block").wait_for()
    page.get_by_text("Convolution explorer").click()
    page.get_by_text("Every layer turns a block").wait_for(state="detached")
    pictures = page.get_by_label("Picture", exact=True).filter(has=page.locator("option[value=flower]"))
    expect(pictures).to_have_value("flower")


def test_the_table_of_layers_computes_while_it_is_typed(visit: Open) -> None:
    page = visit("/cnn?tab=stack")
    root = page.locator(".stack")
    root.wait_for()
    count_messages(page)
    page.get_by_role("button", name="wide strides").click()
    page.get_by_label("Layer 1, for example").fill("conv 32 7 s2 p3")
    rows = ["conv 32 7 s2 p3", *WIDE[1:]]
    reports = describe_stack(parse_stack("-".join(rows)), (3, 224, 224))
    wanted = [[list(one.shape), one.n_parameters, one.n_multiply_adds, one.receptive_field] for one in reports]
    assert json.loads(root.get_attribute("data-reports") or "") == wanted
    page.get_by_role("button", name="Remove layer 10").click()
    expect(root.get_by_text("Layer 10, linear 4096: a linear layer needs one row of numbers")).to_be_visible()
    page.get_by_role("button", name="+ flatten").click()
    expect(root.locator(".note[role=status]:visible")).to_have_count(0)
    assert json.loads(root.get_attribute("data-reports") or "") == wanted
    wait_for(page, "location.search.includes('224,3,')")
    assert page.evaluate("window.sent") == 0


def test_a_moved_digit_moves_its_map_and_not_always_the_pooled_one(visit: Open) -> None:
    page = visit("/cnn?tab=stack&shift=digit5,1,0,edges,max,2")
    root = page.locator(".convolution")
    expect(root.get_by_text("is not a whole number of strides of 2")).to_be_visible()
    errors = json.loads(root.get_attribute("data-errors") or "")
    assert errors["map"] == 0
    assert errors["pooled"] > 0.1
    count_messages(page)
    root.locator("input[data-name=right]").press("ArrowRight")
    expect(root.get_by_text("is a whole number of strides of 2")).to_be_visible()
    assert json.loads(root.get_attribute("data-errors") or "") == {"map": 0, "pooled": 0}
    wait_for(page, "location.search.includes('digit5,2,0')")
    assert page.evaluate("window.sent") == 0
