"""How much somebody may read before a colleague is asked to look at it, and before it stops: one table by role.

No standard and no paragraph gives these numbers: they are ours, each with its reason. They are meant to be out of the
way of the work as the joint inspection found it (officers with 40 to 200 people each, case managers with 25; 6.5), and
in the way of somebody who turns the pages of a whole area. OWASP ASVS 5.0, 2.4.1, asks for such limits.

Windows roll: an hour is the last sixty minutes and a day the last twenty-four hours, so that a night shift is counted
like a day shift. Nothing here reads a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from openmappa.core.access import Role

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


class Measure(StrEnum):
    """What is counted of somebody's reading."""

    OPENED_IN_AN_HOUR = "opened_in_an_hour"
    OPENED_IN_A_DAY = "opened_in_a_day"
    LISTED_IN_A_DAY = "listed_in_a_day"
    OUTSIDE_CASELOAD = "outside_caseload"
    SAME_WORDS = "same_words"

    @property
    def label(self) -> str:
        """What was counted, as pages say it after a number: ``61 different cases opened within an hour``."""
        return LABELS[self]


LABELS: Mapping[Measure, str] = {
    Measure.OPENED_IN_AN_HOUR: "different cases opened within an hour",
    Measure.OPENED_IN_A_DAY: "different cases opened within 24 hours",
    Measure.LISTED_IN_A_DAY: "different cases shown in lists, searches and exports within 24 hours",
    Measure.OUTSIDE_CASELOAD: "per cent of the cases opened within 24 hours were not of the person’s own or their unit",
    Measure.SAME_WORDS: "searches for the same words within 24 hours",
}


class Limit(NamedTuple):
    """Past ``soft`` a colleague is told. At ``hard`` nothing further is opened; None where reading never stops."""

    soft: int
    hard: int | None
    reason: str


_PO, _CM, _LM, _MC = Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR
_VCO, _PARTNER, _SMB, _INSPECTOR = (
    Role.VICTIM_CONTACT_OFFICER,
    Role.PARTNER_MEMBER,
    Role.SMB_MEMBER,
    Role.INSPECTOR,
)
_PAGES_TURNED = "one case every two and a half minutes for an hour is no longer work on them; one a minute is copying"
_WHOLE_SHIFT = "one case every six minutes of an eight-hour shift; nearly twice that is no shift’s work"
_OWN_LISTS = "lists show the cases of one’s unit, some hundreds (6.5); far more means that lists are being gone through"

LIMITS: Mapping[Measure, Mapping[Role, Limit]] = {
    Measure.OPENED_IN_AN_HOUR: {
        _PO: Limit(25, 60, _PAGES_TURNED),
        _CM: Limit(25, 60, _PAGES_TURNED),
        _LM: Limit(40, 80, "reads the cases of several officers, and countersigns many in one sitting"),
        _MC: Limit(40, 80, "prepares meetings: twenty cases on one agenda, each opened with its neighbours"),
        _VCO: Limit(15, 30, "opens the cases they were named for, of which there are fewer"),
        _PARTNER: Limit(10, 20, "opens what is on the agenda of a meeting they were invited to"),
        _SMB: Limit(10, 20, "opens the handful of cases drawn for an audit"),
        _INSPECTOR: Limit(25, 60, "reads a sample, and reads each case of it thoroughly"),
    },
    Measure.OPENED_IN_A_DAY: {
        _PO: Limit(80, 150, _WHOLE_SHIFT),
        _CM: Limit(80, 150, _WHOLE_SHIFT),
        _LM: Limit(120, 240, "reads the cases of several officers; half as many again as one of them"),
        _MC: Limit(120, 240, "two long meeting agendas in one day, each case opened more than once a year"),
        _VCO: Limit(40, 80, "opens the cases they were named for, of which there are fewer"),
        _PARTNER: Limit(25, 50, "one meeting’s agenda a day"),
        _SMB: Limit(20, 40, "a case audit of a day"),
        _INSPECTOR: Limit(60, 120, "a sample of an area is about 100 cases, read over a week or two"),
    },
    Measure.LISTED_IN_A_DAY: {
        _PO: Limit(500, 1500, _OWN_LISTS),
        _CM: Limit(500, 1500, _OWN_LISTS),
        _LM: Limit(1000, 3000, "the lists of every unit they manage"),
        _MC: Limit(2000, 6000, "the lists of a whole area, which may hold some thousands"),
        _VCO: Limit(150, 500, "lists only the cases they were named for"),
        _PARTNER: Limit(50, 150, "lists only the cases they were invited to"),
        _SMB: Limit(50, 150, "lists only the cases drawn for an audit"),
        _INSPECTOR: Limit(300, 1000, "lists only the sample"),
    },
    Measure.OUTSIDE_CASELOAD: {
        _PO: Limit(50, None, "invitations, cover and emergencies are the exception; never a reason to stop somebody"),
        _CM: Limit(50, None, "invitations, cover and emergencies are the exception; never a reason to stop somebody"),
        _LM: Limit(50, None, "they manage the units whose cases they read; never a reason to stop somebody"),
    },
    Measure.SAME_WORDS: {
        role: Limit(6, None, "somebody at work looks for a person once or twice a day; curiosity goes on looking")
        for role in (_PO, _CM, _LM, _MC, _VCO)
    },
}
"""The table. A role without a row is not counted: it opens no case, or what it opens was chosen for it."""

FEW_CASES: Final = 10
"""Below this many cases opened in a day, a share of them says nothing."""
FORM_MAY_BE_OPEN: Final = timedelta(hours=12)
"""How long ago somebody may have opened a form that they still have before them; no session lasts longer."""
SENDINGS_LET_THROUGH: Final = 10
"""How many forms opened before a stop are still taken during it: what was typed is not lost, and no case is new."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that somebody opened, and when they last did."""

    case: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Passed:
    """A limit that was passed: how much was counted against how much, and for a stop until when it lasts."""

    measure: Measure
    count: int
    limit: int
    until: datetime | None = None

    @property
    def is_stop(self) -> bool:
        """Whether reading stops because of it."""
        return self.until is not None


def limit_of(role: str, measure: Measure, *, factor: float = 1) -> Limit | None:
    """The limit of a role; ``factor`` multiplies counts, never a share. None where the role is not counted."""
    found = next((limit for each, limit in LIMITS[measure].items() if each == role), None)
    if found is None or measure is Measure.OUTSIDE_CASELOAD:
        return found
    hard = None if found.hard is None else int(found.hard * factor)
    return Limit(int(found.soft * factor), hard, found.reason)


def stopped_from_opening(
    role: str, case: int, opened: Iterable[Opened], now: datetime, *, factor: float = 1
) -> Passed | None:
    """The stop that somebody runs into who wants to open this case, or None. Of two, the one that lasts longer.

    ``opened`` holds each case of the last day once. A case that is open already is no further one within the same
    window: going on reading what one reads never stops anybody.
    """
    known = list(opened)
    stops = [
        stop
        for measure, window in ((Measure.OPENED_IN_AN_HOUR, HOUR), (Measure.OPENED_IN_A_DAY, DAY))
        if (stop := _stop(role, measure, case, [each for each in known if each.at > now - window], window, factor))
    ]
    return max(stops, key=lambda stop: stop.until or now, default=None)


def stopped_from_listing(role: str, listed: int, now: datetime, *, factor: float = 1) -> Passed | None:
    """The stop after lists have shown this many different cases within a day, or None. It lasts a day."""
    limit = limit_of(role, Measure.LISTED_IN_A_DAY, factor=factor)
    if limit is None or limit.hard is None or listed <= limit.hard:
        return None
    return Passed(Measure.LISTED_IN_A_DAY, listed, limit.hard, now + DAY)


def unusual_opening(role: str, opened: Iterable[Opened], now: datetime, *, factor: float = 1) -> list[Passed]:
    """The soft limits on opening cases that are passed by what was opened up to now, this case included."""
    known = list(opened)
    counts = {
        Measure.OPENED_IN_AN_HOUR: sum(each.at > now - HOUR for each in known),
        Measure.OPENED_IN_A_DAY: sum(each.at > now - DAY for each in known),
    }
    return [passed for measure, count in counts.items() if (passed := unusual(role, measure, count, factor=factor))]


def unusual_share(role: str, outside: int, opened: int) -> Passed | None:
    """Whether too large a share of the cases opened in a day is outside somebody's caseload: above it, not at it."""
    if opened < FEW_CASES:
        return None
    return unusual(role, Measure.OUTSIDE_CASELOAD, outside * 100 // opened)


def unusual(role: str, measure: Measure, count: int, *, factor: float = 1) -> Passed | None:
    """Whether a count is past the soft limit: above it, not at it."""
    limit = limit_of(role, measure, factor=factor)
    return Passed(measure, count, limit.soft) if limit is not None and count > limit.soft else None


def _stop(
    role: str, measure: Measure, case: int, opened: list[Opened], window: timedelta, factor: float
) -> Passed | None:
    limit = limit_of(role, measure, factor=factor)
    if limit is None or limit.hard is None or len(opened) < limit.hard or any(each.case == case for each in opened):
        return None
    # As the oldest fall out of the window, one by one, there is room again for one more.
    oldest_first = sorted(each.at for each in opened)
    return Passed(measure, len(opened) + 1, limit.hard, oldest_first[len(opened) - limit.hard] + window)
