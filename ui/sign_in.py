"""Sign-in by OpenID Connect, where the server's owner asks for it: who may come in, and back to the page asked for.

`DLCORE_SIGN_IN` lists addresses (`ada@example.org`) and domains (`@example.org`), or is `*` for everybody whom the
provider knows; empty: no sign-in. The provider stands in Streamlit's `secrets.toml`, section `auth`.
"""

from __future__ import annotations

import streamlit as st

from dlcore.errors import DLCoreError
from ui.runtime import settings
from ui.text import Labels

PLACE = "dlcore:asked"  # in the browser's session storage: the page asked for before signing in
REMEMBER = f'export default () => sessionStorage.setItem("{PLACE}", location.pathname + location.search);'
REOPEN = f"""
export default function reopen() {{
  const asked = sessionStorage.getItem("{PLACE}");
  sessionStorage.removeItem("{PLACE}");
  if (asked && asked !== location.pathname + location.search) location.replace(asked);
}}"""


def require_provider(rule: str) -> None:
    """Raises DLCoreError for a sign-in without a provider, or with the secret that anybody can read in our example."""
    try:
        secret = str(st.secrets["auth"]["cookie_secret"]) if rule else "not needed"
    except (KeyError, FileNotFoundError):
        secret = ""
    if not secret or secret.startswith("CHANGE"):
        raise DLCoreError("bad_setting", field="DLCORE_SIGN_IN", value=rule, missing="[auth] cookie_secret")


def require_sign_in(labels: Labels) -> None:
    """Goes on only for whoever may come in; for others the page ends here, with what they can do."""
    rule = settings().sign_in
    if not rule:
        return
    if not st.user.is_logged_in:
        _run("remember", REMEMBER)
        _stop_with(labels["sign_in_needed"], labels["sign_in"], st.login)
    address = str(st.user.get("email") or "")
    if not is_allowed(address, st.user.get("email_verified"), rule):
        _stop_with(labels.format("sign_in_refused", address=_plain(address) or "–"), labels["sign_out"], st.logout)
    _run("reopen", REOPEN)


def show_sign_out(labels: Labels) -> None:
    """A button for whoever has signed in."""
    if settings().sign_in:
        st.button(labels["sign_out"], key="sign_out", on_click=st.logout, type="tertiary", icon=":material/logout:")


def is_allowed(address: str, is_verified: object, rule: str) -> bool:
    """Whether the address or its domain is on the list; an address that the provider calls unverified is not."""
    if rule.strip() == "*":
        return True
    address = address.strip().lower()
    entries = {entry.strip().lower() for entry in rule.split(",")} - {""}
    domain = "@" + address.rpartition("@")[2]
    return is_verified is not False and "@" in address and bool(entries & {address, domain})


def _stop_with(said: str, label: str, act: object) -> None:
    st.info(said, icon=":material/lock:")
    st.button(label, type="primary", on_click=act)  # type: ignore[arg-type]
    st.stop()


def _run(name: str, script: str) -> None:
    component = st.components.v2.component(f"dlcore_{name}", html="<i></i>", css="i { display: none }", js=script)
    component(key=name)


def _plain(address: str) -> str:
    """Without what Markdown would take for formatting."""
    return "".join(sign for sign in address[:100] if sign.isalnum() or sign in "@.+-_").replace("_", r"\_")
