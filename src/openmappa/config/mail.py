"""Where messages go: one address in a setting, read into Django's own settings with a hint where it makes no sense."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from openmappa.config.environment import SettingsError

NAME: Final = "OPENMAPPA_EMAIL_URL"
FORMS: Final = (
    "Write smtp://user:password@mail.example:587 (TLS is asked for), smtps://… (TLS from the start), "
    "smtp+plain://mail.example:25 (no TLS: within one machine only), file:/a/folder, or console:"
)
SECONDS: Final = 20
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
BACKENDS: Final = "django.core.mail.backends"


def mail_settings(address: str) -> dict[str, Any]:
    """Django's settings for sending by this address; empty for none. Raises SettingsError, without the password."""
    if not address:
        return {}
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise SettingsError(f"{NAME} has a port that is no number. {FORMS}") from None
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{BACKENDS}.console.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        return {
            "EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(Path(unquote(parts.path)).expanduser()),
        }
    if parts.scheme not in ("smtp", "smtps", "smtp+plain") or not parts.hostname:
        raise SettingsError(f"{NAME} is no address that messages can be sent to. {FORMS}")
    if parts.scheme == "smtp+plain" and parts.hostname not in HERE:
        raise SettingsError(f"{NAME} would send to {parts.hostname} without TLS. {FORMS}")
    return _smtp(parts, port)


def _smtp(parts: SplitResult, port: int | None) -> dict[str, Any]:
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or {"smtp": 587, "smtps": 465, "smtp+plain": 25}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": SECONDS,
    }
