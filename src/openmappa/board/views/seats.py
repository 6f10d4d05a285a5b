"""Seats on the board: who has one, given, changed, ended."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.board.forms_keeping import EndSeatForm, SeatForm
from openmappa.board.models.seats import Member
from openmappa.board.queries.rules import rules
from openmappa.board.queries.seats import board_of, every_agency, member_of, people_for_a_seat
from openmappa.board.services.seating import change_seat, end_seat, give_seat
from openmappa.board.views.loading import OnBoard, back_to, to_keep, to_read
from openmappa.ui.answering import done, sent

BOTH = ["GET", "HEAD", "POST"]
SAVED = {
    "given": "The seat is given",
    "changed": "The seat is changed",
    "ended": "The end of the seat is on record",
}


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Who has a seat, who had one, and what the board lacks."""
    on = to_read(request)
    saved = SAVED.get(request.GET.get("saved", ""))
    shown = {"on": on, "board": board_of(on.area, on.today), "rules": rules(), "saved": saved}
    return render(request, "board/members.html", shown)


@require_http_methods(BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """Give somebody a seat."""
    on = to_keep(request)
    form = _form(request, on, None)
    if done(form, lambda: give_seat(by=on.user, area=on.area, said=form.said(), submission=form.submission_key)):
        return back_to("members", "given")
    return render(request, "board/member_form.html", {"on": on, "form": form, "member": None})


@require_http_methods(BOTH)
def change(request: HttpRequest, member: uuid.UUID) -> HttpResponse:
    """Change who has a seat, for whom, or who comes in their place."""
    on = to_keep(request)
    row = member_of(on.area, member)
    form = _form(request, on, row)
    if done(form, lambda: change_seat(by=on.user, member=row, said=form.said(), version=form.seen)):
        return back_to("members", "changed")
    return render(request, "board/member_form.html", {"on": on, "form": form, "member": row})


@require_http_methods(BOTH)
def end(request: HttpRequest, member: uuid.UUID) -> HttpResponse:
    """End somebody's time on the board."""
    on = to_keep(request)
    row = member_of(on.area, member)
    form = EndSeatForm(sent(request), initial={"until_on": on.today})
    if done(form, lambda: end_seat(by=on.user, member=row, until_on=form.cleaned_data["until_on"])):
        return back_to("members", "ended")
    return render(request, "board/end_seat.html", {"on": on, "form": form, "member": row})


def _form(request: HttpRequest, on: OnBoard, member: Member | None) -> SeatForm:
    return SeatForm(sent(request), agencies=every_agency(), people=people_for_a_seat(on.area), member=member)
