"""Who may come in."""

from __future__ import annotations

import pytest

from ui.sign_in import _plain, is_allowed


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
