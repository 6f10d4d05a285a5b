"""The level of a case: its history, the coordinator's own decision, and the category."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.referrals.errors import NotDecided
from openmappa.referrals.forms.levels import CategoryForm, LevelForm
from openmappa.referrals.queries.category import category_of, confirmations_of
from openmappa.referrals.queries.front_sheet import referrals_of
from openmappa.referrals.queries.levels import level_history
from openmappa.referrals.queries.rules import referral_rules
from openmappa.referrals.services.category import confirm_category
from openmappa.referrals.services.levels import decide_level
from openmappa.timeline.errors import ChangedMeanwhile, Impossible, NotRecorded
from openmappa.timeline.forms.saving import Conflict, conflict_of, seen_version
from openmappa.timeline.queries.frame import CaseFrame, case_frame

DONE = {"level": "The decision on the level was recorded", "category": "The category was confirmed"}


@require_safe
def levels(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Category and level, each with its whole history, who decided, on what basis and why."""
    frame = case_frame(request.user, key)
    context = {
        "frame": frame,
        "lines": level_history(frame.case),
        "category": category_of(frame.case),
        "confirmations": confirmations_of(frame.case),
        "referrals": referrals_of(frame),
        "rules": referral_rules(),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "referrals/levels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The coordinator's own decision; a line manager is shown the way to refer instead."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.SET_MAPPA_LEVEL)
    if not frame.user.may(Permission.COORDINATE):
        return render(request, "referrals/not_yours.html", {"frame": frame})
    category = category_of(frame.case)
    initial = {"version": frame.case.version, "category": str(category.suggested or "")}
    form = LevelForm(request.POST if request.method == "POST" else None, initial=initial)
    conflict = _decided(frame, form) if form.is_bound and form.is_valid() else None
    if form.is_bound and conflict is None and not form.errors:
        return redirect(f"{reverse('referrals:levels', kwargs={'key': key})}?done=level")
    context = {"frame": frame, "form": form, "conflict": conflict, "category": category, "rules": referral_rules()}
    return render(request, "referrals/level.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def category(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Confirm the category, or work it out again with other answers (``preview``: nothing is saved)."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.SET_MAPPA_LEVEL)
    stood = category_of(frame.case)
    said = stood.answers
    initial = {"offence": said.offence, "sentence_months": said.sentence_months, "hospital_order": said.hospital_order}
    trying = "preview" in request.POST
    sent = request.POST if request.method == "POST" else None
    form = CategoryForm(sent, preview=trying, initial={**initial, "submission": uuid.uuid4()})
    if form.is_bound and form.is_valid() and not trying:
        try:
            confirm_category(
                by=frame.user,
                case=frame.case,
                answers=form.answers,
                category=form.chosen,
                reason=form.cleaned_data["reason"],
                submission=form.cleaned_data["submission"],
            )
        except NotDecided as refused:
            form.refuse(None, str(refused))
        else:
            return redirect(f"{reverse('referrals:levels', kwargs={'key': key})}?done=category")
    shown = category_of(frame.case, form.answers) if form.is_bound else stood
    return render(request, "referrals/category.html", {"frame": frame, "form": form, "category": shown})


def _decided(frame: CaseFrame, form: LevelForm) -> Conflict | None:
    """Record the decision; what is refused stands in the form, what others did meanwhile comes back."""
    answers = form.cleaned_data
    try:
        decide_level(
            by=frame.user,
            case=frame.case,
            level=int(answers["level"]),
            category=int(answers["category"]),
            on=answers["on"],
            reasons=answers["reasons"],
            meeting=None,
            version=seen_version(form),
            submission=form.submission_key,
        )
    except Impossible as refused:
        for objection in refused.objections:
            form.refuse(objection.field if objection.field in form.fields else None, objection.sentence)
    except ChangedMeanwhile as changed:
        return conflict_of(changed)
    except NotRecorded as refused_otherwise:
        form.refuse(None, str(refused_otherwise))
    return None
