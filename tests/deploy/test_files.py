"""The files of deploy/ fit together: what one names is what the others say."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.load.server import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "cluster.md", "Containerfile", "nginx.conf", "dlcore.env"])
def test_files_that_are_named_are_there(name):
    named = re.findall(r"(?<![\w/.])(?:deploy|dlcore|tests|ui)/[\w@./-]*\w", read(name))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_containers_are_where_nginx_looks_and_nowhere_else():
    ports = {one["environment"]["PORT"] for one in COMPOSE.values() if "environment" in one}
    assert ports == set(re.findall(r"server 127\.0\.0\.1:(\d+)", read("nginx.conf")))
    assert {one["network_mode"] for one in COMPOSE.values()} == {"host"}
    assert "--server.address 127.0.0.1" in read("Containerfile")
    assert "--server.address 127.0.0.1" in read("dlcore@.service")


def test_the_containers_of_the_readme_exist():
    named = set(re.findall(r"podman (?:exec|logs) (?:-i )?(\w+)", read("README.md")))
    assert named
    assert named <= {one["container_name"] for one in COMPOSE.values()}


def test_every_setting_of_the_example_is_one_that_is_read():
    names = re.findall(r"^(DLCORE_\w+)=", read("dlcore.env"), re.M)
    settings = (ROOT / "dlcore" / "settings.py").read_text(encoding="utf-8")
    assert names
    assert [name for name in names if f"\n    {name.removeprefix('DLCORE_').lower()}: " not in settings] == []
