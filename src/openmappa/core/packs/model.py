"""A standards pack as frozen values: what must be done, by whom, by when, and where each rule comes from.

The shapes are fixed here; every number and name is the pack's own (TOML, read by ``load``).
See docs/reference/standards.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from openmappa.core.standards.facts import Value


class ClockKind(StrEnum):
    """Two kinds of clock (standards, section 3)."""

    ONCE = "once"
    EVERY = "every"


class Unit(StrEnum):
    """How an allowance is counted. ``fact`` takes a day from the starting fact; ``table`` looks months up."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS = "working_days"
    FACT = "fact"
    TABLE = "table"


class Condition(NamedTuple):
    """A field of the state has one of the allowed values; ``allowed`` None means: any value, so long as it is known."""

    field: str
    allowed: frozenset[Value] | None


class Match(NamedTuple):
    """Facts of one kind, whose details each have one of the values given."""

    kind: str
    details: tuple[tuple[str, frozenset[Value]], ...] = ()

    def fits(self, details: Mapping[str, Value]) -> bool:
        """Whether a fact of this kind with these details is meant."""
        for name, values in self.details:  # noqa: SIM110 (asked millions of times, and all() costs twice as much)
            if details.get(name) not in values:
                return False
        return True


class Allowance(NamedTuple):
    """How long there is: an amount of a counting unit, or the name of a fact's detail or of a table."""

    unit: Unit
    amount: int = 0
    name: str = ""


class Of(NamedTuple):
    """Whose duty it is: a fixed name, or, where ``detail`` is given, what the starting fact says there."""

    name: str = ""
    detail: str = ""


@dataclass(frozen=True, eq=False)
class Table:
    """Months by fields of the state. ``first`` names a field that, when known, goes before the rows. None: none."""

    name: str
    title: str
    by: tuple[str, ...]
    rows: Mapping[tuple[Value, ...], int | None]
    first: str
    source: str
    notes: Mapping[tuple[Value, ...], str]


@dataclass(frozen=True, eq=False)
class Standard:
    """One rule. One of ``starts_on``, ``when``, ``on_change`` starts a once-clock; an every-clock starts on ``while_``.

    ``while_`` holds the conditions under which a duty opens and stays open; that the case is open goes without saying.
    """

    id: str
    title: str
    of: Of
    clock: ClockKind
    allowed: Allowance
    met_by: tuple[Match, ...]
    source: str
    while_: tuple[Condition, ...] = ()
    starts_on: Match | None = None
    when: bool = False
    on_change: str = ""
    key: str = ""
    assumption: bool = False


@dataclass(frozen=True, eq=False)
class Pack:
    """Standards that belong together, and the days on which a clock may start under them (None: no limit)."""

    name: str
    title: str
    source: str
    standards: tuple[Standard, ...]
    tables: Mapping[str, Table]
    in_force_from: date | None = None
    in_force_until: date | None = None

    def standard(self, standard_id: str) -> Standard:
        """The standard with this id. Raises KeyError."""
        return next((one for one in self.standards if one.id == standard_id), None) or _missing(standard_id)

    def in_force_on(self, day: date) -> bool:
        """Whether a clock that starts on this day is judged by this pack."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_until is None or day <= self.in_force_until
        )

    def forces(self) -> frozenset[str]:
        """The forces that its tables know; empty when no table asks for the force."""
        return frozenset(
            str(row[table.by.index("force")])
            for table in self.tables.values()
            if "force" in table.by
            for row in table.rows
        )


def _missing(standard_id: str) -> Standard:
    raise KeyError(standard_id)
