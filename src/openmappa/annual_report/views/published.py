"""Published annual reports, as pages and as PDF, for those who see figures of the area."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from openmappa.annual_report.pdf import report_pdf
from openmappa.annual_report.queries.reading import published_report, reports_of, versions_of, years_open
from openmappa.board.views.loading import to_read


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The reports of an area; for those who keep its board, what is being written as well."""
    on = to_read(request)
    reports = reports_of(on.area)
    shown = {
        "reports": [each for each in reports if on.keeps or each.published.all()],
        "years": years_open(on.area, on.today) if on.keeps else [],
    }
    return render(request, "annual_report/list.html", {"on": on, **shown})


@require_safe
def show(request: HttpRequest, report: uuid.UUID, number: int) -> HttpResponse:
    """One version, as it was published."""
    on = to_read(request)
    row = published_report(on.areas, report, number)
    shown = {"version": row, "report": row.content, "versions": versions_of(row.report)}
    shown["saved"] = "The report is published" if request.GET.get("saved") == "published" else ""
    return render(request, "annual_report/published.html", {"on": on.of(row.report.area), **shown})


@require_safe
def pdf(request: HttpRequest, report: uuid.UUID, number: int) -> HttpResponse:
    """One version as a tagged PDF."""
    on = to_read(request)
    row = published_report(on.areas, report, number)
    answer = HttpResponse(report_pdf(row), content_type="application/pdf")
    name = f"mappa-annual-report-{row.report.area.code}-{row.report.year}-version-{row.number}.pdf"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer
