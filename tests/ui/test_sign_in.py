"""Who may come in."""

from __future__ import annotations

import pytest
import streamlit as st

from dlcore.errors import DLCoreError
from ui.sign_in import _plain, is_allowed, require_provider
from ui.text import ROOT


@pytest.mark.parametrize(
    ("address", "rule", "allowed"),
    [
        ("ada@uni.example", "@uni.example", True),
        ("Ada@Uni.Example ", " bob@x.org, @UNI.example", True),
        ("bob@x.org", "bob@x.org,@uni.example", True),
        ("eve@x.org", "bob@x.org,@uni.example", False),
        ("eve@evil-uni.example", "@uni.example", False),
        ("eve@sub.uni.example", "@uni.example", False),
        ("ada@uni.example@evil.org", "@uni.example", False),
        ("@uni.example", "", False),
        ("", "@", False),
        ("anyone@anywhere.org", "*", True),
    ],
)
def test_addresses_and_domains(address, rule, allowed):
    assert is_allowed(address, True, rule) == allowed
    assert is_allowed(address, None, rule) == allowed


def test_an_unverified_address_does_not_count():
    assert not is_allowed("ada@uni.example", False, "@uni.example")


def test_an_address_is_shown_without_formatting():
    assert _plain("**<b>x</b>**[a](http://b)@y.org") == "bxbahttpb@y.org"


@pytest.mark.parametrize(
    "secrets", ["", "[auth]\n", (ROOT / "deploy" / "secrets.toml").read_text(encoding="utf-8")], ids=len
)
def test_a_sign_in_needs_a_provider_and_a_secret_of_its_own(secrets, tmp_path):
    file = tmp_path / "secrets.toml"
    file.write_text(secrets, encoding="utf-8")
    before = st.config.get_option("secrets.files")
    try:
        _read_secrets_from([str(file)])
        require_provider("")
        with pytest.raises(DLCoreError, match="cookie_secret"):
            require_provider("@uni.example")
        file.write_text('[auth]\ncookie_secret = "ours"\n', encoding="utf-8")
        _read_secrets_from([str(file)])
        require_provider("@uni.example")
    finally:
        _read_secrets_from(before)


def _read_secrets_from(files: list[str]) -> None:
    st.config.set_option("secrets.files", files)
    st.secrets._reset()
