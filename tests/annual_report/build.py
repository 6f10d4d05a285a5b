"""Made-up annual reports: rows as they stand in the tables, and reports as the board writes them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.annual_report.models import AnnualReport, Commentary, PublishedReport
from openmappa.annual_report.queries.content import report_content, seal_of
from openmappa.annual_report.services.publishing import publish_report
from openmappa.annual_report.services.writing import begin_report, write_commentary
from openmappa.core.board.annual_report import Section, years_to_report
from openmappa.core.board.years import BoardYear
from tests.timeline.build import make_area, today


def year() -> BoardYear:
    """The last year that is over."""
    return years_to_report(today())[0]


def before_the_end(days: int) -> date:
    """So many days before the last of it."""
    return year().until - timedelta(days=days)


def a_report(by: User, area: Area | None = None, **changed: Any) -> AnnualReport:
    plain = {"area": area or by.area or make_area(), "year": year().start, "begun_by": by, "begun_at": timezone.now()}
    return AnnualReport.objects.create(**(plain | changed))


def a_commentary(report: AnnualReport, by: User, **changed: Any) -> Commentary:
    plain = {"report": report, "section": "foreword", "words": "A year.", "written_by": by}
    return Commentary.objects.create(**(plain | {"written_at": timezone.now()} | changed))


def a_published_report(report: AnnualReport, by: User, **changed: Any) -> PublishedReport:
    plain = {"report": report, "number": 1, "title": "Annual report", "content": {}, "published_by": by}
    return PublishedReport.objects.create(**(plain | {"published_at": timezone.now()} | changed))


def begun(by: User) -> AnnualReport:
    assert by.area is not None
    with as_person(by):
        return begin_report(by=by, area=by.area, year=year())


def wrote(by: User, report: AnnualReport, words: str, section: Section = Section.FOREWORD, seen: int = 0) -> Commentary:
    with as_person(by):
        return write_commentary(by=by, report=report, section=section, words=words, seen=seen)


def published(by: User, report: AnnualReport, corrects: str = "") -> PublishedReport:
    with as_person(by):
        seen = seal_of(report_content(report, today()))
        return publish_report(by=by, report=report, seen=seen, corrects=corrects)
