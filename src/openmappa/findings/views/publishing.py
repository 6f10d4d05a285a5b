"""Recommendations, the draft of the report, and publishing it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.models import Agency, Area
from openmappa.board.queries.rows import standards
from openmappa.findings.forms.asking import PublishForm, RecommendationForm
from openmappa.findings.queries.inspected import title_of
from openmappa.findings.queries.method import what_waits
from openmappa.findings.queries.reading import findings_of, recommendations_of, refuse_unless_leading, versions_of
from openmappa.findings.queries.report import report_content
from openmappa.findings.queries.results import results_of
from openmappa.findings.services.publishing import publish_report, recommend, what_stands_in_the_way
from openmappa.findings.views.charts import charts_of
from openmappa.findings.views.loading import back_to, tell_log, what_was_done, working
from openmappa.samples.queries import leads
from openmappa.ui.answering import done, sent


@require_http_methods(["GET", "HEAD", "POST"])
def recommendations(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """What is recommended, and adding to it."""
    on = working(request, inspection)
    form = RecommendationForm(
        sent(request),
        areas=list(Area.objects.order_by("name")),
        agencies=list(Agency.objects.order_by("name")),
        standards=list(standards().items()),
    )
    if form.is_bound and done(
        form, lambda: recommend(by=on.user, exercise=on.exercise, said=form.said, submission=form.submission_key)
    ):
        return back_to("recommendations", "recommended", inspection=inspection)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "form": form}
    context |= {"rows": list(recommendations_of(on.exercise)), "done": what_was_done(request)}
    return render(request, "findings/recommendations.html", context | {"standards": standards()})


@require_safe
def draft(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """The report as it would be published now, marked as a draft."""
    on = working(request, inspection)
    tell_log(request, on.exercise, list(findings_of(on.exercise)))
    results = results_of(on.exercise)
    content = report_content(on.exercise, results)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "report": content, "version": None}
    context |= {"charts": charts_of(content), "missing": what_stands_in_the_way(on.exercise)}
    context |= {"versions": versions_of(on.exercise), "leads": leads(on.user, on.exercise)}
    context |= {"waits": what_waits(on.exercise, results)}
    return render(request, "findings/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Publish the report, or its correction."""
    on = working(request, inspection)
    refuse_unless_leading(on.user, on.exercise)
    versions = versions_of(on.exercise)
    form = PublishForm(sent(request), first=not versions)
    if form.is_bound and done(form, lambda: publish_report(by=on.user, exercise=on.exercise, **form.cleaned_data)):
        return back_to("published", "published", inspection=inspection, number=len(versions) + 1)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "form": form, "versions": versions}
    context |= {"waits": what_waits(on.exercise, results_of(on.exercise))}
    return render(request, "findings/publish.html", context | {"missing": what_stands_in_the_way(on.exercise)})
