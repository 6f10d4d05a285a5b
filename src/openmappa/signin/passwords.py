"""What a password must be: long, not guessable from the person, and in no list of known ones.

Source: NCSC, "Password administration for system owners" (ncsc.gov.uk/collection/passwords), and OWASP ASVS 5.0, 6.2:
length over complexity, no enforced change, deny lists. There is no rule about capitals, digits or signs.
"""

import hashlib
import os
import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ImproperlyConfigured, ValidationError

LONGEST = 256
"""Characters. Well above what anybody types; hashing without a limit would let a stranger keep the processor busy."""
LONGEST_LINE = 128
"""Bytes read at one place of a list: more than a line of it has."""


class Length:
    """At least so many characters; three random words are long enough, and easier than capitals and signs."""

    def __init__(self, min_length: int = 12) -> None:
        self.min_length = min_length

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a short one, and one that no person would type."""
        if len(password) < self.min_length:
            raise ValidationError(
                f"Your new password must be {self.min_length} characters or more. Three random words are enough.",
                code="password_too_short",
            )
        if len(password) > LONGEST:
            raise ValidationError(f"Your new password must be {LONGEST} characters or fewer", code="password_too_long")

    def get_help_text(self) -> str:
        """For pages that list the rules."""
        return f"have {self.min_length} characters or more: three random words are a good way"


class NotAboutYou:
    """Not made of the person's name, username or agency, nor of the name of the service.

    Django's own check compares letters and not their order, which refuses many good phrases of several words.
    """

    ABOUT = ("username", "full_name", "agency_name")
    ALIKE = 0.7
    LEFT = 8

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse one that somebody who knows the person would try; besides such words 8 characters must be left."""
        typed = password.casefold()
        about = [value.casefold() for name in self.ABOUT if (value := str(getattr(user, name, "") or ""))]
        left = typed
        for word in re.findall(r"\w{3,}", " ".join(about)):
            left = left.replace(word, "")
        alike = any(SequenceMatcher(a=typed, b=value).ratio() >= self.ALIKE for value in about)
        if alike or (left != typed and len(left.strip()) < self.LEFT):
            raise ValidationError(
                "Your new password must not be like your name, your username or your agency’s name",
                code="password_too_similar",
            )
        if "openmappa" in typed:
            raise ValidationError("Your new password must not contain the name of the service", code="password_context")

    def get_help_text(self) -> str:
        """For pages that list the rules."""
        return "not be like your name, your username, your agency’s name or the name of the service"


class NotCommon(password_validation.CommonPasswordValidator):
    """In no list of the passwords that most people choose; the list comes with Django."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse one from the list."""
        try:
            super().validate(password, user)
        except ValidationError:
            refused = "Your new password is one of those that people use most, so it would be guessed"
            raise ValidationError(refused, code="password_too_common") from None

    def get_help_text(self) -> str:
        """For pages that list the rules."""
        return "not be a password that many people use"


class NotBreached:
    """Not among passwords that were stolen elsewhere, where a list of them is kept on this machine.

    The setting ``OPENMAPPA_BREACHED_PASSWORDS`` names a file in the form of Have I Been Pwned's download: one line for
    each, its SHA-1 in capitals, a colon and a count, in order. It is looked into, never loaded; nothing is sent away.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse one from the list. About 40 short reads of a file of 40 GB."""
        if settings.OPENMAPPA_BREACHED_PASSWORDS and is_listed(settings.OPENMAPPA_BREACHED_PASSWORDS, password):
            raise ValidationError(
                "This password was stolen from another service at some time and is known to criminals. "
                "Choose another, and change it wherever else you use it.",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        """For pages that list the rules; nothing where no list is kept."""
        return "not be one that was stolen from another service" if settings.OPENMAPPA_BREACHED_PASSWORDS else ""


def is_listed(file: Path, password: str) -> bool:
    """Whether an ordered list of SHA-1 digests holds this password. Raises ``ImproperlyConfigured`` without one."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    try:
        with file.open("rb") as lines:
            return _digest_at(lines, _first_not_before(lines, wanted)) == wanted
    except OSError as problem:
        raise ImproperlyConfigured(
            f"OPENMAPPA_BREACHED_PASSWORDS names {file}, which cannot be read ({problem.strerror}). "
            "Give the path of an ordered SHA-1 list, or leave the setting out."
        ) from None


def _first_not_before(lines: BinaryIO, wanted: bytes) -> int:
    """Where the first line begins whose digest is not before ``wanted``: halving the bytes, since lines differ."""
    low, high = 0, lines.seek(0, os.SEEK_END)
    while low < high:
        start = _line_start(lines, (low + high) // 2)
        if _digest_at(lines, start) < wanted:
            low = _line_end(lines, start)
        else:
            high = start
    return low


def _line_start(lines: BinaryIO, place: int) -> int:
    """Where the line begins that ``place`` stands in."""
    back = max(place - LONGEST_LINE, 0)
    lines.seek(back)
    before = lines.read(place - back)
    return back + before.rfind(b"\n") + 1 if b"\n" in before else back


def _line_end(lines: BinaryIO, place: int) -> int:
    """Where the line after the one that begins at ``place`` begins."""
    lines.seek(place)
    rest = lines.read(LONGEST_LINE)
    return place + (rest.find(b"\n") + 1 if b"\n" in rest else len(rest))


def _digest_at(lines: BinaryIO, start: int) -> bytes:
    lines.seek(start)
    return lines.read(LONGEST_LINE).split(b"\n", 1)[0].split(b":", 1)[0].strip().upper()
