"""Checking a second factor: codes from an app, recovery codes, passkeys. The cryptography is allauth's and fido2's.

What these functions need besides is small: a code from an app is good once (RFC 6238, 5.2), also when several processes
answer, so the last time step that was used is kept with the app.
"""

import re
import time
from dataclasses import dataclass
from typing import Any

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare

from openmappa.accounts.models import User

STEP_SECONDS = 30
STEPS_OFF = 1
"""How far a telephone's clock may be off, in steps either way."""
SPACES = re.compile(r"[\s\-]")


@dataclass(frozen=True)
class NewApp:
    """What an authenticator app needs to know: ``key`` to type in; the path of the QR code in a square of ``size``."""

    key: str
    path: str
    size: int


def new_secret() -> str:
    """A secret for an app to be set up: 160 bits, base32."""
    secret: str = generate_totp_secret()
    return secret


def to_show(person: User, secret: str) -> NewApp:
    """The secret as a page shows it, for the camera and for the fingers."""
    code = qrcode.QRCode(border=2)
    code.add_data(get_adapter().build_totp_url(person, secret))
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return NewApp(" ".join(re.findall(".{4}", secret)), path, len(rows))


def step_of(secret: str, code: str, *, after: int = -1, now: float | None = None) -> int | None:
    """The time step for which a code from an app is right, if it is one after ``after``; None when it is wrong."""
    current = int(now if now is not None else time.time()) // STEP_SECONDS
    typed = tidy(code)
    for step in range(max(current - STEPS_OFF, after + 1), current + STEPS_OFF + 1):
        if constant_time_compare(typed, format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def tidy(code: str) -> str:
    """A code without the spaces and hyphens that people type or copy."""
    return SPACES.sub("", code)


def app_secret(factor: Authenticator) -> str:
    """The secret of a person's app."""
    secret: str = get_adapter().decrypt(factor.data["secret"])
    return secret


def options_to_make(person: User, *, without_password: bool) -> dict[str, Any]:
    """What a browser needs to make a passkey; the challenge waits in the session."""
    options: dict[str, Any] = webauthn.begin_registration(person, without_password)
    return options


def made(credential: dict[str, Any]) -> bool:
    """Whether the browser's answer is a passkey made for us, now, by whoever is signed in."""
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError):
        return False
    return True


def options_to_use(person: User | None) -> dict[str, Any]:
    """What a browser needs to use a passkey: one of this person's, or any it has for us where nobody is known yet."""
    options: dict[str, Any] = webauthn.begin_authentication(person)
    return options


def owner_of(credential: dict[str, Any]) -> User | None:
    """Whom a passkey says it belongs to; to be believed only after ``used``."""
    try:
        found = webauthn.extract_user_from_response(credential)
    except (ValidationError, ValueError, TypeError, AttributeError, KeyError):
        return None
    return found if isinstance(found, User) and found.is_active else None


def used(person: User, credential: dict[str, Any]) -> Authenticator | None:
    """The passkey of this person that answered the challenge which waits in the session; None when none did."""
    try:
        webauthn.parse_authentication_response(credential)
        found: Authenticator = webauthn.complete_authentication(person, credential)
    except (ValidationError, ValueError, TypeError, AttributeError, KeyError):
        return None
    return found
