"""Which agencies have a sign-in of their own, read from a file: OpenID Connect, one table for each.

See docs/how-to/sign-in.md for the file. Whatever cannot be used stops the start with a sentence; no secret is in one.
"""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

KEYS = frozenset(
    {
        "name",
        "agency",
        "issuer",
        "client_id",
        "client_secret_file",
        "client_secret_env",
        "username_claim",
        "second_factor",
        "scopes",
    }
)
NEEDED = ("name", "agency", "issuer", "client_id")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SHORT_NAME = re.compile(r"[a-z0-9-]{1,50}")


@dataclass(frozen=True)
class AgencySignIn:
    """An agency's own sign-in. ``provider`` is its short name here, ``agency`` the code of the agency.

    ``username_claim``: the claim that holds the person's user name here, where the agency's sign-in gives it; empty
    when an administrator links each person. ``second_factor``: values of the claim ``amr`` that mean that the agency
    asked for a second factor; where none of them comes, ours is asked for on top.
    """

    provider: str
    name: str
    agency: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    username_claim: str = ""
    second_factor: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("openid", "profile")


def read_agencies(file: Path | None) -> Mapping[str, AgencySignIn]:
    """The agencies by short name, in the order of the file; none without a file. Raises ``ImproperlyConfigured``."""
    if file is None:
        return {}
    try:
        text = file.read_text(encoding="utf-8")
        tables = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except OSError as problem:
        raise _unusable(file, f"it cannot be read ({problem.strerror})") from None
    except ValueError as problem:
        raise _unusable(file, f"it is not written as {file.suffix.removeprefix('.').upper()} is: {problem}") from None
    return {provider: _agency(file, provider, table) for provider, table in tables.items()}


def _agency(file: Path, provider: str, table: Any) -> AgencySignIn:
    where = f"the agency {provider!r}"
    if not SHORT_NAME.fullmatch(provider):
        raise _unusable(file, f"{where} must have a short name of small letters, digits and hyphens")
    if not isinstance(table, dict):
        raise _unusable(file, f"{where} is no table: begin it with [{provider}]")
    if unknown := sorted(set(table) - KEYS):
        raise _unusable(file, f"{where} has {unknown[0]!r}, which means nothing. Known: {', '.join(sorted(KEYS))}")
    if missing := [key for key in NEEDED if not isinstance(table.get(key), str) or not table[key].strip()]:
        raise _unusable(file, f"{where} lacks {missing[0]!r}")
    return AgencySignIn(
        provider,
        name=table["name"],
        agency=table["agency"],
        issuer=_issuer(file, where, table["issuer"]),
        client_id=table["client_id"],
        client_secret=_secret(file, where, table),
        username_claim=str(table.get("username_claim", "")),
        second_factor=_words(file, where, table, "second_factor", ()),
        scopes=_words(file, where, table, "scopes", AgencySignIn.scopes),
    )


def _issuer(file: Path, where: str, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise _unusable(file, f"{where} has the issuer {address!r}. Write an address that begins with https://")
    return address


def _secret(file: Path, where: str, table: Mapping[str, Any]) -> str:
    named, kept = table.get("client_secret_env"), table.get("client_secret_file")
    if bool(named) == bool(kept):
        raise _unusable(file, f"{where} needs one of client_secret_file and client_secret_env")
    if named:
        if not (secret := os.environ.get(str(named), "").strip()):
            raise _unusable(file, f"{where} has its secret in the environment as {named}, which is not set")
        return secret
    try:
        return (file.parent / str(kept)).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise _unusable(file, f"{where} has its secret in {kept}, which cannot be read ({problem.strerror})") from None


def _words(file: Path, where: str, table: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    words = table.get(key, list(default))
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise _unusable(file, f'{where} must have {key} as a list of words, such as ["mfa"]')
    return tuple(words)


def _unusable(file: Path, what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"OPENMAPPA_OIDC_FILE names {file}, but {what}.")
