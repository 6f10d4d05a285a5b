"""Reports that are being written and that were published, and who does what with them."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from openmappa.accounts.models import Area, User
from openmappa.annual_report.models import AnnualReport, Commentary, PublishedReport
from openmappa.board.models.seats import Member
from openmappa.core.access import Permission, Role
from openmappa.core.board.annual_report import years_to_report
from openmappa.core.board.years import BoardYear


def reports_of(area: Area) -> list[AnnualReport]:
    """The reports of an area, the latest year first, each with what was published of it. Two queries."""
    published = PublishedReport.objects.defer("content").order_by("-number")
    rows = AnnualReport.objects.filter(area=area).select_related("area", "begun_by")
    return list(rows.prefetch_related(Prefetch("published", published)))


def years_open(area: Area, today: date) -> list[BoardYear]:
    """The years for which a report can be begun: over, and without one. One query."""
    begun = set(AnnualReport.objects.filter(area=area).values_list("year", flat=True))
    return [year for year in years_to_report(today) if year.start not in begun]


def report_of(area: Area, key: uuid.UUID) -> AnnualReport:
    """One report of this area. Raises Http404. One query."""
    row = AnnualReport.objects.filter(area=area, key=key).select_related("area").first()
    if row is None:
        raise Http404("No such report of this board")
    return row


def published_report(areas: Sequence[Area], key: uuid.UUID, number: int) -> PublishedReport:
    """One version of a report of these areas. Raises Http404. One query."""
    rows = PublishedReport.objects.filter(report__area__in=areas, report__key=key, number=number)
    row = rows.select_related("report__area", "published_by").first()
    if row is None:
        raise Http404("No such published report")
    return row


def versions_of(report: AnnualReport) -> list[PublishedReport]:
    """What was published of a report, the latest first, without its content. One query."""
    return list(PublishedReport.objects.filter(report=report).defer("content").select_related("published_by"))


def commentaries_of(report: AnnualReport) -> Mapping[str, Commentary]:
    """What was written on it, by section. One query."""
    rows = Commentary.objects.filter(report=report).select_related("written_by")
    return {row.section: row for row in rows}


def publishes(user: User, area: Area, today: date) -> bool:
    """Whether this person may publish the report of an area: its coordinator, or the member who has the chair.

    One query at most.
    """
    if user.area_id != area.pk or not user.may(Permission.KEEP_BOARD):
        return False
    if user.role == Role.MAPPA_COORDINATOR:
        return True
    return Member.objects.filter(area=area, person=user, chairs=True).seated_on(today).exists()
