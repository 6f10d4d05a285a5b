"""A case taken out of the record: what of it goes into a print or a file, and the log of it as a disclosure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case, Person
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment, FieldClass, reads
from openmappa.core.grading import Basis, Grading
from openmappa.notes.models import CLASS_OF, Note, open_compartments
from openmappa.notes.models import Entry as Written
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.entries import AnyEntry, Entry, NoteEntry, Wanted, entries, rows_newest_first
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.csv_files import Sharing, marked_csv
from openmappa.ui.formats import instant

NOT_FOR_THE_OFFENDER = "Not to be disclosed to the offender"


@dataclass(frozen=True)
class Line:
    """One entry of a timeline as a row of a file."""

    on: date
    kind: str
    what: str
    basis: str
    compartment: Compartment
    by: str
    at: datetime
    concerns: str = ""
    grading: Grading | None = None
    agency: str = ""
    voided: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its heading, the field whose class decides who reads it, and what stands in it."""

    title: str
    model: type[models.Model]
    field: str
    cell: Callable[[CaseFrame, Line], object]


COLUMNS: tuple[Column, ...] = (
    Column("Case", Case, "reference", lambda frame, line: frame.case.reference),
    Column("Name", Person, "family_name", lambda frame, line: frame.case.person.full_name),
    Column("Date", Fact, "on", lambda frame, line: line.on.isoformat()),
    Column("Kind", Fact, "kind", lambda frame, line: line.kind),
    Column("What", Note, "text", lambda frame, line: line.what),
    Column("Basis", Note, "basis", lambda frame, line: line.basis),
    Column("Concerns", Note, "concerns", lambda frame, line: line.concerns),
    Column("Who may read it", Note, "compartment", lambda frame, line: line.compartment.label),
    Column("Disclosure", Note, "compartment", lambda frame, line: _disclosure(line)),
    Column("Grading", Note, "handling", lambda frame, line: line.grading or ""),
    Column("Originating agency", Note, "handling", lambda frame, line: line.agency if line.grading else ""),
    Column("Recorded by", Fact, "recorded_by", lambda frame, line: line.by),
    Column("Recorded", Fact, "recorded_at", lambda frame, line: instant(timezone.localtime(line.at))),
    Column("Voided", Note, "void_reason", lambda frame, line: line.voided),
)


def disclosed_entries(
    *, by: User, frame: CaseFrame, compartments: frozenset[Compartment], sharing: Sharing, form: str
) -> list[AnyEntry]:
    """The timeline of a case for somebody else, newest first: of the chosen compartments those that ``by`` reads.

    ``form`` is how it leaves: "print" or "CSV file". Logged as a disclosure, with the recipient. Raises NotAllowed.
    """
    require(by, Permission.EXPORT_CASE)
    chosen = frozenset(each for each in _readable(by, frame.case) if each in compartments)
    with transaction.atomic():
        found = entries(frame, rows_newest_first(frame, Wanted.asked(chosen)))
        log(
            by=by,
            verb="print case" if form == "print" else "export case",
            case_id=frame.case.pk,
            about={"as": form, "why": sharing.purpose, "compartments": sorted(chosen), "entries": len(found)},
            operation="disclosure",
            classes={FieldClass.PERSONAL.value, FieldClass.SENSITIVE.value, *(CLASS_OF[each] for each in chosen)},
            recipient=sharing.recipient,
            channel="print" if form == "print" else "export",
        )
    return found


def timeline_csv(frame: CaseFrame, found: Sequence[AnyEntry], sharing: Sharing) -> str:
    """Entries as a marked file, with those columns that the reader's role reads."""
    shown = [column for column in COLUMNS if frame.user.reads(column.model, column.field)]
    lines = [line_of(each) for each in found]
    rows = [[column.cell(frame, line) for column in shown] for line in lines]
    return marked_csv(f"Timeline of case {frame.case.reference}", sharing, [column.title for column in shown], rows)


def line_of(entry: AnyEntry) -> Line:
    """An entry of any shape as a row. A voided one says so, and why, in a column of its own."""
    if isinstance(entry, Entry):
        fact = entry.fact
        by = str(fact.recorded_by) if fact.recorded_by else "Imported record"
        voided = _voided(fact.voided_by, fact.void_reason) if fact.is_voided else ""
        place, basis = Compartment.OPEN, Basis.FACT.label
        return Line(fact.on, "Fact", entry.title, basis, place, by, fact.recorded_at, voided=voided)
    row: Written = entry.note if isinstance(entry, NoteEntry) else entry.file
    what = entry.note.text if isinstance(entry, NoteEntry) else f"{entry.file.title}: {entry.file.description}"
    return Line(
        on=row.on,
        kind="Note" if isinstance(entry, NoteEntry) else "File",
        what=what.removesuffix(": "),
        basis=row.basis_label,
        compartment=row.stands_in,
        by=str(row.written_by),
        at=row.written_at,
        concerns=row.concerns_label,
        grading=row.grading,
        agency=str(row.agency),
        voided=_voided(row.voided_by, row.void_reason) if row.is_voided else "",
    )


def _readable(user: User, case: Case) -> list[Compartment]:
    """The compartments that are open to this person there, and whose class their role reads."""
    readable = open_compartments(user, case)
    return [each for each in Compartment if each in readable and reads(user.role, CLASS_OF[each])]


def _disclosure(line: Line) -> str:
    return "" if line.compartment is Compartment.OPEN else NOT_FOR_THE_OFFENDER


def _voided(by: User | None, reason: str) -> str:
    return f"By {by}: {reason}"
