"""deploy/nginx.conf for real: Debian's nginx, TLS, two replicas of the server, students behind it."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import os
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from websockets.asyncio.client import connect

from tests.deploy.find import require_nginx
from tests.deploy.http2 import SlowBrowser
from tests.deploy.site import Site, start_site
from tests.load.client import Student
from tests.load.students import SCOPE, start
from tests.load.test_client import run
from ui.server import security_headers

pytestmark = pytest.mark.xdist_group("nginx")
SEATS = [f"dlcore_seat={number:032x}" for number in range(20)]
HEALTH = "/_stcore/health"
SPEC = "tab=playground&n_steps=60&hidden_sizes=3&seed=11"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with start_site(folder, require_nginx(), os.getuid() == 0, DLCORE_EXECUTOR="inline") as running:
        yield running


def n_connected(site: Site, replica: int) -> int:
    """How many sessions this replica has been asked for, as its own metrics say to this machine."""
    address = f"http://127.0.0.1:{site.replicas[replica].port}/_stcore/metrics?families=session_events"
    with urllib.request.urlopen(address, timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    counts = [line for line in lines if line.startswith('session_events_total{type="connect"}')]
    return int(counts[0].split()[1])


async def seat_of(site: Site, cookie: str) -> int:
    """Which replica a websocket with this cookie comes to."""
    before = n_connected(site, 0)
    protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN"]
    address, origin = f"wss://127.0.0.1:{site.port}/_stcore/stream", f"https://127.0.0.1:{site.port}"
    headers = {"Cookie": cookie}
    async with connect(
        address, subprotocols=protocols, origin=origin, ssl=site.tls, additional_headers=headers, proxy=None
    ):
        return 0 if n_connected(site, 0) > before else 1


def test_plain_http_is_sent_to_https(site):
    connection = http.client.HTTPConnection("127.0.0.1", site.plain_port, timeout=30)
    connection.request("GET", "/concepts?tab=neuron")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (
        301,
        f"https://127.0.0.1:{site.port}/concepts?tab=neuron",
    )
    connection.close()


def test_a_page_comes_with_the_headers_once_each_and_a_seat(site):
    answer = site.get("/concepts")
    assert answer.status == 200
    wanted = security_headers("") | {"Strict-Transport-Security": "max-age=31536000"}
    assert {name: answer.headers.get_all(name) for name in wanted} == {name: [said] for name, said in wanted.items()}
    seats = [cookie for cookie in answer.headers.get_all("Set-Cookie") if cookie.startswith("dlcore_seat=")]
    assert len(seats) == 1
    assert "Secure" in seats[0]
    again = site.get("/concepts", Cookie=seats[0].partition(";")[0])
    assert not [cookie for cookie in again.headers.get_all("Set-Cookie") or [] if "dlcore_seat" in cookie]


def test_every_cookie_is_for_tls_alone(site):
    cookies = site.get("/_stcore/health").headers.get_all("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"dlcore_seat", "_streamlit_xsrf"}
    assert [cookie for cookie in cookies if "secure" not in cookie.lower()] == []


def first_script(site: Site) -> str:
    """The path of the first script that the page asks for."""
    connection = http.client.HTTPSConnection("127.0.0.1", site.port, context=site.tls, timeout=30)
    connection.request("GET", "/", headers={"Accept-Encoding": "identity"})
    page = connection.getresponse().read().decode()
    connection.close()
    return "/" + page.partition('src="./')[2].partition('"')[0]


def test_scripts_come_compressed(site):
    connection = http.client.HTTPSConnection("127.0.0.1", site.port, context=site.tls, timeout=30)
    connection.request("GET", first_script(site), headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    packed = answer.read()
    connection.close()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(packed) < len(gzip.decompress(packed)) / 2


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "//_stcore/metrics",
        "/_stcore/%6Detrics",
        "/x/../_stcore/metrics",
        "/concepts/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/ready",
    ],
)
def test_what_is_for_the_machine_alone_is_not_there(site, path):
    assert site.get(path).status == 404


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(site):
    assert site.get("/_stcore/upload_file/a/b", "PUT", Content_Length=str(33 * 2**20)).status == 413


def test_a_class_behind_one_address_and_a_slow_line_gets_all_that_it_asks_for(site):
    """Forty browsers with empty caches open a page in the same moment: 85 to 110 scripts, eight answers of Python."""
    opening = [*100 * [first_script(site)], "/cnn", "/favicon.png", *3 * [HEALTH], *3 * ["/_stcore/host-config"]]
    with ExitStack() as students:
        browsers = [students.enter_context(SlowBrowser(site.port, site.http2)) for _ in range(40)]
        for browser in browsers:
            browser.ask(opening)
        assert {status for browser in browsers for status in browser.statuses()} == {200}


def test_a_flood_from_one_address_is_refused_and_nobody_else(site):
    """As many requests as may wait at once, a few more when the rate allows them again, then more than it allows."""
    with ExitStack() as flood:
        held, few, many = (
            [flood.enter_context(SlowBrowser(site.port, site.http2, "127.0.0.2")) for _ in range(n)]
            for n in (10, 1, 30)
        )
        for browser in held:
            browser.ask(100 * [HEALTH])
        time.sleep(1.5)
        for browser in (*few, *many):
            browser.ask(100 * [HEALTH])
        assert site.get(HEALTH).status == 200
        assert {status for browser in held for status in browser.statuses()} == {200}
        assert {status for browser in few for status in browser.statuses()} == {429}
        assert 429 in {status for browser in many for status in browser.statuses()}
    for limit in ("limiting connections by zone", "limiting requests, excess"):
        assert limit in site.log()


def test_both_replicas_get_sessions_and_each_keeps_its_own(site):
    async def seats() -> list[int]:
        return [await seat_of(site, cookie) for cookie in SEATS]

    first = run(seats)
    assert set(first) == {0, 1}
    assert run(seats) == first


def test_when_its_replica_stops_a_student_finds_the_finished_run_at_the_other(site):
    async def lesson() -> tuple[str, str, list[str]]:
        cookie = SEATS[0]
        seat = await seat_of(site, cookie)
        leaving, staying = site.replicas[seat], site.replicas[1 - seat]
        student = Student(site.port, "concepts", SPEC, tls=site.tls, cookie=cookie)
        async with student:
            tape = student.tapes[SCOPE]
            await tape.until(lambda tape: bool(tape.frames), 60)
            start(student)
            assert await tape.until(lambda tape: tape.ended, 60)
            before = tape.digest
            await asyncio.to_thread(leaving.stop)
            await student.disconnect()
        again = Student(site.port, "concepts", SPEC, tls=site.tls, cookie=cookie)
        async with again:
            tape = again.tapes[SCOPE]
            assert await tape.until(lambda tape: tape.ended, 60)
            assert await tape.until(lambda tape: tape.digest == before, 60)
            assert f"training started: {tape.run}" in leaving.log()
            assert f"training started: {tape.run}" not in staying.log()
            return before, tape.digest, again.totals.exceptions

    before, after, exceptions = run(lesson)
    assert before == after
    assert exceptions == []
