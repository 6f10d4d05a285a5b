"""How far those agree who assessed the same cases, and settling where they differ."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.assessing.forms import SettleForm, answer_label
from openmappa.assessing.models import Assessment, GivenAnswer, Resolution
from openmappa.assessing.queries.answers import Difference, agreements, differences, overruled
from openmappa.assessing.queries.assessments import case_of
from openmappa.assessing.queries.record import record_of
from openmappa.assessing.services.resolving import agree_to_resolution, resolve_difference
from openmappa.assessing.views.loading import OnExercise, to_exercise
from openmappa.audit.looks import shows
from openmappa.cases.models import Case
from openmappa.ui.answering import done, sent

SAVED = {
    "settled": "The difference is settled",
    "proposed": "What you said is kept. It counts once the other of the two agrees, or whoever leads",
    "agreed": "The difference is settled",
}


@require_safe
def agreement(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Agreement on each question and on all, and how often what the record offered was overruled."""
    on = to_exercise(request, inspection)
    found = agreements(on.exercise, on.framework)
    shown = {"found": found, "overruled": overruled(on.exercise, on.framework)}
    return render(request, "assessing/agreement.html", {**on.shown, **shown})


@require_http_methods(["GET", "HEAD", "POST"])
def case_differences(request: HttpRequest, inspection: uuid.UUID, case: str) -> HttpResponse:
    """Where two differ on one case: both answers with their evidence, and a form to settle each."""
    on = to_exercise(request, inspection)
    row = case_of(on.user, on.exercise, case)
    shows(request, [row.pk])
    every = differences(on.exercise, on.framework)
    found = [each for each in every if each.case_key == case]
    asked = request.POST.get("question", "")
    forms = {each.question.code: _form(request, each, asked) for each in found}
    chosen = next((each for each in found if each.question.code == asked), None)
    if sent(request) is not None and chosen is None:
        raise Http404("No such difference")
    if chosen is not None and done(forms[asked], lambda: _settle(on, row, case, forms[asked])):
        return redirect(f"{_address(on, case)}?saved={'settled' if on.leads else 'proposed'}#{asked}")
    given = _given(on, case)
    lines = [(each, forms[each.question.code], given[each.question.code]) for each in found]
    shown = {"lines": lines, "case": row, "key": case, "may": _may_settle(on, case), "answer_label": answer_label}
    shown["saved"] = SAVED.get(request.GET.get("saved", ""))
    if any(not each.is_settled for each in found):
        shown["record"] = record_of(on.user, row, on.exercise.on)
    shown["next_case"] = next((each.case_key for each in every if each.case_key != case and not each.is_settled), "")
    return render(request, "assessing/differences.html", {**on.shown, **shown}, status=422 if chosen else 200)


def _settle(on: OnExercise, row: Case, case: str, form: SettleForm) -> Resolution:
    said = form.cleaned_data
    return resolve_difference(
        by=on.user,
        exercise=on.exercise,
        case=row,
        case_key=case,
        question=form.question,
        answer=said["answer"],
        reason=said["reason"],
    )


@require_POST
def agree(request: HttpRequest, inspection: uuid.UUID, case: str, question: str) -> HttpResponse:
    """Agree to what the other of the two has said."""
    on = to_exercise(request, inspection)
    row = case_of(on.user, on.exercise, case)
    shows(request, [row.pk])
    said = Resolution.objects.filter(exercise=on.exercise, case_key=case, question=question).first()
    if said is None or said.counts or said.resolved_by_id == on.user.pk:
        raise Http404("Nothing waits for this")
    agree_to_resolution(by=on.user, exercise=on.exercise, case=row, resolution=said)
    return redirect(f"{_address(on, case)}?saved=agreed#{question}")


def _form(request: HttpRequest, each: Difference, asked: str) -> SettleForm:
    return SettleForm(each.question, request.POST if each.question.code == asked and request.POST else None)


def _given(on: OnExercise, case: str) -> dict[str, list[GivenAnswer]]:
    """Both answers to each question of a case, with their evidence. One query."""
    rows = GivenAnswer.objects.filter(
        assessment__exercise=on.exercise, assessment__case_key=case, assessment__withdrawn_at__isnull=True
    )
    found: dict[str, list[GivenAnswer]] = {}
    for row in rows.select_related("words", "assessment__inspector").order_by("assessment__place"):
        found.setdefault(row.question, []).append(row)
    return found


def _may_settle(on: OnExercise, case: str) -> bool:
    theirs = Assessment.objects.standing().signed().filter(exercise=on.exercise, case_key=case, inspector=on.user)
    return on.exercise.is_open and (on.leads or theirs.exists())


def _address(on: OnExercise, case: str) -> str:
    return reverse("assessing:differences", kwargs={"inspection": on.exercise.key, "case": case})
