"""Findings: all of an inspection by criterion, writing one, changing it, agreeing it, taking it away."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.findings.forms.asking import FindingForm
from openmappa.findings.queries.inspected import (
    criteria_of,
    framework_of,
    themes_chosen,
    themes_removed,
    themes_to_choose,
    title_of,
)
from openmappa.findings.queries.reading import findings_of
from openmappa.findings.queries.results import results_of
from openmappa.findings.services.writing import agree_finding, change_finding, take_away_finding, write_finding
from openmappa.findings.views.loading import back_to, finding_cited, tell_log, what_was_done, working
from openmappa.samples.queries import areas_of, leads
from openmappa.ui.answering import done, sent
from openmappa.ui.forms import Form


@require_safe
def every(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Every finding, chapter by chapter and criterion by criterion."""
    on = working(request, inspection)
    rows = list(findings_of(on.exercise))
    tell_log(request, on.exercise, rows)
    by_criterion = {code: [row for row in rows if row.criterion == code] for code in criteria_of(on.exercise)}
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "framework": framework_of(on.exercise)}
    context |= {"by_criterion": by_criterion, "done": what_was_done(request), "total": len(rows)}
    context["removed"] = themes_removed(on.exercise, rows)
    return render(request, "findings/list.html", context | {"leads": leads(on.user, on.exercise)})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, inspection: uuid.UUID, criterion: str) -> HttpResponse:
    """Write a finding on a criterion, with its figures beside."""
    on = working(request, inspection)
    asked = criteria_of(on.exercise).get(criterion)
    if asked is None:
        raise Http404("No such criterion")
    form = FindingForm(
        sent(request),
        framework=framework_of(on.exercise),
        criterion=criterion,
        areas=areas_of(on.exercise),
        themes=themes_to_choose(on.exercise),
    )
    if form.is_bound and done(
        form,
        lambda: write_finding(by=on.user, exercise=on.exercise, said=form.said, submission=form.submission_key),
    ):
        return back_to("list", "written", inspection=inspection)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "form": form, "criterion": asked}
    return render(request, "findings/write.html", context | {"results": results_of(on.exercise), "finding": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, inspection: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Change a finding; it is a draft again until it is agreed."""
    on = working(request, inspection)
    row = finding_cited(request, on, finding)
    initial = {"sort": row.sort, "area": str(row.area_id or ""), "text": row.text, "version": row.version}
    initial |= {
        "questions": row.questions,
        "cases": " ".join(row.cases),
        "themes": themes_chosen(on.exercise, row.themes),
    }
    form = FindingForm(
        sent(request),
        initial=initial,
        framework=framework_of(on.exercise),
        criterion=row.criterion,
        areas=areas_of(on.exercise),
        themes=themes_to_choose(on.exercise),
    )
    if form.is_bound and done(form, lambda: change_finding(by=on.user, finding=row, said=form.said, seen=form.seen)):
        return back_to("list", "changed", inspection=inspection)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "form": form, "finding": row}
    context |= {"criterion": criteria_of(on.exercise)[row.criterion], "results": results_of(on.exercise)}
    return render(request, "findings/write.html", context)


@require_POST
def agree(request: HttpRequest, inspection: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Agree a finding."""
    on = working(request, inspection)
    agree_finding(by=on.user, finding=finding_cited(request, on, finding))
    return back_to("list", "agreed", inspection=inspection)


@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request: HttpRequest, inspection: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Ask whether a draft is to go, and take it away."""
    on = working(request, inspection)
    row = finding_cited(request, on, finding)
    form = Form(sent(request))
    if form.is_bound and done(form, lambda: take_away_finding(by=on.user, finding=row)):
        return back_to("list", "taken-away", inspection=inspection)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "finding": row, "form": form}
    return render(request, "findings/take_away.html", context)
