"""Results: question by question, by area, the report's tables from these answers, and a file."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.core.inspection.question_results import WORDS
from openmappa.findings.disclosure import export_results
from openmappa.findings.queries.inspected import title_of
from openmappa.findings.queries.results import benchmark_sets, beside, chosen_set, held, printed, results_of
from openmappa.findings.views.loading import working
from openmappa.timeline.forms.sharing import RecipientForm
from openmappa.ui.csv_files import csv_answer


@require_safe
def questions(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Every question: above the line with its interval, in three readings, beside a chosen benchmark."""
    on = working(request, inspection)
    found, sets = results_of(on.exercise), benchmark_sets(on.exercise)
    chosen = chosen_set(sets, request.GET.get("against", ""))
    beside_it = held(found, chosen) if found else None
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "results": found, "sets": sets}
    context |= {"chosen": chosen, "held": beside_it, "readings": WORDS}
    return render(request, "findings/results.html", context | {"parts": found.chapters(beside_it) if found else []})


@require_safe
def areas(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """One question in each area, with the warning that few cases deserve."""
    on = working(request, inspection)
    found = results_of(on.exercise)
    code = request.GET.get("question", "")
    line = found.by_code.get(code) if found else None
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "results": found, "line": line}
    return render(request, "findings/areas.html", context | {"areas": found.areas(code) if found and line else {}})


@require_safe
def tables(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Tables 3, 4, 5 and 8 as the report of 2005 lays them out, from these answers."""
    on = working(request, inspection)
    found = results_of(on.exercise)
    own, esi = beside(found) if found else (None, None)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "results": found, "own": own, "esi": esi}
    return render(request, "findings/tables.html", context | {"tables": found.tables(printed()) if found else []})


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Ask for whom the results are and why; then give them as a file, small counts hidden."""
    on = working(request, inspection)
    form = RecipientForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sharing = form.sharing_by(f"{on.user.display_name}, {on.user.role_label}, {on.user.agency_name}")
        return csv_answer("results.csv", export_results(by=on.user, exercise=on.exercise, sharing=sharing))
    context = {"form": form, "exercise": on.exercise, "title": title_of(on.exercise)}
    return render(request, "findings/export.html", context)
