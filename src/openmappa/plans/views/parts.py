"""One part of a draft: add it, change it, take it out; the live check of an objective; why a ground has none yet."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openmappa.core.plans.smart import Refusal
from openmappa.plans.errors import NotPlanned, NotSmart, SavedMeanwhile
from openmappa.plans.forms.parts import PART_FORMS, GroundForm, InterventionForm, ObjectiveForm
from openmappa.plans.models.parts import Intervention
from openmappa.plans.queries.parts import Part, part_on, part_values
from openmappa.plans.queries.smart import refusals_on
from openmappa.plans.revisions import mark_of
from openmappa.plans.services.drafting import explain_ground, remove_part, save_part
from openmappa.plans.services.objectives import save_objective
from openmappa.plans.steps import STEP_OF_PART
from openmappa.plans.views.loading import OnPlan, to_write

AnyPartForm = Any


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID, what: str) -> HttpResponse:
    """Add a part to a draft."""
    here = to_write(request.user, key, plan)
    return _part(request, here, what, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID, what: str, part: uuid.UUID) -> HttpResponse:
    """Change a part of a draft, or take it out."""
    here = to_write(request.user, key, plan)
    row = part_on(here.plan, what, part)
    if request.method == "POST" and "remove" in request.POST and here.plan.is_draft:
        remove_part(by=here.frame.user, plan=here.plan, what=what, key=part)
        return redirect(_list_of(here, what))
    return _part(request, here, what, row)


@require_POST
def check(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID) -> HttpResponse:
    """What speaks against the words of an objective so far, as a piece of the page; nothing is saved."""
    here = to_write(request.user, key, plan)
    form = ObjectiveForm(request.POST, plan=here.plan)
    form.is_valid()
    found = refusals_on(here.frame.case, form.wording())
    begun = {name for name in ("what", "measure", "due_on") if form.cleaned_data.get(name)}
    begun |= {"owner"} if form.cleaned_data.get("owner_kind") else set()
    return render(request, "plans/smart.html", {"refusals": found, "begun": begun})


@require_http_methods(["GET", "HEAD", "POST"])
def ground(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID, part: uuid.UUID) -> HttpResponse:
    """Say why a need or harm factor has no objective yet."""
    here = to_write(request.user, key, plan)
    row = here.plan.grounds.filter(key=part).first()
    if row is None:
        raise Http404("There is no such ground")
    form = GroundForm(request.POST if request.method == "POST" else None, initial={"why_not_yet": row.why_not_yet})
    if form.is_bound and form.is_valid():
        try:
            explain_ground(by=here.frame.user, plan=here.plan, key=part, why_not_yet=form.cleaned_data["why_not_yet"])
        except NotPlanned as refused:
            form.refuse(None, str(refused))
        else:
            return redirect(_list_of(here, "objective"))
    context = {"frame": here.frame, "plan": here.plan, "ground": row, "form": form}
    return render(request, "plans/ground.html", context)


def _part(request: HttpRequest, here: OnPlan, what: str, row: Part | None) -> HttpResponse:
    if what not in PART_FORMS:
        raise Http404("There is no such part")
    if not here.plan.is_draft:
        return redirect("plans:show", key=here.frame.key, plan=here.plan.key)
    form = _form(request, here, what, row)
    meanwhile: SavedMeanwhile | None = None
    refused: tuple[Refusal, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            _save(here, what, form, row.key if row else form.submission_key)
        except NotSmart as not_smart:
            refused = not_smart.refusals
        except SavedMeanwhile as saved:
            meanwhile = saved
        except NotPlanned as otherwise:
            form.refuse(None, str(otherwise))
        else:
            return redirect(_list_of(here, what))
    _show_at_fields(form, refused)
    context = {"frame": here.frame, "plan": here.plan, "what": what, "row": row, "form": form, "refusals": refused}
    return render(request, "plans/part.html", {**context, "meanwhile": meanwhile, "back_to": _list_of(here, what)})


def _form(request: HttpRequest, here: OnPlan, what: str, row: Part | None) -> AnyPartForm:
    sent = request.POST if request.method == "POST" else None
    now = part_values(row) if row else {}
    initial = {**now, "seen": mark_of(now)} if row else {}
    initial |= {"owner": now.get("owner_id") or "", "after": now.get("after_id") or ""}
    if what == "intervention":
        return InterventionForm(
            sent, plan=here.plan, part=row if isinstance(row, Intervention) else None, initial=initial
        )
    return PART_FORMS[what](sent, plan=here.plan, initial=initial)


def _save(here: OnPlan, what: str, form: AnyPartForm, key: uuid.UUID) -> None:
    common = {"by": here.frame.user, "plan": here.plan, "key": key, "seen": form.mark}
    if isinstance(form, ObjectiveForm):
        grounds = form.chosen_grounds()
        save_objective(**common, wording=form.wording(), values=form.part(), grounds=grounds)
    else:
        save_part(**common, what=what, values=form.part())


def _show_at_fields(form: AnyPartForm, refused: tuple[Refusal, ...]) -> None:
    """Each refusal at its field; the example stands in the panel below."""
    for one in refused:
        form.refuse("owner_kind" if one.field == "owner" else one.field, one.sentence)


def _list_of(here: OnPlan, what: str) -> str:
    parts = {"key": here.frame.key, "plan": here.plan.key, "step": STEP_OF_PART[what]}
    return reverse("plans:step", kwargs=parts)
