"""Temporary moves, and the page of a case that has everything on its movements."""

import uuid
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.services import require
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.involved.queries import answers_for
from openmappa.movements.forms import (
    ACKNOWLEDGE,
    EXTEND,
    RETURN,
    WITHDRAW,
    ChangeMoveForm,
    MoveForm,
)
from openmappa.movements.models.move import TemporaryMove
from openmappa.movements.queries.moves import hosts_for, move_of, moves_of_area, moves_of_case
from openmappa.movements.queries.releases import arrivals_of_case, releases_of_case
from openmappa.movements.queries.rules import rules
from openmappa.movements.services.moves import (
    acknowledge_move,
    extend_move,
    give_move_notice,
    record_return,
    withdraw_move,
)
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.ui.answering import done, sent

SAVED = {
    "given": "Notice is given",
    "move": "Notice of the move is given",
    "changed": "The move is changed",
    "arrival": "The prison is noted",
}


@require_safe
def of_case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Planned releases, arrivals and temporary moves of a case."""
    frame = case_frame(request.user, key)
    shown = {
        "frame": frame,
        "releases": releases_of_case(frame.case),
        "arrivals": arrivals_of_case(frame.case),
        "moves": moves_of_case(frame.case, registered=frame.standing.registered),
        "rules": rules(),
        "saved": SAVED.get(request.GET.get("saved", "")),
    }
    return render(request, "movements/case.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give notice of a temporary move."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.ASK_FOR_TRANSFER)
    form = MoveForm(sent(request), hosts=hosts_for(frame.case))

    def service() -> object:
        return give_move_notice(by=frame.user, case=frame.case, stay=form.stay(), submission=form.submission_key)

    if done(form, service):
        return _back(key, "move")
    return render(request, "movements/give_move.html", {"frame": frame, "form": form, "rules": rules()})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: uuid.UUID, move: uuid.UUID) -> HttpResponse:
    """Acknowledge a temporary move, record the return, change its last day, or withdraw it."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.ASK_FOR_TRANSFER)
    row = move_of(frame.case, move)
    form = ChangeMoveForm(sent(request), move=row, ways=_ways(frame, row))
    if done(form, lambda: _change(frame, row, form)):
        return _back(key, "changed")
    return render(request, "movements/change_move.html", {"frame": frame, "form": form, "move": row})


@require_safe
def move_list(request: HttpRequest) -> HttpResponse:
    """Temporary moves into the coordinator's area and out of it."""
    user = whoever_asks(request)
    require(user, Permission.COORDINATE)
    there, away = moves_of_area(user, user.area) if user.area else ([], [])
    shows(request, [one.move.case_id for one in [*there, *away]])
    return render(request, "movements/moves.html", {"into": there, "out_of": away})


def _ways(frame: CaseFrame, row: TemporaryMove) -> Sequence[str]:
    """What this person can do with a move: the host acknowledges, whoever answers for the case does the rest."""
    if not row.is_standing or row.returned_on is not None:
        return []
    ways = [ACKNOWLEDGE] if row.host_id == frame.user.pk and row.acknowledged_at is None else []
    return [*ways, RETURN, EXTEND, WITHDRAW] if answers_for(frame.user, frame.case) else ways


def _change(frame: CaseFrame, row: TemporaryMove, form: ChangeMoveForm) -> object:
    said, by, version = form.cleaned_data, frame.user, form.seen
    if said["what"] == ACKNOWLEDGE:
        return acknowledge_move(by=by, move=row, words=said["words"])
    if said["what"] == RETURN:
        return record_return(by=by, move=row, on=said["returned_on"], version=version)
    if said["what"] == EXTEND:
        return extend_move(by=by, move=row, until_on=said["until_on"], reason=said["reason"], version=version)
    return withdraw_move(by=by, move=row, reason=said["reason"], version=version)


def _back(key: uuid.UUID, saved: str) -> HttpResponse:
    return redirect(f"{reverse('movements:case', kwargs={'key': key})}?saved={saved}")
