"""Pages about one note or file: found only by who reads it, and behind its wall only after a proof."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.notes.models import Attachment, Note
from openmappa.notes.queries import may_retreat_to, may_void
from openmappa.signin.step_up import stepped_up
from openmappa.timeline.forms.notes import VoidEntryForm
from openmappa.timeline.forms.writing import written
from openmappa.timeline.queries.frame import CaseFrame

Found = TypeVar("Found", Note, Attachment)
View = Callable[[HttpRequest, CaseFrame, Found], HttpResponse]
Void = Callable[[Found, str, int, Compartment | None], None]


def show(request: HttpRequest, frame: CaseFrame, entry: Found | None, view: View[Found]) -> HttpResponse:
    """Answer with a page about one note or file: 404 where there is none to read, a proof first behind a wall."""
    if entry is None:
        raise Http404("No such note or file on this case")
    entry.case = frame.case
    return (stepped_up(view) if entry.is_walled else view)(request, frame, entry)


def void(request: HttpRequest, frame: CaseFrame, entry: Found, service: Void[Found]) -> HttpResponse:
    """Ask why a note or file is a mistake, and void it."""
    if entry.is_voided:
        return to_timeline(frame.key)
    if not may_void(frame.user, entry):
        require(frame.user, Permission.VOID_ANY_FACT)
    narrower = may_retreat_to(frame.user, frame.case, entry)
    form = VoidEntryForm(request.POST if request.method == "POST" else None, frame=frame, narrower=narrower)
    outcome = written(form, frame, partial(_void, form, entry, service))
    if outcome.done:
        return to_timeline(frame.key, "void")
    shown = {"frame": frame, "form": form, "entry": entry, "conflict": outcome.conflict}
    return render(request, "timeline/void_entry.html", shown)


def to_timeline(key: uuid.UUID, saved: str = "") -> HttpResponse:
    """Go to the timeline, with word of what was saved."""
    address = reverse("timeline:timeline", kwargs={"key": key})
    return redirect(f"{address}?saved={saved}" if saved else address)


def _void(form: VoidEntryForm, entry: Found, service: Void[Found], version: int, submission: uuid.UUID) -> None:
    service(entry, form.cleaned_data["reason"], version, form.retreat)
