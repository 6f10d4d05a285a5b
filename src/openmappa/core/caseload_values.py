"""Reading the values of a caseload line: each wrong one is noted as a problem, and a harmless one takes its place."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from openmappa.core.errors import Problem

DAY = "a date such as 2004-03-01"
ABSENT: Any = object()
"""What stands for a field that is not there."""


class LineProblems:
    """What is wrong with one line, and the reading of its values: a wrong one is noted and a harmless one returned."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.found: list[Problem] = []

    def add(self, field: str, found: object, expected: str) -> None:
        """Note a problem, unless its line and field have one already."""
        self.found.append(Problem(self.line, field, _shown(found), expected))

    def text(self, found: Mapping[str, Any], name: str, where: str = "", *, optional: bool = False) -> str:
        """Text that is not empty; the empty text where it may be absent and is."""
        value = found.get(name, ABSENT)
        if type(value) is str and value.strip() and "\x00" not in value:
            return value
        if not (optional and value is ABSENT):
            self.add(where + name, value, "some text")
        return ""

    def day(self, found: Mapping[str, Any], name: str, where: str = "") -> date:
        """A day."""
        day = day_of(found.get(name))
        if day is None:
            self.add(where + name, found.get(name, ABSENT), DAY)
            return date.min
        return day

    def unknown(self, found: Mapping[str, Any], where: str, known: tuple[str, ...]) -> None:
        """Note every field that nobody knows."""
        for name in found:
            if name not in known:
                self.add(where + name, found[name], f"no such field; the fields here are {', '.join(known)}")


def day_of(value: Any) -> date | None:
    """A day from its ISO text; None for anything else."""
    return _parsed_day(value) if type(value) is str else None


@lru_cache(maxsize=1 << 16)
def _parsed_day(text: str) -> date | None:
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _shown(found: object) -> str:
    if found is ABSENT:
        return "nothing"
    try:
        text = json.dumps(found, ensure_ascii=False)
    except (TypeError, ValueError):
        text = str(found)
    return text if len(text) <= 80 else f"{text[:77]}..."
