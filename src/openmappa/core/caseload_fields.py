"""What the fields of a caseload file may hold: which there are, how long a text may be, and what is a day."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

FORMAT: Final = "openmappa-caseload/1"
MOST_IN_TEXT: Final = 200
"""Characters in a text that a fact holds (an action's id, a rank)."""

LONGEST: Final[Mapping[str, int]] = {
    "source": 60,
    "case": 60,
    "area": 40,
    "force": 20,
    "given_names": 150,
    "family_name": 150,
    "sex": 20,
    "ethnicity": 60,
    "pnc_id": 30,
    "crn": 30,
    "staff case_manager": 60,
    "staff police_officer": 60,
}
"""Characters that each text may have."""

HEADER: Final = ("format", "source", "made_on")
CASE: Final = {"case": True, "area": True, "force": True, "person": False, "staff": False, "facts": True}
"""The fields of a case, and whether each must be there."""

PERSON: Final = {
    "given_names": True,
    "family_name": True,
    "aliases": False,
    "born_on": True,
    "sex": True,
    "ethnicity": False,
    "pnc_id": False,
    "crn": False,
}
ALIAS: Final = {"given_names": True, "family_name": True}
STAFF: Final = {"case_manager": False, "police_officer": False}

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def is_day(text: str) -> bool:
    """Whether the text is a day that exists, written as 2004-03-01 (ISO 8601)."""
    if not looks_like_a_day(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def looks_like_a_day(text: str) -> bool:
    """Whether the text is written as a day, were it to exist."""
    return _DAY.fullmatch(text) is not None


def is_text(value: Any, longest: int) -> bool:
    """Whether the value is text with something in it, no longer than that, without control characters."""
    return type(value) is str and 0 < len(value) <= longest and not value.isspace() and is_clean(value)


def is_clean(text: str) -> bool:
    """Whether the text has neither control characters nor halves of characters, which no database takes."""
    return text.isprintable() or not any(unicodedata.category(char) in ("Cc", "Cs") for char in text)
