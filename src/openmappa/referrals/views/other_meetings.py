"""Meetings outside MAPPA: recording one, those of a case, asking about one, answering."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.notes.models import open_compartments
from openmappa.referrals.errors import NotReferred
from openmappa.referrals.forms.other_meetings import OtherMeetingForm, QuestionForm
from openmappa.referrals.forms.referring import AnswerForm
from openmappa.referrals.models.other_meetings import OtherMeeting
from openmappa.referrals.queries.other_meetings import kind_label, other_meetings_of
from openmappa.referrals.services.other_meetings import (
    answer_about_meeting,
    ask_about_meeting,
    record_other_meeting,
)
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.ui.forms import Form

DONE = {
    "recorded": "The meeting was recorded. It stands on the timeline",
    "asked": "Whoever recorded the meeting was asked",
    "answered": "Your answer was recorded",
}


@require_safe
def other_meetings(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The meetings about a case that were held outside MAPPA, with what was asked about each."""
    frame = case_frame(request.user, key)
    rows = [(kind_label(row.kind), row) for row in other_meetings_of(frame.case)] if _reads(frame) else []
    context = {"frame": frame, "rows": rows, "reads": _reads(frame), "done": DONE.get(request.GET.get("done", ""))}
    return render(request, "referrals/other_meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Record a meeting outside MAPPA."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.RECORD_OTHER_MEETING)
    form = OtherMeetingForm(request.POST if request.method == "POST" else None)
    if _done(
        form,
        lambda: record_other_meeting(
            by=frame.user, case=frame.case, held=form.held(), submission=form.cleaned_data["submission"]
        ),
    ):
        return _back(key, "recorded")
    return render(request, "referrals/other_meeting.html", {"frame": frame, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Ask about a meeting outside MAPPA."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.COORDINATE)
    row = _meeting(frame, meeting)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if _done(form, lambda: ask_about_meeting(by=frame.user, meeting=row, words=form.cleaned_data["words"])):
        return _back(key, "asked")
    context = {"frame": frame, "form": form, "meeting": row, "kind": kind_label(row.kind)}
    return render(request, "referrals/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Answer what was asked last about a meeting that one recorded."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.RECORD_OTHER_MEETING)
    row = _meeting(frame, meeting)
    asked = row.questions.last()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if asked is None or (not form.is_bound and asked.answered_at is not None):
        return redirect("referrals:other_meetings", key=key)
    if _done(form, lambda: answer_about_meeting(by=frame.user, question=asked, words=form.cleaned_data["words"])):
        return _back(key, "answered")
    context = {"frame": frame, "form": form, "meeting": row, "asked": asked, "kind": kind_label(row.kind)}
    return render(request, "referrals/answer_meeting.html", context)


def _reads(frame: CaseFrame) -> bool:
    return Compartment.CONFIDENTIAL in open_compartments(frame.user, frame.case)


def _meeting(frame: CaseFrame, key: uuid.UUID) -> OtherMeeting:
    rows = OtherMeeting.objects.select_related("case", "recorded_by").filter(case=frame.case)
    return get_object_or_404(rows, key=key)


def _done(form: Form, service: Callable[[], object]) -> bool:
    """Call the service when the form is valid; what it refuses stands at the top of the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        service()
    except (NotReferred, NotRecorded) as refused:
        form.refuse(None, str(refused))
        return False
    return True


def _back(key: uuid.UUID, what: str) -> HttpResponse:
    return redirect(f"{reverse('referrals:other_meetings', kwargs={'key': key})}?done={what}")
