"""Annual reports of a demonstration's first board: the last year's is being written, that of the year before is out."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.annual_report.models import AnnualReport
from openmappa.annual_report.queries.content import report_content, seal_of
from openmappa.annual_report.services.publishing import publish_report
from openmappa.annual_report.services.writing import begin_report, write_commentary
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.caseload.services.content.moments import working_day
from openmappa.cases.models import Case
from openmappa.core.board.annual_report import Section
from openmappa.core.board.years import BoardYear, year_of
from openmappa.core.synthetic.content.board.report_words import DRAFTED, PUBLISHED, PUBLISHED_AFTER
from openmappa.core.synthetic.content.live import NEWCOMERS
from openmappa.timeline.models import Fact

TIME = time(11, 0)
WRITTEN_FOR = timedelta(days=30)


def leave_reports(desk: Desk, source: str) -> int:
    """Leave both reports, each only where the source reaches back to the first day of its year; how many there are."""
    year = year_of(timezone.localdate()).before
    if not _reaches(desk, source, year):
        return 0
    with a_deed(), as_person(desk.coordinator):
        _written(desk.coordinator, year, DRAFTED)
    if not _reaches(desk, source, year.before):
        return 1
    on = working_day(year.before.until + timedelta(days=PUBLISHED_AFTER))
    at = timezone.make_aware(datetime.combine(on, TIME))
    with a_deed(), as_person(desk.coordinator):
        report = _written(desk.coordinator, year.before, PUBLISHED, at - WRITTEN_FOR)
        publish_report(by=desk.coordinator, report=report, seen=seal_of(report_content(report, on)), at=at)
    return 2


def _reaches(desk: Desk, source: str, year: BoardYear) -> bool:
    """Whether somebody of the area, the newcomers apart, was on the record when a year began."""
    with a_deed():
        cases = Case.objects.filter(area=desk.area, source=source)
        for newcomer in NEWCOMERS:
            cases = cases.exclude(reference__endswith=newcomer)
        return Fact.objects.filter(case__in=cases, on__lte=year.since).exists()


def _written(by: User, year: BoardYear, words: Mapping[str, str], at: datetime | None = None) -> AnnualReport:
    assert by.area is not None
    report = begin_report(by=by, area=by.area, year=year, at=at)
    for section, said in words.items():
        write_commentary(by=by, report=report, section=Section(section), words=said, seen=0)
    return report
