"""Which runs links open: `python -m ui.opened LINK…` opens each page without a browser and prints a line for each run.

`python -m dlcore warm` understands the lines. Nothing but what a page shows at once is computed, and nothing is kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from streamlit.testing.v1 import AppTest

from dlcore.lessons import to_line
from ui import runtime
from ui.course import HOME, built_pages
from ui.text import ROOT

HERE = {"DLCORE_EXECUTOR": "inline", "DLCORE_CLUSTER": "", "DLCORE_CACHE_DIR": "", "DLCORE_SIGN_IN": ""}
PATIENCE = 120  # seconds for a page


def open_link(link: str) -> str | None:
    """Open the page of a link in this process; returns why that could not be done."""
    address = urlsplit(link)
    slug = address.path.strip("/").rpartition("/")[2]
    if slug not in {page.slug for page in built_pages()} - {HOME}:
        return f"{link}: no page of the course"
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=PATIENCE).run()
    app.switch_page(f"pages/{slug}.py")
    for name, value in parse_qsl(address.query):
        app.query_params[name] = value
    app.run()
    return f"{link}: {app.exception[0].message}" if app.exception else None


def main(links: Iterable[str]) -> int:
    os.environ.update(HERE)
    for link in links:
        problem = open_link(link)
        if problem is not None:
            print(problem, file=sys.stderr)
            return 2
    for spec in runtime.store().specs():
        print(to_line(spec))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
