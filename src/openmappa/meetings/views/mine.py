"""The meetings that one is invited to: the list, and one of them: answering, and writing what one's agency knows."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.meetings.forms.meetings import Answer, Inform
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.queries.calendars import entry_in
from openmappa.meetings.queries.contributions import own_contributions
from openmappa.meetings.queries.invited import invitations_of
from openmappa.meetings.queries.rules import rules
from openmappa.meetings.services.attending import reply_to_invitation
from openmappa.meetings.services.contributing import contribute, places_for, withdraw_contribution
from openmappa.meetings.views.loading import OnMeeting, done, invited

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What the reader is invited to and is not over, the next first."""
    user = whoever_asks(request, Permission.CONTRIBUTE_TO_MEETING)
    invitations = list(invitations_of(user, timezone.now()))
    shows(request, [row.case_id for row in invitations])
    return render(request, "meetings/mine.html", {"invitations": invitations})


@require_http_methods(BOTH)
def one(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """A meeting that one is invited to: when and where, the agenda's items, one's answer, what one's agency wrote."""
    here, row = invited(request.user, key, meeting)
    written = own_contributions(here.meeting, here.frame.user)
    draft = next((each for each in written if each.is_draft and each.withdrawn_at is None), None)
    answer, inform = _answer_form(request, row), _inform_form(request, here, draft)
    by = here.frame.user
    if "answer" in request.POST and done(answer, lambda: reply_to_invitation(by=by, invitee=row, **answer.details())):
        return _back(here, "answered")
    if "inform" in request.POST and _informed(request, here, inform):
        return _back(here, "sent" if request.POST["inform"] == "send" else "kept")
    context = {
        "frame": here.frame,
        "meeting": here.meeting,
        "sitting": here.meeting.sitting,
        "invitee": row,
        "answer": answer,
        "inform": inform,
        "written": [each for each in written if not each.is_draft],
        "draft": draft,
        "items": rules().agenda,
        "calendar": entry_in(here.meeting.sitting, by) is not None,
        "saved": request.GET.get("saved", ""),
    }
    return render(request, "meetings/one.html", context)


@require_http_methods(["POST"])
def take_back(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID, contribution: uuid.UUID) -> HttpResponse:
    """Withdraw what one wrote. The reason is said in one box beside it."""
    here, _ = invited(request.user, key, meeting)
    for row in Contribution.objects.filter(meeting=here.meeting, key=contribution, written_by=here.frame.user):
        if row.withdrawn_at is None and here.meeting.closed_at is None:
            reason = request.POST.get("reason", "").strip() or "A mistake"
            withdraw_contribution(by=here.frame.user, contribution=row, reason=reason)
    return _back(here, "withdrawn")


def _answer_form(request: HttpRequest, row: Invitee) -> Answer:
    initial = {"reply": row.reply, "deputy_name": row.deputy_name}
    return Answer(request.POST if "answer" in request.POST else None, initial=initial)


def _inform_form(request: HttpRequest, here: OnMeeting, draft: Contribution | None) -> Inform:
    places = places_for(here.frame.user, here.meeting)
    initial = (
        {"text": draft.text, "compartment": draft.compartment, "version": draft.version, "submission": draft.key}
        if draft
        else {}
    )
    return Inform(request.POST if "inform" in request.POST else None, places=places, initial=initial)


def _informed(request: HttpRequest, here: OnMeeting, form: Inform) -> bool:
    def write() -> None:
        contribute(
            by=here.frame.user,
            meeting=here.meeting,
            text=form.cleaned_data["text"],
            compartment=Compartment(form.cleaned_data["compartment"]),
            send=request.POST["inform"] == "send",
            key=form.submission_key,
            version=form.seen,
        )

    return done(form, write)


def _back(here: OnMeeting, what: str) -> HttpResponse:
    address = reverse("meetings:one", kwargs={"key": here.frame.key, "meeting": here.meeting.key})
    return redirect(f"{address}?saved={what}")
