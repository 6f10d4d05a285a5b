"""The timeline: facts, notes and files of a case together, and proving who one is to see what is behind a wall."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from openmappa.audit import looks
from openmappa.core.compartments import WALLED, Compartment
from openmappa.notes.models import CLASS_OF, open_compartments
from openmappa.signin.step_up import fresh, stepped_up
from openmappa.timeline.forms.filters import EntryFilter
from openmappa.timeline.queries.entries import GROUPS, WRITTEN, Wanted, entries, rows_newest_first, sealed_count
from openmappa.timeline.queries.frame import case_frame

PAGE_SIZE = 50
KINDS = {**{slug: name for slug, (name, _) in GROUPS.items()}, **WRITTEN}


@require_safe
def timeline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Everything that was recorded, written and attached on the case, newest first, as far as the reader reads it."""
    frame = case_frame(request.user, key)
    readable = [each for each in Compartment if each in open_compartments(frame.user, frame.case)]
    places = {each.value: each.label for each in readable}
    chosen = EntryFilter(request.GET, kind=KINDS, compartment=places)
    wanted = Wanted.asked(readable, chosen.chosen("kind"), chosen.chosen("compartment"))
    proved = fresh(request)
    sealed = 0 if proved else sealed_count(frame, wanted)
    rows = rows_newest_first(frame, wanted if proved else wanted.but(WALLED))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    looks.shows(request, [frame.case.pk], {CLASS_OF[each] for each in wanted.compartments & WALLED} if proved else ())
    shown = {"frame": frame, "chosen": chosen, "page": page, "entries": entries(frame, page), "sealed": sealed}
    return render(request, "timeline/timeline.html", {**shown, "saved": request.GET.get("saved", "")})


@require_safe
@stepped_up
def prove(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask once more who the reader is, and go back to the timeline."""
    frame = case_frame(request.user, key)
    return redirect("timeline:timeline", key=frame.key)
