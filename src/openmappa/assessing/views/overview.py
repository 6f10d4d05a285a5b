"""Who has which case and how far they are; dealing cases out; giving one to somebody else."""

import uuid
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.models import User
from openmappa.assessing.forms import DealForm, GiveForm
from openmappa.assessing.models import Assessment
from openmappa.assessing.queries.answers import differences
from openmappa.assessing.queries.assessments import (
    Sampled,
    answered,
    assessments_of,
    criteria_for,
    dealing_of,
    sampled,
)
from openmappa.assessing.services.dealing import deal_cases, give_case
from openmappa.assessing.views.loading import OnExercise, to_exercise, to_lead
from openmappa.audit.looks import shows
from openmappa.cases.models import Case
from openmappa.samples.queries import members_of
from openmappa.ui.answering import done, sent

SAVED = {
    "dealt": "The cases are dealt out",
    "given": "The case is given",
    "already": "The cases are dealt out already. A single one can still be given to somebody else below",
}


class CaseLine(NamedTuple):
    """One case of the sample: what it is, who has it, how far they are."""

    key: str
    case: Case | None
    stratum: str
    joint: bool
    places: list[tuple[int, Assessment | None, int]]
    asked: int
    open_differences: int


@require_safe
def progress(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Every case of the sample, who has it, and how far they are."""
    on = to_exercise(request, inspection)
    there = sampled(on.exercise)
    lines = _lines(on, there) if there else []
    shows(request, [line.case.pk for line in lines if line.case])
    mine = [line for line in lines if any(each and each.inspector_id == on.user.pk for _, each, _ in line.places)]
    given = [each for line in lines for _, each, _ in line.places if each]
    shown = {
        "lines": lines,
        "mine": mine,
        "dealing": dealing_of(on.exercise),
        "signed": sum(each.is_signed for each in given),
        "given": len(given),
        "differ": sum(line.open_differences for line in lines),
    }
    saved = SAVED.get(request.GET.get("saved", ""))
    return render(request, "assessing/progress.html", {**on.shown, **shown, "drawn": there, "saved": saved})


def _lines(on: OnExercise, there: Sampled) -> list[CaseLine]:
    far, by_key = answered(on.exercise), {key: dict[int, Assessment]() for key in there.keys}
    for row in assessments_of(on.exercise):
        by_key.setdefault(row.case_key, {})[row.place] = row
    unsettled: dict[str, int] = {}
    for each in differences(on.exercise, on.framework):
        unsettled[each.case_key] = unsettled.get(each.case_key, 0) + (not each.is_settled)
    lines = []
    for key in there.keys:
        places = [(place, by_key[key].get(place)) for place in ((1, 2) if key in there.twice else (1,))]
        asked = sum(len(questions) for _, questions in criteria_for(on.framework, there.kinds[key]))
        counted = [(place, row, far.get(row.pk, 0) if row else 0) for place, row in places]
        about = (there.cases.get(key), there.strata[key], key in there.joint)
        lines.append(CaseLine(key, *about, counted, asked, unsettled.get(key, 0)))
    return lines


@require_http_methods(["GET", "HEAD", "POST"])
def deal(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Deal the cases out by lot, once."""
    on = to_lead(request, inspection)
    if sent(request) is None and dealing_of(on.exercise):
        return redirect(f"{_progress(on)}?saved=already")
    people = _people(on)
    form = DealForm(sent(request), people=people, initial={"people": [str(person.pk) for person in people]})

    def service() -> object:
        said = form.cleaned_data
        lot = {"seed": said["seed"], "percent": said["percent"], "people": form.chosen}
        return deal_cases(by=on.user, exercise=on.exercise, link=_progress(on), **lot)

    if done(form, service):
        return redirect(f"{_progress(on)}?saved=dealt")
    return render(request, "assessing/deal.html", {**on.shown, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, inspection: uuid.UUID, case: str, place: int) -> HttpResponse:
    """Give a case to somebody, or to somebody else."""
    on = to_lead(request, inspection)
    there = sampled(on.exercise)
    if there is None or case not in there.keys or place not in (1, 2):
        raise Http404("No such case")
    if case in there.cases:
        shows(request, [there.cases[case].pk])
    form = GiveForm(sent(request), people=_people(on))

    def service() -> object:
        return give_case(
            by=on.user, exercise=on.exercise, case_key=case, place=place, person=form.chosen, link=_progress(on)
        )

    if done(form, service):
        return redirect(f"{_progress(on)}?saved=given")
    shown = {"form": form, "case": there.cases.get(case), "key": case, "place": place, "twice": case in there.twice}
    return render(request, "assessing/give.html", {**on.shown, **shown})


def _people(on: OnExercise) -> list[User]:
    return [member.person for member in members_of(on.exercise).in_force()]


def _progress(on: OnExercise) -> str:
    return reverse("assessing:progress", kwargs={"inspection": on.exercise.key})
