"""What the log says of one case or of one person, newest first, a page at a time.

The database's functions decide who may ask (``migrations/0002_questions_to_the_log``): an auditor, a line manager of
the case or of the person's unit, and everybody of themselves. A page is asked for by the last event of the page before,
not by a number: what lies before it is not read again, and what is added meanwhile moves nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from openmappa.accounts.models import User
from openmappa.audit.models import Channel, Event, Operation, Outcome
from openmappa.core.access import ROLES
from openmappa.core.compartments import FieldClass
from openmappa.oversight.queries.cases import Subject, references
from openmappa.oversight.shown import Verb, page_label
from openmappa.ui.formats import joined, words

A_PAGE = 50
EVER: tuple[datetime, datetime] = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
EPOCH = EVER[0]
LOOKS = (Operation.CONSULTATION, Operation.DISCLOSURE)
CHANGES = (Operation.COLLECTION, Operation.ALTERATION, Operation.COMBINATION, Operation.ERASURE)
KINDS: Mapping[str, tuple[str, Sequence[str]]] = {
    "looks": ("Opened, shown in lists, printed and exported", LOOKS),
    "disclosures": ("Printed and exported only", (Operation.DISCLOSURE,)),
    "changes": ("Recorded and changed", CHANGES),
    "access": ("Refusals, searches, reading of the log, sign-ins", (Operation.ACCESS,)),
    "everything": ("Everything", ()),
}
"""What of the log can be asked for: by slug, its words and its operations."""
DONE: Mapping[str, str] = {
    Verb.READ_CASE: "Opened",
    Verb.READ_LIST: "Shown in a list",
    Verb.READ_LOG: "Read the log",
    Verb.SEARCH: "Searched for somebody",
    Verb.ASK: "Asked for a page",
}


@dataclass(frozen=True)
class Asked:
    """What of the log is asked for: which operations, from when, until when, after which event of the page before."""

    what: str = "looks"
    from_at: datetime = EVER[0]
    until_at: datetime = EVER[1]
    after: tuple[datetime, int] | None = None

    @property
    def operations(self) -> list[str]:
        """The operations asked for; none for all."""
        return [str(each) for each in KINDS[self.what][1]]

    @property
    def before(self) -> tuple[datetime, int]:
        """Only what is older than this instant and this event is wanted."""
        return self.after or (self.until_at, 0)


@dataclass(frozen=True)
class Line:
    """One event as the pages say it."""

    event: Event
    case: Subject | None
    listed: tuple[Subject, ...]

    @property
    def what(self) -> str:
        """What was done, in words: ``Opened: Front sheet``."""
        page = str(self.event.about.get("page", ""))
        done = DONE.get(self.event.verb) or words(self.event.verb.replace(" ", "_"))
        return f"{done}: {page_label(page)}" if page else done

    @property
    def who(self) -> str:
        """Who did it, with role and agency at the time."""
        role = next((facts.label for role, facts in ROLES.items() if role == self.event.role), "")
        return ", ".join(part for part in (role, self.event.agency) if part)

    @property
    def classes(self) -> str:
        """The classes of the fields that were shown, in words."""
        return joined([each.value for each in FieldClass if each.value in self.event.classes])

    @property
    def is_refused(self) -> bool:
        """Whether it was asked for and refused."""
        return self.event.outcome == Outcome.REFUSED

    @property
    def way(self) -> str:
        """How it left the screen or did not come from one: print, export, command line, API; nothing for a page."""
        return "" if self.event.channel == Channel.WEB else Channel(self.event.channel).label

    @property
    def unnamed(self) -> int:
        """How many cases of a list the reader of the log is not told by reference."""
        return len(self.event.case_ids) - len(self.listed)

    @property
    def acting(self) -> str:
        """By what further right it was done, such as emergency access; nothing where it was the person's own."""
        return words(self.event.acting.replace(" ", "_")) if self.event.acting else ""


@dataclass(frozen=True)
class LogPage:
    """Some lines of the log, and how to ask for the older ones; empty when there are none."""

    lines: tuple[Line, ...]
    older: str


@dataclass(frozen=True)
class CaseReader:
    """Somebody who saw a case, was shown it in lists, printed or exported it, or was refused: how often, and when."""

    by_id: int | None
    by_name: str
    agency: str
    role: str
    opened: int
    listed: int
    disclosed: int
    refused: int
    classes: tuple[str, ...]
    first_at: datetime
    last_at: datetime

    @property
    def who(self) -> str:
        """Role and agency at the time."""
        role = next((facts.label for role, facts in ROLES.items() if role == self.role), "")
        return ", ".join(part for part in (role, self.agency) if part)

    @property
    def saw(self) -> str:
        """The classes of fields this person was shown, in words."""
        return joined([each.value for each in FieldClass if each.value in self.classes])


def log_of_case(user: User, case_id: int, asked: Asked) -> LogPage:
    """What was seen of a case and done to it, as far as this person may know."""
    return _page(user, events_of_case(case_id, asked, at_most=A_PAGE + 1))


def log_of_person(user: User, person: User, asked: Asked) -> LogPage:
    """What a person has seen and done, as far as the asker may know."""
    return _page(user, events_of_person(person.pk, asked, at_most=A_PAGE + 1))


def events_of_case(case_id: int, asked: Asked, *, by_id: int | None = None, at_most: int) -> list[Event]:
    """The newest events of a case, of one person if asked. The months are asked one by one until there are enough."""
    values = [case_id, asked.from_at, *asked.before, asked.operations, by_id, at_most]
    return list(Event.objects.raw("SELECT * FROM oversight_log_of_case(%s, %s, %s, %s, %s::text[], %s, %s)", values))


def events_of_person(person_id: int, asked: Asked, *, at_most: int) -> list[Event]:
    """The newest events of a person. One scan of the index by person and time, until there are enough."""
    values = [person_id, asked.from_at, *asked.before, asked.operations, at_most]
    return list(Event.objects.raw("SELECT * FROM oversight_log_of_person(%s, %s, %s, %s, %s::text[], %s)", values))


def events_between(asked: Asked, *, at_most: int) -> list[Event]:
    """The newest events of everybody on every case; what the reader may not see of the log is not there."""
    rows = Event.objects.filter(at__gte=asked.from_at, at__lt=asked.until_at).order_by("-at", "-id")
    return list(rows.filter(operation__in=asked.operations)[:at_most] if asked.operations else rows[:at_most])


def readers_of_case(case_id: int, asked: Asked) -> list[CaseReader]:
    """Everybody who saw a case within a span, whoever saw it last first: what a report of a breach begins with."""
    rows = Event.objects.raw(
        "SELECT 0 AS id, reader.* FROM oversight_readers_of_case(%s, %s, %s) reader",
        [case_id, asked.from_at, asked.until_at],
    )
    return [_reader(vars(row)) for row in rows]


def lines(user: User, events: Sequence[Event]) -> list[Line]:
    """Events with the references of their cases, as far as this person may know them. One query."""
    ids = {case for event in events for case in (*event.case_ids, event.case_id) if case is not None}
    known = references(user, ids) if ids else {}
    return [
        Line(
            event,
            known.get(event.case_id) if event.case_id is not None else None,
            tuple(known[case] for case in event.case_ids if case in known),
        )
        for event in events
    ]


def token_of(event: Event) -> str:
    """Where a page ends, for the address of the next one: microseconds and the event's number."""
    return f"{(event.at - EPOCH) // timedelta(microseconds=1)}-{event.pk}"


def place_of(token: str) -> tuple[datetime, int] | None:
    """The instant and event that a token means; None for what is none."""
    micros, _, number = token.partition("-")
    if not (micros.isascii() and micros.isdecimal() and len(micros) < 17):
        return None
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return EPOCH + timedelta(microseconds=int(micros)), int(number)


def _reader(row: Mapping[str, Any]) -> CaseReader:
    given = {each.name: row[each.name] for each in fields(CaseReader)}
    return CaseReader(**given | {"classes": tuple(row["classes"] or ())})


def _page(user: User, events: Sequence[Event]) -> LogPage:
    shown = events[:A_PAGE]
    older = token_of(shown[-1]) if len(events) > A_PAGE else ""
    return LogPage(tuple(lines(user, shown)), older)
