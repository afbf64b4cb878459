"""A course site of another origin that shows a page in a frame: only where the server's owner allows it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, free_port, serve, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDRESS = "/concepts?tab=playground&dataset=moons&hidden_sizes=3&n_steps=60&seed=9&embed=true&hide=tabs"


class CourseSite(BaseHTTPRequestHandler):
    """A page with a frame of the address that stands after its question mark."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        address = self.path.partition("?")[2]
        self.wfile.write(f"<h1>Course</h1><iframe width=1100 height=800 src='{address}'></iframe>".encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def course() -> Iterator[str]:
    """The origin of a course site: `localhost` is another site than `127.0.0.1`, cookies included."""
    with ThreadingHTTPServer(("127.0.0.1", 0), CourseSite) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}"
        site.shutdown()


def open_course(browser: Browser, course: str, server: Server) -> tuple[Page, list[str]]:
    """The course's page, and what its browser complains of."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{course}/?{server.url}{ADDRESS}")
    return page, said


def test_a_course_site_that_is_named_shows_the_page_without_its_frame(
    browser: Browser, course: str, tmp_path: Path
) -> None:
    with serve(tmp_path, free_port(), DLCORE_EMBED_IN=course) as server:
        page, said = open_course(browser, course, server)
        inside = page.frame_locator("iframe")
        expect(inside.locator("h1").first).to_be_visible()
        for chrome in ("stSidebar", "stToolbar"):
            expect(inside.get_by_test_id(chrome)).to_have_count(0)
        expect(inside.get_by_test_id("stHeader")).to_have_text("")
        inside.locator(".stage").first.get_by_role("button", name="Start", exact=True).click()
        expect(inside.locator(".stage .state").first).to_contain_text("60")
        server.wait_for_log("training finished")
        assert not [text for text in said if "Content Security Policy" in text]
        page.close()


def test_a_course_site_that_is_not_named_shows_nothing(browser: Browser, course: str, server: Server) -> None:
    page, said = open_course(browser, course, server)
    wait_until(lambda: any("frame-ancestors" in text for text in said), "a refusal by the browser")
    page.close()
