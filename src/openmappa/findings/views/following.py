"""Published reports, as pages and PDF, and what became of each recommendation."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.core.access import Permission
from openmappa.findings.forms.asking import FollowUpForm
from openmappa.findings.models import Outcome
from openmappa.findings.pdf import report_pdf
from openmappa.findings.queries import reading
from openmappa.findings.queries.live import live_figure
from openmappa.findings.services.publishing import follow_up
from openmappa.findings.views.charts import charts_of
from openmappa.findings.views.loading import back_to, what_was_done
from openmappa.ui.answering import done, sent


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every published report."""
    whoever_asks(request, Permission.READ_INSPECTION_REPORTS)
    return render(request, "findings/reports.html", {"rows": reading.reports()})


@require_safe
def published(request: HttpRequest, inspection: uuid.UUID, number: int) -> HttpResponse:
    """One version of a report, as it was published, with what became of its recommendations since."""
    whoever_asks(request, Permission.READ_INSPECTION_REPORTS)
    row = reading.report_version(inspection, number)
    versions = reading.versions_of(row.exercise)
    context = {"version": row, "report": row.content, "charts": charts_of(row.content), "versions": versions}
    context |= {"rows": list(reading.recommendations_of(row.exercise)), "done": what_was_done(request)}
    return render(request, "findings/published.html", context)


@require_safe
def pdf(request: HttpRequest, inspection: uuid.UUID, number: int) -> HttpResponse:
    """One version as a tagged PDF."""
    whoever_asks(request, Permission.READ_INSPECTION_REPORTS)
    row = reading.report_version(inspection, number)
    answer = HttpResponse(report_pdf(row), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"report-{row.number}.pdf") or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: HttpRequest, recommendation: uuid.UUID) -> HttpResponse:
    """One recommendation: what became of it, the live figure of its standard, and saying more."""
    user = whoever_asks(request, Permission.READ_INSPECTION_REPORTS)
    row = reading.recommendation_for(user, recommendation)
    form = FollowUpForm(sent(request))
    if form.is_bound and done(
        form,
        lambda: follow_up(
            by=user,
            recommendation=row,
            on=form.cleaned_data["on"],
            outcome=Outcome(form.cleaned_data["outcome"]),
            words=form.cleaned_data["words"],
        ),
    ):
        return back_to("recommendation", "followed-up", recommendation=recommendation)
    context = {"row": row, "form": form, "version": next(iter(reading.versions_of(row.exercise)), None)}
    context |= {"may": reading.follows_up(user, row), "done": what_was_done(request)}
    return render(
        request, "findings/recommendation.html", context | {"live": live_figure(user, row, timezone.localdate())}
    )
