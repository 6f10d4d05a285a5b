"""The pages of RM2000: the list on a case, scoring one, countersigning one, and saying why none is made."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmappa.accounts.services import require
from openmappa.assessments.errors import NotScored
from openmappa.assessments.forms import CountersignRm2000, NoRm2000Form, ScoreRm2000
from openmappa.assessments.models import NoRm2000
from openmappa.assessments.preview import preview_of
from openmappa.assessments.queries import (
    Rm2000,
    answers_of,
    latest_rm2000,
    no_score_reasons_of,
    not_for,
    rm2000_rules,
    rm2000s_of,
    standing_of,
    to_start_from,
)
from openmappa.assessments.services import countersign_rm2000, record_no_rm2000, score_rm2000
from openmappa.core.access import Permission
from openmappa.notes.queries import record_version
from openmappa.timeline.forms.saving import Saved, saved
from openmappa.timeline.forms.writing import written
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.services import Recording


def assessment_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every RM2000 on a case, newest first, with the reasons of each score; and why there is none."""
    frame = case_frame(request.user, key)
    scores = rm2000s_of(frame.case)
    context = {
        "frame": frame,
        "scores": scores,
        "latest": standing_of(scores),
        "no_scores": no_score_reasons_of(frame.case),
        "may_score": frame.user.may(Permission.SCORE_RM2000) and not frame.standing.closed,
        "may_countersign": frame.user.may(Permission.COUNTERSIGN_RM2000) and not frame.standing.closed,
    }
    return render(request, "assessments/list.html", context)


def score(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Score an RM2000: the points as they add up, the categories with their reasons, what changed; then save."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.SCORE_RM2000)
    before = to_start_from(frame.case)
    form = _score_form(request, frame, before)
    looking = "preview" in request.POST
    outcome = _save_score(frame, form) if form.is_bound and not looking else Saved()
    if outcome.recording:
        return redirect(_what_changed(key, outcome.recording))
    context = {
        "frame": frame,
        "form": form,
        "rules": rm2000_rules(),
        "not_for": not_for(frame.case, frame.today),
        "preview": preview_of(frame.case, form, before, frame.today),
        "conflict": outcome.conflict,
    }
    return render(request, "assessments/score.html", context)


@require_POST
def preview(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The points of what has been answered so far, as a piece of the page."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.SCORE_RM2000)
    before = to_start_from(frame.case)
    found = preview_of(frame.case, _score_form(request, frame, before), before, frame.today)
    return render(request, "assessments/points.html", {"preview": found})


def no_score(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say why no RM2000 is made."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.SCORE_RM2000)
    form = NoRm2000Form(
        request.POST if request.method == "POST" else None,
        initial={"version": record_version(frame.user, frame.case)},
        reasons=rm2000_rules().no_score_reasons,
    )
    outcome = written(form, frame, lambda *sent: _no_score(frame, form, *sent))
    if outcome.done:
        return redirect("assessments:list", key=key)
    context = {
        "frame": frame,
        "form": form,
        "next_steps": {reason.code: reason.next_step for reason in rm2000_rules().no_score_reasons},
        "latest": latest_rm2000(frame.case),
        "conflict": outcome.conflict,
    }
    return render(request, "assessments/no_score.html", context)


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


def _score_form(request: HttpRequest, frame: CaseFrame, before: Rm2000 | None) -> ScoreRm2000:
    last = answers_of(before.score) if before and before.score else None
    sent = request.POST if request.method == "POST" else None
    return ScoreRm2000(sent, initial={"version": frame.case.version}, last=last)


def _save_score(frame: CaseFrame, form: ScoreRm2000) -> Saved:
    """Save the score; answers that cannot be scored, or that nobody confirmed, become errors at their fields."""
    form.insist()
    try:
        return saved(form, lambda *sent: _score(frame, form, *sent))
    except NotScored as refused:
        for name, sentence in refused.problems.items():
            form.refuse(name, sentence)
        return Saved()


def _score(frame: CaseFrame, form: ScoreRm2000, version: int, submission: uuid.UUID) -> Recording:
    return score_rm2000(
        by=frame.user,
        case=frame.case,
        scored_on=form.cleaned_data["on"],
        items=form.items(),
        v_items=form.v_items(),
        version=version,
        submission=submission,
    )


def _no_score(frame: CaseFrame, form: NoRm2000Form, version: int, submission: uuid.UUID) -> NoRm2000:
    return record_no_rm2000(
        by=frame.user,
        case=frame.case,
        code=form.cleaned_data["code"],
        decided_on=form.cleaned_data["on"],
        words=form.cleaned_data["words"],
        version=version,
        submission=submission,
    )


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
