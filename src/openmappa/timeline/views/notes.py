"""Writing a note, writing a right one instead, and saying that one was a mistake."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.notes.models import Note
from openmappa.notes.queries import may_void, note_of
from openmappa.notes.services import void_note, write_note
from openmappa.timeline.forms.notes import CorrectionForm, NoteForm
from openmappa.timeline.forms.writing import written
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.views import walls


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write a note on the case."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.WRITE_NOTE)
    form = NoteForm(request.POST if request.method == "POST" else None, frame=frame)
    outcome = written(form, frame, lambda *sent: _write(frame, form, *sent))
    if outcome.done:
        return walls.to_timeline(key, "note")
    return render(request, "timeline/note.html", {"frame": frame, "form": form, "conflict": outcome.conflict})


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, key: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """Write a note instead of an earlier one, which is struck through."""
    frame = case_frame(request.user, key)
    return walls.show(request, frame, note_of(frame.user, frame.case, note), _correct)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, key: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """Say that a note was a mistake, and why."""
    frame = case_frame(request.user, key)
    return walls.show(request, frame, note_of(frame.user, frame.case, note), _void)


def _write(frame: CaseFrame, form: NoteForm, version: int, submission: uuid.UUID) -> Note:
    text = form.cleaned_data["text"]
    return write_note(
        by=frame.user, case=frame.case, text=text, placed=form.placed, version=version, submission=submission
    )


def _correct(request: HttpRequest, frame: CaseFrame, note: Note) -> HttpResponse:
    if note.is_voided:
        return walls.to_timeline(frame.key)
    if not may_void(frame.user, note):
        require(frame.user, Permission.VOID_ANY_FACT)
    form = CorrectionForm(request.POST if request.method == "POST" else None, frame=frame, old=note)
    outcome = written(form, frame, lambda *sent: _instead(frame, form, note, *sent))
    if outcome.done:
        return walls.to_timeline(frame.key, "correction")
    shown = {"frame": frame, "form": form, "note": note, "conflict": outcome.conflict}
    return render(request, "timeline/note_correct.html", shown)


def _instead(frame: CaseFrame, form: CorrectionForm, note: Note, version: int, submission: uuid.UUID) -> Note:
    return write_note(
        by=frame.user,
        case=frame.case,
        text=form.cleaned_data["text"],
        placed=form.placed,
        version=version,
        submission=submission,
        corrects=note,
        because=form.cleaned_data["because"],
    )


def _void(request: HttpRequest, frame: CaseFrame, note: Note) -> HttpResponse:
    return walls.void(request, frame, note, lambda *asked: _void_it(frame, *asked))


def _void_it(frame: CaseFrame, note: Note, reason: str, version: int, retreat_to: Compartment | None) -> None:
    void_note(by=frame.user, note=note, reason=reason, version=version, retreat_to=retreat_to)
