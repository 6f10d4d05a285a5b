"""Typed readers of environment variables.

Each one fails with the name, what was found and what to write instead.
"""

import os
import shlex
import stat
from pathlib import Path
from typing import overload

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"yes", "true", "on", "1"})
NO = frozenset({"no", "false", "off", "0", ""})
OTHERS_MAY = stat.S_IROTH | stat.S_IWOTH


class SettingsError(ImproperlyConfigured):
    """A setting that cannot be used; the message says which one and what to write instead."""


def text(name: str, default: str = "") -> str:
    """The value of ``name`` without surrounding spaces, or ``default`` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def boolean(name: str, *, default: bool = False) -> bool:
    """``name`` as yes or no.

    Raises ``SettingsError`` for any other word, so that a typing mistake never quietly means "no".
    """
    if name not in os.environ:
        return default
    value = os.environ[name].strip().lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise SettingsError(f"{name} is {os.environ[name]!r}. Write yes or no.")


@overload
def path(name: str, default: Path) -> Path: ...
@overload
def path(name: str, default: None) -> Path | None: ...
def path(name: str, default: Path | None) -> Path | None:
    """``name`` as an absolute path, with ``~`` read as the home folder."""
    value = text(name)
    return Path(value).expanduser().absolute() if value else default


def file(name: str) -> Path | None:
    """``name`` as the path of a file; None when it is unset. Raises ``SettingsError`` when it cannot be read."""
    value = text(name)
    if not value:
        return None
    found = path(name, Path())
    if not found.is_file() or not os.access(found, os.R_OK):
        raise SettingsError(f"{name} names {found}, which is no file that this user may read.")
    return found


def words(name: str, default: tuple[str, ...]) -> list[str]:
    """``name`` as a list of words separated by commas or spaces."""
    return text(name).replace(",", " ").split() or list(default)


def choice(name: str, choices: tuple[str, ...], default: str) -> str:
    """``name`` as one of ``choices``. Raises ``SettingsError`` for any other word."""
    value = text(name, default)
    if value not in choices:
        raise SettingsError(f"{name} is {value!r}. Write one of: {', '.join(choices)}.")
    return value


def number(name: str, default: int, *, at_least: int) -> int:
    """``name`` as a whole number.

    Raises ``SettingsError`` for anything else, or for less than ``at_least``.
    """
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < at_least:
        raise SettingsError(f"{name} is {value!r}. Write a whole number, {at_least} or more.")
    return int(value)


def web_address(name: str, default: str) -> str:
    """``name`` as the address at which people reach the service, without a slash at its end.

    Raises ``SettingsError`` for anything that does not begin with ``http://`` or ``https://``.
    """
    value = text(name, default).rstrip("/")
    if value and not value.startswith(("https://", "http://")):
        raise SettingsError(
            f"{name} is {value!r}. Write the whole address that people type, such as https://mappa.example"
        )
    return value


def secret(name: str, *, generate_in: Path | None = None) -> str:
    """A secret from ``name``, or from the file that ``name`` + ``_FILE`` names, or kept in ``generate_in``.

    ``generate_in`` is for demonstrations and development only: the file is made once, readable by its owner
    alone. Returns an empty string when there is none, so that commands which sign nothing still run;
    whatever does sign must refuse an empty one. Raises ``SettingsError`` when both are set, or when the named file
    cannot be read, is empty, or can be read by everybody on the machine. The secret itself is in no message.
    """
    value, file = text(name), text(f"{name}_FILE")
    if value and file:
        raise SettingsError(f"{name} and {name}_FILE are both set. Keep the one that holds the secret you mean.")
    if file:
        return _from_file(name, Path(file).expanduser())
    if value or generate_in is None:
        return value
    return _kept_secret(generate_in)


def _from_file(name: str, file: Path) -> str:
    try:
        mode = file.stat().st_mode
        value = file.read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise SettingsError(
            f"{name}_FILE names {file}, which cannot be read ({problem.strerror}). "
            "Give the path of a file that holds the secret and that this user may read."
        ) from problem
    except UnicodeDecodeError:
        raise SettingsError(f"{name}_FILE names {file}, which is not a text file in UTF-8.") from None
    if mode & OTHERS_MAY:
        raise SettingsError(
            f"{name}_FILE names {file}, which everybody on this machine may read or change (mode {mode & 0o777:o}). "
            f"Run: chmod 600 {shlex.quote(str(file))} (as a Kubernetes secret: "
            "defaultMode: 0400; as a Compose secret: mode: 0400). If others have accounts here, make a new secret."
        )
    if not value:
        raise SettingsError(f"{name}_FILE names {file}, which is empty. Put the secret into it.")
    return value


def _kept_secret(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}-{os.getpid()}")
    if not file.exists():
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(os.urandom(48).hex())
        try:
            os.link(fresh, file)  # whole or not at all, and the first of two processes wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text(encoding="utf-8").strip()
