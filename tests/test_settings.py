"""Settings from the environment."""

from __future__ import annotations

import pytest

from dlcore.errors import DLCoreError
from dlcore.settings import Settings


def test_every_field_can_be_set():
    settings = Settings.from_environment(
        {"DLCORE_WORKERS": "3", "DLCORE_LEASE_SECONDS": "1.5", "DLCORE_EXECUTOR": "inline"}
    )
    assert (settings.workers, settings.lease_seconds, settings.executor) == (3, 1.5, "inline")
    assert Settings.from_environment({}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("WORKERS", "many"), ("WORKERS", "0"), ("RUN_SECONDS", "nan"), ("CACHE_BYTES", "-1"), ("DEVICE", "gpu")],
)
def test_a_wrong_value_names_its_variable(name, value):
    with pytest.raises(DLCoreError, match=f"DLCORE_{name}'.*{value}"):
        Settings.from_environment({f"DLCORE_{name}": value})
