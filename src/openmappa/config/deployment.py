"""What makes an installation careless, as far as settings and files tell: each finding says what, where, what to do.

What the database tells stands in ``deployment_database``. A finding that *stops* keeps the service from starting,
because somebody could read what they may not; the others are said and keep nobody from a record they need tonight.
"""

import json
import stat
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openmappa.config.database import Login

SHORTEST_SECRET: Final = 40
FEWEST_CHARACTERS: Final = 12
GUESSED: Final = ("django-insecure", "only-for-tests", "changeme", "change-me", "secret-key", "password", "example")
HERE: Final = frozenset({"", "localhost", "127.0.0.1", "::1", "[::1]"})
CHECKED_TLS, UNCHECKED_TLS = frozenset({"verify-full", "verify-ca"}), frozenset({"require"})
BACKUP_HOURS: Final = 48
AGENCIES: Final = "OPENMAPPA_OIDC_FILE"
TLS: Final = "Set OPENMAPPA_BEHIND_TLS_PROXY=yes and put a proxy before the service that ends TLS"


@dataclass(frozen=True)
class Finding:
    """One thing that is careless: where and what, then what to do. ``stops``: the service does not start with it."""

    said: str
    stops: bool = True


def findings_in_settings(settings: Any, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Everything that the settings and the files they name give away."""
    yield from _switches(settings)
    yield from _secret(settings.SECRET_KEY if settings.HAS_SECRET else "")
    yield from _web(settings)
    if not settings.DATABASE_ACCESS.embedded:
        for name, login in (("DATABASE_URL", settings.DATABASE_ACCESS.application), *_owner(settings)):
            yield from _transport(name, login)
    elif not settings.DATABASE_IS_DURABLE:
        yield Finding(
            "The embedded database does not wait for the disk (OPENMAPPA_POSTGRES_DURABLE=no), so a power cut loses "
            "it. Take that setting away and begin a new database; one that was made so stays so."
        )
    yield from _mail(settings)
    yield from _files(environment)
    yield from _backups(settings)


def _switches(settings: Any) -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("OPENMAPPA_DEBUG is on: an error page would show parts of a record. Take it away.")
    if settings.OPENMAPPA_DEMO:
        yield Finding(
            "OPENMAPPA_DEMO is on: known passwords, no second factor, cookies over plain http. Take it away, and begin "
            "with a new database, since the people of a demonstration can sign in."
        )
    if settings.DATABASE_ROLE == "owner":
        yield Finding(
            "OPENMAPPA_DB_ROLE is owner: the service would act as the owner of its tables. Take that setting away."
        )
    if not settings.OPENMAPPA_MFA_REQUIRED:
        yield Finding("OPENMAPPA_MFA_REQUIRED is off: a stolen password would be enough. Take that setting away.")
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield Finding(
            f"The styles and scripts are not collected in {settings.STATIC_ROOT}, so no page can be shown. Run: make "
            "assets, then openmappa manage collectstatic --no-input"
        )


def _secret(secret: str) -> Iterator[Finding]:
    make_one = "To make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
    if not secret:
        yield Finding(
            "OPENMAPPA_SECRET_KEY is not set, and the service signs its sessions with it. Set it, or set "
            f"OPENMAPPA_SECRET_KEY_FILE to a file that holds it. {make_one}"
        )
    elif len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS:
        yield Finding(
            f"OPENMAPPA_SECRET_KEY is short or monotonous: it needs {SHORTEST_SECRET} random characters. {make_one}"
        )
    elif any(word in secret.casefold() for word in GUESSED):
        yield Finding(f"OPENMAPPA_SECRET_KEY looks like one from an example. {make_one}")


def _web(settings: Any) -> Iterator[Finding]:
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) is None:
        yield Finding(f"Nothing says that people reach the service by https. {TLS}.")
    for host in settings.ALLOWED_HOSTS:
        if "*" in host or host.startswith("."):
            yield Finding(
                f"OPENMAPPA_ALLOWED_HOSTS has {host!r}, which stands for any name. Write the names themselves."
            )
    if set(settings.ALLOWED_HOSTS) <= HERE:
        yield Finding(
            "OPENMAPPA_ALLOWED_HOSTS names this machine only, so nobody else gets a page. Write the name that people "
            "type, such as mappa.example.",
            stops=False,
        )
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if not origin.startswith("https://") or "*" in origin:
            yield Finding(
                f"OPENMAPPA_TRUSTED_ORIGINS has {origin!r}, whose forms could be forged. Write whole addresses that "
                "begin with https://"
            )


def _mail(settings: Any) -> Iterator[Finding]:
    if not settings.OPENMAPPA_EMAIL_URL:
        yield Finding(
            "OPENMAPPA_EMAIL_URL is not set, so nobody hears by e-mail that a change waits for them. Write the mail "
            "server's address, as docs/how-to/notices.md shows.",
            stops=False,
        )
    elif not settings.OPENMAPPA_ADDRESS.startswith("https://"):
        yield Finding(
            "OPENMAPPA_ADDRESS is not set to an https address, so messages cannot say where to sign in. Write the "
            "address that people type, such as https://mappa.example",
            stops=False,
        )


def _owner(settings: Any) -> tuple[tuple[str, Login], ...]:
    owner = settings.DATABASE_ACCESS.owner
    return (("DATABASE_OWNER_URL", owner),) if owner.user != settings.DATABASE_ACCESS.application.user else ()


def _transport(name: str, login: Login) -> Iterator[Finding]:
    """A socket or this machine needs no TLS; everything else does."""
    elsewhere = [host for host in login.host.split(",") if host not in HERE and not host.startswith(("/", "@"))]
    mode = login.options.get("sslmode", "prefer")
    if elsewhere and mode not in CHECKED_TLS | UNCHECKED_TLS:
        yield Finding(
            f"{name} reaches {elsewhere[0]} with sslmode={mode}, so records may pass the network unencrypted. Add "
            "?sslmode=verify-full&sslrootcert=… to it."
        )
    elif elsewhere and mode in UNCHECKED_TLS:
        yield Finding(
            f"{name} reaches {elsewhere[0]} with sslmode={mode}: encrypted, and anybody in between could pose as the "
            "server. Write sslmode=verify-full and name its certificate in sslrootcert.",
            stops=False,
        )


def _files(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Files with secrets that the environment names. Their content is not looked at."""
    for name, value in sorted(environment.items()):
        if name == AGENCIES:
            yield from _secrets_of_agencies(Path(value).expanduser())
        elif name.startswith(("OPENMAPPA_", "DATABASE_")) and name.endswith("_FILE"):
            yield from open_to_others(name, Path(value).expanduser())


def _secrets_of_agencies(file: Path) -> Iterator[Finding]:
    """The file of agencies' sign-ins holds no secret itself, and names files that do."""
    text = file.read_text(encoding="utf-8")
    for table in (json.loads(text) if file.suffix == ".json" else tomllib.loads(text)).values():
        if secret := table.get("client_secret_file"):
            yield from open_to_others(AGENCIES, file.parent / secret)


def open_to_others(name: str, file: Path) -> Iterator[Finding]:
    """A finding where everybody on the machine may read or change ``file``, which the setting ``name`` means."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        yield Finding(
            f"{name} names {file}, which everybody on this machine may read or change (mode {mode & 0o777:o}). Run: "
            f"chmod 600 {file}"
        )


def _backups(settings: Any) -> Iterator[Finding]:
    folder = settings.OPENMAPPA_BACKUPS
    if folder is None:
        yield Finding(
            "OPENMAPPA_BACKUPS is not set, so nothing tells whether there are backups. Set it to the folder that "
            "openmappa backup writes to every day.",
            stops=False,
        )
        return
    whole = [place.parent.stat().st_mtime for place in folder.glob("openmappa-*/manifest.json")]
    if not whole or time.time() - max(whole) > BACKUP_HOURS * 3600:
        yield Finding(
            f"There is no backup of the last {BACKUP_HOURS} hours in {folder}. Run openmappa backup, and have it run "
            "every day.",
            stops=False,
        )
    if not settings.OPENMAPPA_BACKUP_RECIPIENTS:
        yield Finding(
            f"Backups are not encrypted. Set OPENMAPPA_BACKUP_RECIPIENTS to a public key of age, or see that {folder} "
            "is on an encrypted disk.",
            stops=False,
        )
