"""Sign-in against a real provider: who is on the list comes in and gets the page asked for, others are told why not."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server, free_port, serve, wait_until
from ui.text import read_labels

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LABELS = read_labels("en")
SECRETS = """
[auth]
redirect_uri = "{server}/oauth2callback"
cookie_secret = "a secret for this test alone"
client_id = "explainer"
client_secret = "no secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
CLAIMS = '{{"sub": "{name}", "email": "{name}@{domain}", "email_verified": true}}'


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """An OpenID Connect provider with two people."""
    port = free_port()
    people = [
        CLAIMS.format(name=name, domain=domain) for name, domain in (("ada", "uni.example"), ("eve", "else.example"))
    ]
    options = [word for person in people for word in ("--user-claims", person)]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _answers(address), "the provider")
        yield address
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def guarded(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for one domain."""
    folder, port = tmp_path_factory.mktemp("guarded"), free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(server=f"http://127.0.0.1:{port}", provider=provider), encoding="utf-8")
    with serve(
        folder, port, "--secrets.files", str(secrets), DLCORE_SIGN_IN="@uni.example", DLCORE_WORKERS="1"
    ) as server:
        yield server


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=LABELS["sign_in"]).click()
    page.get_by_role("button", name=name, exact=True).click()


def test_the_page_asked_for_opens_after_signing_in(guarded: Server, stranger: Page) -> None:
    sign_in(stranger, f"{guarded.url}/losses?tab=descent&lang=en", "ada")
    stranger.get_by_role("heading", name=LABELS["page_losses"], exact=True).wait_for()
    wait_until(lambda: "tab=descent" in stranger.url, "the tab that was asked for")
    stranger.get_by_role("button", name=LABELS["sign_out"]).click()
    stranger.wait_for_url("**/oauth2/end_session**")  # the provider's own farewell
    stranger.goto(guarded.url)
    stranger.get_by_text(LABELS["sign_in_needed"]).wait_for()
    assert "already registered" not in guarded.log()  # one script would take the other's place


def test_before_signing_in_nothing_of_a_page_is_shown(guarded: Server, stranger: Page) -> None:
    stranger.goto(f"{guarded.url}/losses?lang=en")
    stranger.get_by_text(LABELS["sign_in_needed"]).wait_for()
    assert stranger.locator("h1").count() == 0
    assert stranger.get_by_test_id("stPageLink").count() == 0


def test_who_is_not_on_the_list_is_told(guarded: Server, stranger: Page) -> None:
    sign_in(stranger, f"{guarded.url}/?lang=en", "eve")
    stranger.get_by_text("eve@else.example is not on this server's list").wait_for()
    assert stranger.locator("h1").count() == 0


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False
