"""The engine: a case's facts, a standards pack and a day give the case's duties (standards, sections 3 to 5).

Pure: the same facts, pack and day give the same duties, whoever asks and whenever.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from openmappa.core.packs.model import Pack
from openmappa.core.standards.clocks import plan_for
from openmappa.core.standards.days import case_so_far
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.following import Followed

CONDITION = "condition"
"""What ``because_kind`` is when no fact started the clock, but a condition that became true."""


class Outcome(StrEnum):
    """What became of a duty by a given day (standards, section 5)."""

    MET = "met"
    MET_LATE = "met_late"
    DUE = "due"
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    MISSED = "missed"


def outcome_on(day: date, due_on: date, met_on: date | None, closed_on: date | None) -> Outcome:
    """The outcome on ``day`` of a duty with these dates, none of which is after ``day``."""
    if met_on is not None:
        return Outcome.MET if met_on <= due_on else Outcome.MET_LATE
    if closed_on is not None:
        return Outcome.LAPSED if closed_on <= due_on else Outcome.MISSED
    return Outcome.DUE if day <= due_on else Outcome.OVERDUE


class Duty(NamedTuple):
    """Something that is, or was, due. ``because_position`` is the place, in the facts that were given, of the fact that
    started the clock; None for a condition."""

    standard: str
    of: str
    opened_on: date
    due_on: date
    met_on: date | None
    closed_on: date | None
    because_kind: str
    because_on: date
    because_position: int | None
    source: str

    def outcome(self, on: date) -> Outcome:
        """What had become of it by the end of ``on``: the day it was worked out for, or later without new facts."""
        return outcome_on(on, self.due_on, self.met_on, self.closed_on)


def _as_duty(followed: Followed) -> Duty:
    """The duty as others see it."""
    standard, start = followed.clock.standard, followed.start
    return Duty(
        standard.id,
        followed.of,
        followed.opened_on,
        followed.due_on,
        followed.met_on,
        followed.closed_on,
        CONDITION if start is None else start.kind,
        followed.opened_on if start is None else start.on,
        followed.position,
        standard.source,
    )


def duties(
    facts: Sequence[Fact],
    pack: Pack | tuple[Pack, ...],
    *,
    force: str,
    as_of: date,
    known_on: date | None = None,
) -> list[Duty]:
    """The duties of a case as of a day, by standard, day of opening, due date and position of the starting fact.

    One pack judges everything; several judge each clock by the pack in force on the day it started. With ``known_on``,
    facts written down after that day do not exist. Raises UnknownForce.
    """
    plan = plan_for(pack)
    plan.check_force(force)
    case = case_so_far(facts, plan, force=force, as_of=as_of, known_on=known_on)
    found = [_as_duty(duty) for duty in case.followed]
    found.sort(key=lambda duty: (duty.standard, duty.opened_on, duty.due_on, duty.because_position or 0))
    return found
