"""Every page and tab in both languages, light and dark, wide and narrow: no fault, nothing wider than the screen."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open, wait_until
from ui.course import HOME, built_pages
from ui.text import read_labels

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDRESSES = ["/"]
for course_page in built_pages():
    ADDRESSES += [f"/{course_page.slug}?tab={tab}" for tab in course_page.tabs] or [f"/{course_page.slug}"]
ADDRESSES.remove(f"/{HOME}")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("lang", "scheme", "width"), [("en", "light", 1280), ("zh", "dark", 390)])
def test_page(visit: Open, address: str, lang: str, scheme: str, width: int) -> None:
    page = visit(f"{address}{'&' if '?' in address else '?'}lang={lang}", width=width, scheme=scheme)
    wait_until(lambda: page.locator("[data-testid=stStatusWidget]").count() == 0, "the end of the script")
    assert page.locator("[data-testid=stException]").count() == 0
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    title = page.locator("h1").first.inner_text()
    assert title in read_labels(lang).values()


def test_the_language_survives_a_change_of_page(visit: Open) -> None:
    page = visit("/")
    page.get_by_text("简体中文").click()
    page.get_by_role("heading", name=read_labels("zh")["page_home"]).wait_for()
    page.get_by_role("link", name=read_labels("zh")["page_concepts"]).first.click()
    page.get_by_role("heading", name=read_labels("zh")["page_concepts"], exact=True).wait_for()
    assert "lang=zh" in page.url


def test_a_browser_in_chinese_is_answered_in_chinese(visit: Open) -> None:
    page = visit("/concepts", locale="zh-CN")
    page.get_by_role("heading", name=read_labels("zh")["page_concepts"], exact=True).wait_for()


def test_every_built_page_is_in_the_sidebar(visit: Open) -> None:
    page = visit("/")
    sidebar = page.locator("[data-testid=stSidebar]")
    for course_page in built_pages():
        sidebar.get_by_role("link", name=read_labels("en")[course_page.label_key]).wait_for()
