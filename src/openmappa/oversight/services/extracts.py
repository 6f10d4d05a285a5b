"""Taking rows out of the log for somebody outside, such as the Information Commissioner: as a table, and logged."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.models import Event, Operation
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.spreadsheets import as_csv
from openmappa.oversight.errors import TooMuch
from openmappa.oversight.queries.cases import Subject
from openmappa.oversight.queries.log import Asked, Line, events_between, events_of_case, events_of_person, lines

MOST_ROWS = 100_000
HEADINGS = (
    "Event",
    "Time (UTC)",
    "Operation",
    "What",
    "Outcome",
    "Person",
    "Name",
    "Role",
    "Agency",
    "By what right",
    "Channel",
    "Recipient",
    "Case",
    "Cases listed",
    "Classes of fields",
    "Correlation",
)


def extract_from_log(*, by: User, case: Subject | None, person: User | None, asked: Asked, recipient: str) -> str:
    """The rows of the log of a case, of a person, or of both, within a span, as comma-separated values, newest first.

    It is a disclosure of its own, and logged with whom it is for. Raises TooMuch for more than 100,000 rows: a part of
    an extract must not pass for the whole.
    """
    require(by, Permission.READ_AUDIT)
    events = _events(case, person, asked)
    if len(events) > MOST_ROWS:
        raise TooMuch(MOST_ROWS)
    about = {"rows": len(events), "from": asked.from_at, "until": asked.until_at}
    log(
        by=by,
        verb="extract from log",
        operation=Operation.DISCLOSURE,
        case_id=case.pk if case else None,
        recipient=recipient,
        about=about | ({"person": person.pk} if person else {}),
    )
    made = f"{settings.OPENMAPPA_MARKING}. Extract from the log for {recipient}, made by {by.full_name}, "
    made += f"{timezone.now():%Y-%m-%d %H:%M} UTC, {len(events)} rows"
    return as_csv([(made,), HEADINGS, *(_row(line) for line in lines(by, events))])


def _events(case: Subject | None, person: User | None, asked: Asked) -> Sequence[Event]:
    if case is not None:
        return events_of_case(case.pk, asked, by_id=person.pk if person else None, at_most=MOST_ROWS + 1)
    if person is not None:
        return events_of_person(person.pk, asked, at_most=MOST_ROWS + 1)
    return events_between(asked, at_most=MOST_ROWS + 1)


def _row(line: Line) -> tuple[object, ...]:
    event = line.event
    return (
        event.pk,
        _utc(event.at),
        event.operation,
        line.what,
        event.outcome,
        event.by_id,
        event.by_name,
        event.role,
        event.agency,
        event.acting,
        event.channel,
        event.recipient,
        line.case.reference if line.case else "" if event.case_id is None else f"number {event.case_id}",
        " ".join(subject.reference for subject in line.listed),
        " ".join(event.classes),
        event.correlation,
    )


def _utc(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
