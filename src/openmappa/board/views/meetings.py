"""Meetings of the board: called, written down as they go, closed; each with the figures that stand before it."""

import uuid
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.audit.looks import shows
from openmappa.board.errors import NotKept
from openmappa.board.forms_keeping import AttendanceForm, CallForm, CallOffForm, DecisionForm, NotesForm
from openmappa.board.models.meetings import BoardMeeting
from openmappa.board.queries.figures import standing_figures
from openmappa.board.queries.meetings import MeetingShown, meeting_of, meeting_shown, meetings_of
from openmappa.board.queries.rules import rules
from openmappa.board.queries.seats import every_agency
from openmappa.board.queries.told import ToldUpwards, told_upwards
from openmappa.board.services.meeting import (
    call_board,
    call_off_board,
    close_board,
    note_attendance,
    note_decision,
    write_notes,
)
from openmappa.board.views.loading import OnBoard, back_to, to_keep, to_read
from openmappa.core.dates import add_months
from openmappa.ui.answering import done, sent

BOTH = ["GET", "HEAD", "POST"]
SAVED = {
    "called": "The meeting is called",
    "attendance": "Who came is written down",
    "notes": "What was said is written down",
    "decided": "The decision is written down",
    "closed": "The meeting is closed",
    "off": "The meeting is called off",
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every meeting of the board, the latest first."""
    on = to_read(request)
    return render(request, "board/meetings.html", {"on": on, "meetings": list(meetings_of(on.area)), "rules": rules()})


@require_safe
def show(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """A meeting: figures, late actions told upwards, who came, what was decided, how the plan stood."""
    on, row = _read(request, meeting)
    return _shown(request, on, row, SAVED.get(request.GET.get("saved", "")))


@require_http_methods(BOTH)
def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting, or write down one that was."""
    on = to_keep(request)
    form = CallForm(sent(request))
    made = []

    def service() -> None:
        said = form.cleaned_data
        made.append(
            call_board(by=on.user, area=on.area, on=said["on"], place=said["place"], submission=form.submission_key)
        )

    if done(form, service):
        return back_to("meeting", "called", meeting=made[0].key)
    return render(request, "board/call.html", {"on": on, "form": form})


@require_http_methods(BOTH)
def attendance(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Write down who came."""
    on, row = _keep(request, meeting)
    form = AttendanceForm(sent(request), seats=meeting_shown(row).seats)
    if done(form, lambda: note_attendance(by=on.user, meeting=row, came=form.came())):
        return back_to("meeting", "attendance", meeting=row.key)
    return render(request, "board/attendance_form.html", {"on": on, "form": form, "meeting": row})


@require_http_methods(BOTH)
def notes(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Write down what was said, and who else was there."""
    on, row = _keep(request, meeting)
    form = NotesForm(sent(request), meeting=row)

    def service() -> object:
        said = form.cleaned_data
        words = {"notes": said["notes"], "also_present": said["also_present"]}
        return write_notes(by=on.user, meeting=row, version=form.seen, **words)

    if done(form, service):
        return back_to("meeting", "notes", meeting=row.key)
    return render(request, "board/notes.html", {"on": on, "form": form, "meeting": row})


@require_http_methods(BOTH)
def decide(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Write down a decision."""
    on, row = _keep(request, meeting)
    form = DecisionForm(sent(request), agencies=every_agency())

    def service() -> object:
        said = {name: form.cleaned_data[name] for name in ("text", "reasons", "agency")}
        return note_decision(by=on.user, meeting=row, submission=form.submission_key, **said)

    if done(form, service):
        return back_to("meeting", "decided", meeting=row.key)
    return render(request, "board/decide.html", {"on": on, "form": form, "meeting": row})


@require_POST
def close(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Close a meeting, so that nothing of it changes any more."""
    on, row = _keep(request, meeting)
    try:
        close_board(by=on.user, meeting=row)
    except NotKept as refused:
        return _shown(request, on, row, None, refused=str(refused), status=422)
    return back_to("meeting", "closed", meeting=row.key)


@require_http_methods(BOTH)
def call_off(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Call a meeting off, saying why."""
    on, row = _keep(request, meeting)
    form = CallOffForm(sent(request))
    if done(form, lambda: call_off_board(by=on.user, meeting=row, reason=form.cleaned_data["reason"])):
        return back_to("meeting", "off", meeting=row.key)
    return render(request, "board/call_off.html", {"on": on, "form": form, "meeting": row})


def _read(request: HttpRequest, key: uuid.UUID) -> tuple[OnBoard, BoardMeeting]:
    on = to_read(request)
    row = meeting_of(on.areas, key)
    return on.of(row.area), row


def _keep(request: HttpRequest, key: uuid.UUID) -> tuple[OnBoard, BoardMeeting]:
    on = to_keep(request)
    return on, meeting_of([on.area], key)


def _shown(
    request: HttpRequest, on: OnBoard, row: BoardMeeting, saved: str | None, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """The page of a meeting. The late actions name cases by reference, so that looking at them is logged."""
    shown, as_of = meeting_shown(row), min(row.on, on.today)
    told = _told(on, shown, as_of)
    shows(request, [each.case_id for each in told])
    context = {
        "shown": shown,
        "meeting": row,
        "figures": standing_figures(on.area, as_of, on.today),
        "told": told,
        "rules": rules(),
        "saved": saved,
        "refused": refused,
    }
    return render(request, "board/meeting.html", {"on": on, **context}, status=status)


def _told(on: OnBoard, shown: MeetingShown, until: date) -> list[ToldUpwards]:
    """The late actions told upwards since the meeting before; for those who keep the board."""
    since = shown.before.on if shown.before else add_months(until, -rules().meetings.months)
    return list(told_upwards(on.area, since, until)) if on.keeps else []
