"""The dependency audit finds what it is for, and says what it did not find out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from deploy import audit


def test_what_is_installed_here_is_what_is_pinned():
    assert [problem for problem in audit.problems() if "pinned" in problem or "older" in problem] == []


def test_a_server_needs_nothing_that_only_the_tests_install():
    """The web process with a sign-in, where everything else that is installed here cannot be imported."""
    there = audit.closure(audit.asked_for())
    missing = [name for name, owners in packages_distributions().items() if not {*map(audit.plain, owners)} & {*there}]
    script = (
        "import sys; sys.modules.update(dict.fromkeys(sys.argv[1:])); "
        "from ui.server import load_pages; load_pages(); import authlib.integrations.starlette_client"
    )
    done = subprocess.run([sys.executable, "-c", script, *missing], cwd=audit.ROOT, capture_output=True, text=True)
    assert "pytest" in missing
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["README.md", "Containerfile"])
def test_what_a_sign_in_needs_is_in_every_command(name):
    extras = tomllib.loads((audit.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [line.partition("==")[0] for line in extras["optional-dependencies"]["sign-in"]]
    text = (audit.ROOT / "deploy" / name).read_text(encoding="utf-8")
    commands = re.findall(r"pip install .*-r requirements\.txt(.*)", text)
    assert commands
    assert {tuple(command.split()) for command in commands} == {tuple(wanted)}


def test_an_old_version_is_named_with_its_fault(monkeypatch):
    monkeypatch.setattr(audit, "closure", lambda _: {"tornado": "6.4.2", "h11": "0.16.0"})
    found = audit.problems()
    assert "tornado 6.4.2 is older than 6.5, which mended CVE-2025-47287" in found
    assert "tornado 6.4.2 is installed, 6.6.1 was tested" in found
    assert not [problem for problem in found if problem.startswith("h11")]


def test_a_loose_requirement_is_named(monkeypatch):
    monkeypatch.setattr(audit, "asked_for", lambda: [audit.Requirement("numpy>=2"), audit.Requirement("altair==6.3.0")])
    assert "numpy>=2 is not pinned" in audit.problems()
    assert not [problem for problem in audit.problems() if problem.startswith("altair")]


@pytest.mark.parametrize(
    ("said", "faults", "asked"),
    [
        (
            {"dependencies": [{"name": "h11", "version": "0.16.0", "vulns": [{"id": "X-1"}]}]},
            ["h11 0.16.0: X-1"],
            "for 1",
        ),
        ({"dependencies": [{"name": "h11", "skip_reason": "not found"}]}, [], "NOTHING IS KNOWN"),
        (None, [], "NOTHING IS KNOWN"),
    ],
)
def test_the_service_s_silence_is_no_answer(said, faults, asked, monkeypatch):
    done = subprocess.CompletedProcess([], 0, json.dumps(said) if said else "", "no route to host")
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: done)
    found, words = audit.ask_service(["h11"])
    assert found == faults
    assert asked in words
