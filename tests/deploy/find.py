"""The nginx that the tests start: one that is named or installed; as a command, whether there is any."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

FOLDERS = os.pathsep.join(
    (os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")
)  # no user's path has all of them


def find_nginx() -> str | None:
    """The path of nginx: `$DLCORE_NGINX`, or one that is installed."""
    return os.environ.get("DLCORE_NGINX") or shutil.which("nginx", path=FOLDERS)


def require_nginx() -> str:
    """The path of nginx; without it the test is skipped, or fails where `$DLCORE_NGINX_REQUIRED` is set."""
    path = find_nginx()
    if path is None:
        give_up = pytest.fail if os.environ.get("DLCORE_NGINX_REQUIRED") else pytest.skip
        give_up("no nginx: apt-get install nginx")
    return str(path)


if __name__ == "__main__":
    sys.exit(0 if find_nginx() else 1)
