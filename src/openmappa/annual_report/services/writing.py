"""Writing an annual report: begun by one press, its standards chosen, its foreword and commentaries written."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.annual_report.errors import ChangedSince, NotTheirs, NotWritten
from openmappa.annual_report.models import AnnualReport, Commentary
from openmappa.audit.services import log
from openmappa.board.queries.figures import standards_by_id
from openmappa.board.queries.rules import rules
from openmappa.core.access import Permission
from openmappa.core.board.annual_report import Section, years_to_report
from openmappa.core.board.years import BoardYear

LONGEST = 10_000


def begin_report(
    *, by: User, area: Area, year: BoardYear, submission: uuid.UUID | None = None, at: datetime | None = None
) -> AnnualReport:
    """Draft the report on a year that is over, with the pack's standards. The same form sent again returns the first.

    ``at`` is when it was begun, of one that is entered later; now where it is left out.

    Raises NotAllowed, NotTheirs, NotWritten.
    """
    require_to_write(by, area)
    with transaction.atomic():
        earlier = AnnualReport.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        if year not in years_to_report(timezone.localdate()):
            raise NotWritten({"year": "Select a year that is over"})
        if AnnualReport.objects.filter(area=area, year=year.start).exists():
            raise NotWritten({"year": "The report on this year is begun already"})
        row = AnnualReport.objects.create(
            submission=submission,
            area=area,
            year=year.start,
            standards=list(rules().standing.standards),
            begun_by=by,
            begun_at=at or timezone.now(),
        )
        log(by=by, verb="begin annual report", about={"report": str(row.key), "area": area.code, "year": year.short})
        return row


def choose_standards(*, by: User, report: AnnualReport, standards: Sequence[str], seen: int | None) -> AnnualReport:
    """Choose the standards whose figures a report shows. Raises NotAllowed, NotTheirs, NotWritten, ChangedSince."""
    require_to_write(by, report.area)
    if unknown := set(standards) - set(standards_by_id()):
        raise NotWritten({"standards": f"There is no standard {sorted(unknown)[0]}"})
    with transaction.atomic():
        row = AnnualReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if seen != row.version:
            raise ChangedSince
        row.standards, row.version = list(dict.fromkeys(standards)), row.version + 1
        row.save(update_fields=["standards", "version"])
        log(by=by, verb="choose standards of annual report", about={"report": str(row.key)})
        return row


def write_commentary(*, by: User, report: AnnualReport, section: Section, words: str, seen: int | None) -> Commentary:
    """Write on a section, or the foreword; ``seen`` is the version that was open, 0 where nothing was written.

    Raises NotAllowed, NotTheirs, NotWritten, ChangedSince.
    """
    require_to_write(by, report.area)
    if len(words) > LONGEST:
        raise NotWritten({"words": f"Write {LONGEST} characters or fewer"})
    with transaction.atomic():
        AnnualReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        row = Commentary.objects.filter(report=report, section=section).first()
        if seen != (row.version if row else 0):
            raise ChangedSince
        if row is None:
            row = Commentary(report=report, section=section, version=0)
        row.words, row.written_by, row.written_at = words.strip(), by, timezone.now()
        row.version += 1
        row.save()
        log(by=by, verb="write in annual report", about={"report": str(report.key), "section": section.value})
        return row


def require_to_write(by: User, area: Area) -> None:
    """Raise NotAllowed unless the person keeps a board, NotTheirs unless it is this one."""
    require(by, Permission.KEEP_BOARD)
    if by.area_id != area.pk:
        raise NotTheirs("The coordinator and the members of the board of an area write its report.")
