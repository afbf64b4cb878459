"""Every page and tab in both languages, light and dark, wide and narrow: no fault, nothing wider than the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, wait_for, wait_for_script, wait_until_it_fits
from ui.course import HOME, CoursePage, built_pages
from ui.text import read_labels

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("course_page", built_pages(), ids=lambda course_page: course_page.slug)
@pytest.mark.parametrize(("lang", "scheme", "width"), [("en", "light", 1280), ("zh", "dark", 390)])
def test_page(visit: Open, course_page: CoursePage, lang: str, scheme: str, width: int) -> None:
    address = "" if course_page.slug == HOME else course_page.slug
    page = visit(f"/{address}?lang={lang}", width=width, scheme=scheme)
    assert page.locator("h1").first.inner_text() == read_labels(lang)[course_page.label_key]
    check(page, course_page.slug)
    for tab in course_page.tabs[1:]:
        page.get_by_role("radio", name=read_labels(lang)[f"tab_{tab}"], exact=True).click()
        wait_for(page, f"new URLSearchParams(location.search).get('tab') === '{tab}'")
        check(page, tab)


def check(page: Page, name: str) -> None:
    """Nothing went wrong, and nothing reaches over the edge, once everything has come."""
    wait_for_script(page)
    wait_until_it_fits(page)
    assert page.locator("[data-testid=stException]").count() == 0, name


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
