"""Who was there, actions, and closing: what stands beside the lines of a meeting that runs."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from openmappa.core.access import Permission, Rank
from openmappa.core.mappa.agenda import INFORMATION
from openmappa.core.mappa.minutes import is_later_than_allowed
from openmappa.meetings.words import Attendance
from openmappa.minutes.errors import NotClosed
from openmappa.minutes.forms.running import AccountForm, ActionForm, AttendanceForm
from openmappa.minutes.models.running import Running
from openmappa.minutes.queries.closing import closing_of, invitees_of
from openmappa.minutes.queries.page import missing_from, running_page, who_may_own
from openmappa.minutes.services.beside import (
    account_for,
    agree_in_meeting,
    note_as_answered,
    note_who_came,
    take_over_information,
)
from openmappa.minutes.services.closing import close_meeting
from openmappa.minutes.views.loading import OnMeeting, on_meeting
from openmappa.minutes.views.minutes import shown_after
from openmappa.minutes.views.running import page
from openmappa.timeline.errors import NotRecorded


@require_POST
def attendance(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID, invitee: uuid.UUID) -> HttpResponse:
    """Write down who was there for one invitation."""
    here = on_meeting(request.user, key, meeting)
    row = next((one for one in invitees_of(here.meeting) if one.key == invitee), None)
    form = AttendanceForm(request.POST)
    if row is None or not form.is_valid():
        return _again(request, here, "Choose whether they attended, sent a deputy or apologies, or were absent.")
    said = form.cleaned_data
    try:
        note_who_came(
            by=here.frame.user,
            meeting=here.meeting,
            invitee=row,
            attendance=Attendance(said["attendance"]),
            name=said["name"],
            rank=Rank(said["rank"]) if said["rank"] else None,
            grade=said["grade"],
            sent_in_writing=said["sent_in_writing"],
        )
    except NotRecorded as refused:
        return _again(request, here, str(refused))
    return _back(here, "attendance")


@require_POST
def as_answered(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Write down everybody who answered, as they answered."""
    here = on_meeting(request.user, key, meeting)
    try:
        note_as_answered(by=here.frame.user, meeting=here.meeting)
    except NotRecorded as refused:
        return _again(request, here, str(refused))
    return _back(here, "attendance")


@require_POST
def take_over(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Make lines of what agencies wrote beforehand."""
    here = on_meeting(request.user, key, meeting)
    try:
        take_over_information(by=here.frame.user, meeting=here.meeting)
    except NotRecorded as refused:
        return _again(request, here, str(refused))
    return _back(here, INFORMATION, part=INFORMATION)


@require_POST
def add_action(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Agree an action: it is with its owner at once."""
    here = on_meeting(request.user, key, meeting)
    people, agencies = who_may_own(running_page(here.meeting, here.frame.user).invitees)
    form = ActionForm(request.POST, people=people, agencies=agencies, auto_id="new-action-%s")
    if not form.is_valid():
        return _again(request, here, action=form)
    try:
        agree_in_meeting(
            by=here.frame.user,
            meeting=here.meeting,
            text=form.cleaned_data["text"],
            agency=form.agency,
            owner=form.owner,
            owner_words=form.cleaned_data["owner_words"],
            service=form.answering,
            due_on=form.cleaned_data["due_on"],
            agreed_on=timezone.localdate(),
            submission=form.cleaned_data["submission"],
        )
    except NotRecorded as refused:
        form.refuse(None, str(refused))
        return _again(request, here, action=form)
    return _back(here, "actions")


@require_POST
def account(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Say what became of an action of an earlier meeting."""
    here = on_meeting(request.user, key, meeting)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _again(request, here, " ".join(str(one) for said in form.errors.values() for one in said))
    said = form.cleaned_data
    try:
        account_for(
            by=here.frame.user,
            meeting=here.meeting,
            number=request.POST.get("number", ""),
            what=said["what"],
            words=said["words"],
            on=said["on"],
            submission=said["submission"],
        )
    except NotRecorded as refused:
        return _again(request, here, str(refused))
    return _back(here, "last-actions")


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """What the meeting still lacks, all at once; then close it, and go to the draft of its minutes."""
    here = on_meeting(request.user, key, meeting, Permission.CHAIR_MEETING)
    running = Running.objects.filter(meeting=here.meeting).first()
    if running is None:
        return _back(here, "")
    refused = ""
    if request.method == "POST":
        try:
            made = close_meeting(by=here.frame.user, meeting=here.meeting)
        except NotClosed:
            pass
        except NotRecorded as error:
            refused = str(error)
        else:
            return shown_after(key, made.key, "closed")
    if here.meeting.closed_at is not None:
        return _back(here, "")
    state = closing_of(here.meeting, running)
    context = {
        "frame": here.frame,
        "meeting": here.meeting,
        "running": running,
        "state": state,
        "gaps": missing_from(state),
        "late": is_later_than_allowed(state.level, state.held_on, state.review_on, state.months),
        "refused": refused,
    }
    return render(request, "minutes/close.html", context, status=422 if request.method == "POST" else 200)


def _again(request: HttpRequest, here: OnMeeting, refused: str = "", action: ActionForm | None = None) -> HttpResponse:
    """The page again, with what was refused; where the meeting no longer runs, to where it has gone on."""
    running = Running.objects.filter(meeting=here.meeting).first()
    if running is None or here.meeting.closed_at is not None:
        return _back(here, "")
    return page(request, here, running, action=action, refused=refused)


def _back(here: OnMeeting, anchor: str, part: str = "") -> HttpResponse:
    response = redirect("minutes:run", key=here.frame.key, meeting=here.meeting.key)
    if part:
        response["Location"] += f"?{urlencode({'part': part})}"
    if anchor:
        response["Location"] += f"#{anchor}"
    return response
