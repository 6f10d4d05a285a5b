"""The pages of assessments: the list on a case, scoring an RM2000, countersigning one."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmappa.accounts.services import require
from openmappa.assessments.errors import NotScored
from openmappa.assessments.forms import CountersignRm2000, ScoreRm2000
from openmappa.assessments.preview import preview_of
from openmappa.assessments.queries import latest_rm2000, oasys_of, rm2000_rules, rm2000s_of
from openmappa.assessments.services import countersign_rm2000, score_rm2000
from openmappa.core.access import Permission
from openmappa.timeline.forms.saving import Saved, saved
from openmappa.timeline.forms.table import page_for_kind
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.services import Recording


def assessment_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every RM2000 and OASys on a case, newest first, with the reasons of each score."""
    frame = case_frame(request.user, key)
    scores = rm2000s_of(frame.case)
    context = {
        "frame": frame,
        "scores": scores,
        "latest": next((one for one in scores if not one.fact.is_voided), None),
        "oasys_page": page_for_kind("oasys_completed"),
        "oasys": oasys_of(frame.case),
        "may_score": frame.user.may(Permission.SCORE_RM2000) and not frame.standing.closed,
        "may_assess": frame.user.may(Permission.RECORD_ASSESSMENT) and not frame.standing.closed,
        "may_countersign": frame.user.may(Permission.COUNTERSIGN_RM2000) and not frame.standing.closed,
    }
    return render(request, "assessments/list.html", context)


def score(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Score an RM2000/S: the points as they add up, the category with its reasons, then save."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.SCORE_RM2000)
    form = _score_form(request, frame)
    looking = "preview" in request.POST
    outcome = _save_score(frame, form) if form.is_bound and not looking else Saved()
    if outcome.recording:
        return redirect(_what_changed(key, outcome.recording))
    context = {
        "frame": frame,
        "form": form,
        "rules": rm2000_rules(),
        "preview": preview_of(frame.case, form),
        "conflict": outcome.conflict,
    }
    return render(request, "assessments/score.html", context)


@require_POST
def preview(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The points of what has been answered so far, as a piece of the page."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.SCORE_RM2000)
    return render(request, "assessments/points.html", {"preview": preview_of(frame.case, _score_form(request, frame))})


def countersign(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Read the RM2000 that stands, with its reasons, and countersign it."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.COUNTERSIGN_RM2000)
    form = CountersignRm2000(request.POST or None, initial={"version": frame.case.version})
    outcome = saved(form, lambda *sent: _sign(frame, form, *sent)) if form.is_bound else Saved()
    if outcome.recording:
        return redirect(_what_changed(key, outcome.recording))
    context = {
        "frame": frame,
        "form": form,
        "latest": latest_rm2000(frame.case),
        "conflict": outcome.conflict,
    }
    return render(request, "assessments/countersign.html", context)


def _score_form(request: HttpRequest, frame: CaseFrame) -> ScoreRm2000:
    return ScoreRm2000(request.POST if request.method == "POST" else None, initial={"version": frame.case.version})


def _save_score(frame: CaseFrame, form: ScoreRm2000) -> Saved:
    """Save the score; answers that cannot be scored become errors at their fields."""
    try:
        return saved(
            form,
            lambda version, submission: score_rm2000(
                by=frame.user,
                case=frame.case,
                scored_on=form.cleaned_data["on"],
                items=form.items(),
                version=version,
                submission=submission,
            ),
        )
    except NotScored as refused:
        for name, sentence in refused.problems.items():
            form.refuse(name, sentence)
        return Saved()


def _sign(frame: CaseFrame, form: CountersignRm2000, version: int, submission: uuid.UUID) -> Recording:
    return countersign_rm2000(
        by=frame.user,
        case=frame.case,
        signed_on=timezone.localdate(),
        comment=form.cleaned_data["comment"],
        version=version,
        submission=submission,
    )


def _what_changed(key: uuid.UUID, recording: Recording) -> str:
    return f"{reverse('timeline:recorded', kwargs={'key': key, 'pk': recording.fact.pk})}?saved=yes"
