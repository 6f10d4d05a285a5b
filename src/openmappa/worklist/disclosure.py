"""A worklist taken out of the record as a file, and the log of it as a disclosure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case, Person
from openmappa.core.access import Permission
from openmappa.core.compartments import FieldClass
from openmappa.timeline.models import Duty, Standing
from openmappa.ui.csv_files import Sharing, marked_csv
from openmappa.ui.formats import lateness, words
from openmappa.worklist.queries.filters import Filters
from openmappa.worklist.queries.lines import Line, line, narrowed
from openmappa.worklist.queries.whose import open_duties

MOST = 2_000
"""The most duties that one file holds (ASVS 2.4.1): what nobody reads, nobody needs to carry away."""


class TooMany(Exception):
    """The list is longer than a file may be; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            f"This list has more than {MOST:,} duties, which is more than one file may hold. Filter it first."
        )


@dataclass(frozen=True)
class Column:
    """One column: its heading, the field whose class decides who reads it, and what stands in it on a day."""

    title: str
    model: type[models.Model]
    field: str
    cell: Callable[[Line, date], object]


def _standing(found: Line) -> Standing:
    case = found.duty.case
    return case.standing if hasattr(case, "standing") else Standing(case=case)


COLUMNS: tuple[Column, ...] = (
    Column("Case", Case, "reference", lambda found, today: found.duty.case.reference),
    Column("Name", Person, "family_name", lambda found, today: found.duty.case.person.full_name),
    Column("Duty", Duty, "standard", lambda found, today: found.what),
    Column("Due", Duty, "due_on", lambda found, today: found.duty.due_on.isoformat()),
    Column("How late", Duty, "due_on", lambda found, today: lateness(found.duty.due_on, today)),
    Column("Why", Duty, "because_kind", lambda found, today: found.why),
    Column("Waits for", Duty, "of", lambda found, today: found.of),
    Column("Likelihood of reconviction", Standing, "band", lambda found, today: words(_standing(found).band)),
    Column("Risk of harm", Standing, "harm_level", lambda found, today: words(_standing(found).harm_level)),
    Column("MAPPA level", Standing, "mappa_level", lambda found, today: _standing(found).mappa_level),
)


def export_worklist(*, by: User, filters: Filters, sharing: Sharing, today: date) -> str:
    """The whole worklist that was asked for, soonest due first, as a marked file, with the columns that ``by`` reads.

    Logged as a disclosure of all its cases, with the recipient. Raises NotAllowed, TooMany. Two queries and the log.
    """
    require(by, Permission.EXPORT_LIST)
    duties = narrowed(open_duties(by, filters.scope), filters).select_related(
        "case__person", "case__standing", "case__case_manager", "case__police_officer"
    )
    with transaction.atomic():
        found = [
            line(duty, duty.case, by, filters.scope) for duty in duties.order_by("due_on", "standard", "id")[: MOST + 1]
        ]
        if len(found) > MOST:
            raise TooMany
        log(
            by=by,
            verb="export worklist",
            about={"as": "CSV file", "why": sharing.purpose, "duties": len(found)},
            operation="disclosure",
            case_ids={each.duty.case_id for each in found},
            classes={FieldClass.PERSONAL.value, FieldClass.SENSITIVE.value},
            recipient=sharing.recipient,
            channel="export",
        )
    shown = [column for column in COLUMNS if by.reads(column.model, column.field)]
    rows = [[column.cell(each, today) for column in shown] for each in found]
    return marked_csv("Worklist", sharing, [column.title for column in shown], rows)
