"""The pages of the meeting on a case: who is invited and who was there; its agenda; changing who comes."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.mappa.agenda import AgendaItem
from openmappa.meetings.forms.meetings import Answer, Invite, NoteAttendance
from openmappa.meetings.forms.sittings import Reason
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.queries.agenda import agenda
from openmappa.meetings.queries.contributions import contributions
from openmappa.meetings.queries.directory import directory_of
from openmappa.meetings.queries.invited import invitees_of, ranks_of
from openmappa.meetings.queries.people import agencies, people_to_invite
from openmappa.meetings.queries.sittings import meetings_of_case
from openmappa.meetings.services.attending import note_attendance, reply_to_invitation
from openmappa.meetings.services.calling import take_off_case
from openmappa.meetings.services.inviting import (
    invite_missing,
    invite_to_meeting,
    missing_guests,
    withdraw_invitee,
)
from openmappa.meetings.views.loading import OnMeeting, done, invitee_of, on_meeting, to_call
from openmappa.signin.step_up import stepped_up
from openmappa.timeline.queries.frame import case_frame

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def of_case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every meeting on a case, the newest first."""
    frame = case_frame(request.user, key)
    context = {"frame": frame, "meetings": list(meetings_of_case(frame.case)), "instant_now": timezone.now()}
    return render(request, "meetings/of_case.html", context)


@require_safe
def show(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """The meeting on a case: who is invited, what they answered, who was there and how senior, who is missing."""
    here = on_meeting(request.user, key, meeting)
    sent = contributions(here.meeting, here.frame.user)
    return (stepped_up(_show) if any(row.is_walled for row in sent) else _show)(request, here, sent)


def _show(request: HttpRequest, here: OnMeeting, sent: list[Contribution]) -> HttpResponse:
    rows = list(invitees_of(here.meeting))
    context = {
        "here": here,
        "frame": here.frame,
        "meeting": here.meeting,
        "sitting": here.meeting.sitting,
        "invitees": [row for row in rows if row.withdrawn_at is None],
        "withdrawn": [row for row in rows if row.withdrawn_at is not None],
        "missing": missing_guests(here.meeting) if here.meeting.closed_at is None and here.meeting.is_on else [],
        "ranks": ranks_of(here.meeting),
        "sent": sent,
        "may_call": here.may_call and here.meeting.is_on and here.meeting.closed_at is None,
        "may_note": here.frame.may("take_minutes") and here.meeting.is_on and here.meeting.closed_at is None,
        "saved": request.GET.get("saved", ""),
    }
    return render(request, "meetings/meeting.html", context)


@require_safe
def agenda_page(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """The agenda, with what the record knows of each item. It prints as it stands."""
    here = on_meeting(request.user, key, meeting)
    items = agenda(here.meeting, here.frame.user)
    return (stepped_up(_agenda) if any(item.is_walled for item in items) else _agenda)(request, here, items)


def _agenda(request: HttpRequest, here: OnMeeting, items: tuple[AgendaItem, ...]) -> HttpResponse:
    context = {"frame": here.frame, "meeting": here.meeting, "sitting": here.meeting.sitting, "items": items}
    return render(request, "meetings/agenda.html", context)


@require_http_methods(BOTH)
def invite(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Invite one more."""
    here = to_call(request.user, key, meeting)
    area = here.meeting.sitting.area_id
    form = Invite(
        request.POST if request.method == "POST" else None,
        entries=directory_of(area),
        people=people_to_invite(area),
        agencies=agencies(),
    )
    by = here.frame.user
    if done(
        form, lambda: invite_to_meeting(by=by, meeting=here.meeting, submission=form.submission_key, **form.details())
    ):
        return _back(here, "invited")
    return render(request, "meetings/invite.html", {"frame": here.frame, "meeting": here.meeting, "form": form})


@require_POST
def invite_all(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Invite everybody who is asked by itself and is missing."""
    here = to_call(request.user, key, meeting)
    if here.meeting.closed_at is None and here.meeting.is_on:
        invite_missing(by=here.frame.user, meeting=here.meeting)
    return _back(here, "invited")


@require_http_methods(BOTH)
def withdraw(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID, invitee: uuid.UUID) -> HttpResponse:
    """Take an invitation back, with the reason."""
    here = to_call(request.user, key, meeting)
    row = invitee_of(here, invitee)
    form = Reason(request.POST if request.method == "POST" else None)
    if done(form, lambda: withdraw_invitee(by=here.frame.user, invitee=row, reason=form.cleaned_data["reason"])):
        return _back(here, "withdrawn")
    lead = f"{row.name}, {row.agency.name}, cannot open this case by this invitation any more, from this moment on."
    return _form(request, here, form, "Withdraw the invitation", "Withdraw the invitation", lead)


@require_http_methods(BOTH)
def take_off(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Take the case off the list, with the reason."""
    here = to_call(request.user, key, meeting)
    version = {"version": here.meeting.sitting.version}
    form = Reason(request.POST if request.method == "POST" else None, initial=version)
    if done(
        form,
        lambda: take_off_case(
            by=here.frame.user, meeting=here.meeting, reason=form.cleaned_data["reason"], version=form.seen
        ),
    ):
        return redirect(f"{reverse('meetings:of_case', kwargs={'key': key})}?saved=off")
    lead = "Everybody invited is told. What the invitation opened to them is closed at once."
    return _form(request, here, form, "Take the case off the list", "Take it off", lead)


@require_http_methods(BOTH)
def answer(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID, invitee: uuid.UUID) -> HttpResponse:
    """Write down the answer of somebody who rang or wrote."""
    here = to_call(request.user, key, meeting)
    row = invitee_of(here, invitee)
    initial = {"reply": row.reply, "deputy_name": row.deputy_name}
    form = Answer(request.POST if request.method == "POST" else None, initial=initial)
    if done(form, lambda: reply_to_invitation(by=here.frame.user, invitee=row, **form.details())):
        return _back(here, "answered")
    return _form(request, here, form, f"Answer of {row.name}", "Save the answer", row.agency.name)


@require_http_methods(BOTH)
def attend(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID, invitee: uuid.UUID) -> HttpResponse:
    """Write down who was there, with rank or grade."""
    here = on_meeting(request.user, key, meeting)
    require(here.frame.user, Permission.TAKE_MINUTES)
    row = invitee_of(here, invitee)
    initial = {
        "attendance": row.attendance,
        "name": row.attended_name or row.deputy_name,
        "rank": row.attended_rank,
        "grade": row.attended_grade,
        "sent_in_writing": row.sent_in_writing,
    }
    form = NoteAttendance(request.POST if request.method == "POST" else None, agency=row.agency, initial=initial)
    if done(form, lambda: note_attendance(by=here.frame.user, invitee=row, **form.details())):
        return _back(here, "noted")
    return _form(request, here, form, f"Attendance of {row.name}", "Save", f"{row.post or row.name}, {row.agency.name}")


def _form(request: HttpRequest, here: OnMeeting, form: object, title: str, submit: str, lead: str = "") -> HttpResponse:
    back = reverse("meetings:show", kwargs={"key": here.frame.key, "meeting": here.meeting.key})
    context = {"frame": here.frame, "form": form, "title": title, "submit": submit, "lead": lead, "back_to": back}
    return render(request, "meetings/meeting_form.html", context)


def _back(here: OnMeeting, what: str) -> HttpResponse:
    address = reverse("meetings:show", kwargs={"key": here.frame.key, "meeting": here.meeting.key})
    return redirect(f"{address}?saved={what}")
