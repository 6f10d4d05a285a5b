"""Who can open a case; giving it to others; restricting it; and what somebody is told who is kept from it."""

import uuid
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.looks import shows
from openmappa.cases.errors import NotGiven
from openmappa.core.access import Permission
from openmappa.core.involvement import InvolvementKind
from openmappa.involved.forms import KINDS, Invite, NamePeople, Reason, Restrict
from openmappa.involved.queries import (
    agencies_to_invite,
    answers_for,
    given,
    people_to_give,
    restricted_for_me,
    restricted_stub,
    units_to_invite,
    who_can_open,
)
from openmappa.involved.services import NOT_YOURS, invite, lift, name_people, restrict, take_back
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.ui.forms import Form
from openmappa.ui.views import page_not_found


@require_safe
def who(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Everybody who can open the case, and why."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.READ_RECORD)
    shown = {"frame": frame, "who": who_can_open(frame.case), "answers": answers_for(frame.user, frame.case)}
    return render(request, "involved/who.html", {**shown, "saved": request.GET.get("saved", "")})


@require_http_methods(["GET", "HEAD", "POST"])
def invite_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give the case to a person, a unit or an agency for a time."""
    frame = _answering(case_frame(request.user, key), Permission.INVITE_TO_CASE)
    chosen = request.GET.get("person", "")
    besides = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 12 else None
    form = Invite(
        request.POST if request.method == "POST" else None,
        people=people_to_give(frame.case, list(KINDS), besides),
        units=units_to_invite(frame.case),
        agencies=agencies_to_invite(),
        today=frame.today,
        initial={"from_on": frame.today} | ({"whom": "person", "person": chosen, "kind": "invited"} if besides else {}),
    )
    if _done(form, lambda: invite(by=frame.user, case=frame.case, **form.details())):
        return _back(key, "invited")
    return render(request, "involved/invite.html", {"frame": frame, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, key: uuid.UUID, pk: int) -> HttpResponse:
    """End what was given, with the reason."""
    frame = case_frame(request.user, key)
    row = given(frame.case, pk, timezone.now())
    named = row is not None and row.kind == InvolvementKind.NAMED
    _answering(frame, Permission.RESTRICT_CASE if named else Permission.INVITE_TO_CASE)
    if row is None or row.kind == InvolvementKind.BREAK_GLASS:
        raise Http404("Nothing of this number is to be ended on this case")
    form = Reason(request.POST if request.method == "POST" else None)
    if _done(form, lambda: take_back(by=frame.user, case=frame.case, given=row, reason=form.cleaned_data["reason"])):
        return _back(key, "ended")
    return render(request, "involved/end.html", {"frame": frame, "form": form, "row": row})


@require_http_methods(["GET", "HEAD", "POST"])
def restrict_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Restrict the case to named people."""
    frame = _answering(case_frame(request.user, key), Permission.RESTRICT_CASE)
    if frame.case.restricted:
        return redirect("involved:who", key=key)
    people = [one for one in people_to_give(frame.case, [InvolvementKind.NAMED]) if one.pk != frame.user.pk]
    form = Restrict(request.POST if request.method == "POST" else None, by=frame.user, people=people)
    if _done(form, lambda: restrict(by=frame.user, case=frame.case, **form.details())):
        return _back(key, "restricted")
    return render(request, "involved/restrict.html", {"frame": frame, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def name_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Name more people for a restricted case."""
    frame = _answering(case_frame(request.user, key), Permission.RESTRICT_CASE)
    if not frame.case.restricted:
        return redirect("involved:who", key=key)
    already = {row.person_id for row in who_can_open(frame.case).given if row.kind == InvolvementKind.NAMED}
    people = [one for one in people_to_give(frame.case, [InvolvementKind.NAMED]) if one.pk not in already]
    form = NamePeople(request.POST if request.method == "POST" else None, people=people)
    if _done(form, lambda: name_people(by=frame.user, case=frame.case, **form.details())):
        return _back(key, "named")
    return render(request, "involved/name.html", {"frame": frame, "form": form, "people": people})


@require_http_methods(["GET", "HEAD", "POST"])
def lift_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open a restricted case to everybody who is involved again."""
    frame = _answering(case_frame(request.user, key), Permission.RESTRICT_CASE)
    if not frame.case.restricted:
        return redirect("involved:who", key=key)
    form = Reason(request.POST if request.method == "POST" else None)
    if _done(form, lambda: lift(by=frame.user, case=frame.case, reason=form.cleaned_data["reason"])):
        return _back(key, "lifted")
    return render(request, "involved/lift.html", {"frame": frame, "form": form})


@require_safe
def restricted(request: HttpRequest) -> HttpResponse:
    """The restricted cases that the reader is kept from, each with whom to ring."""
    assert isinstance(request.user, User)
    require(request.user, Permission.FIND_CASE)
    stubs = restricted_for_me()
    shows(request, [stub.case_id for stub in stubs])
    return render(request, "involved/restricted.html", {"stubs": stubs})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; but of a restricted case, to somebody who would see it were it not restricted: 403, and whom to ring."""
    found = request.resolver_match
    key = found.kwargs.get("key") if found is not None else None
    if isinstance(key, uuid.UUID) and isinstance(request.user, User):
        stub = restricted_stub(key)
        if stub is not None:
            return render(request, "involved/restricted_case.html", {"stub": stub}, status=403)
    return page_not_found(request, exception)


def _answering(frame: CaseFrame, permission: Permission) -> CaseFrame:
    """The frame of a case for which the reader answers, with the permission for what they are about to do."""
    require(frame.user, permission)
    if not answers_for(frame.user, frame.case):
        raise PermissionDenied(NOT_YOURS)
    return frame


def _done(form: Form, service: Callable[[], object]) -> bool:
    """Call the service when the form is valid; what it refuses stands at the top of the form."""
    if not form.is_valid():
        return False
    try:
        service()
    except NotGiven as refused:
        form.refuse(None, str(refused))
        return False
    return True


def _back(key: uuid.UUID, what: str) -> HttpResponse:
    return redirect(f"{reverse('involved:who', kwargs={'key': key})}?saved={what}")
