"""The pages of a case to read: front sheet, histories, duties. Its timeline is in ``views.entries``."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.core.access import Permission
from openmappa.timeline.forms.filters import STATES, DutyFilter
from openmappa.timeline.forms.ways import way_to_meet
from openmappa.timeline.queries.duty_list import duty_list
from openmappa.timeline.queries.entries import entry, facts_newest_first
from openmappa.timeline.queries.frame import case_frame
from openmappa.timeline.queries.front_sheet import HISTORIES, front_sheet_of
from openmappa.timeline.queries.invited import what_may_be_known

PAGE_SIZE = 50


@require_safe
def front_sheet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Where the case stands, at a glance; for somebody invited who may not read the record, what they may know."""
    frame = case_frame(request.user, key, needs=Permission.VIEW_CASE)
    if not frame.user.may(Permission.READ_RECORD):
        return render(request, "timeline/invited.html", {"frame": frame, "about": what_may_be_known(frame)})
    return render(request, "timeline/front_sheet.html", {"frame": frame, "sheet": front_sheet_of(frame)})


@require_safe
def history(request: HttpRequest, key: uuid.UUID, what: str) -> HttpResponse:
    """Every change of one part of the front sheet, mistakes included."""
    frame = case_frame(request.user, key)
    part = HISTORIES.get(what)
    if part is None:
        raise Http404("The front sheet has no such part")
    entries = [entry(fact, frame.user) for fact in facts_newest_first(frame.case, part.kinds) if part.changed_by(fact)]
    return render(request, "timeline/history.html", {"frame": frame, "title": part.title, "entries": entries})


@require_safe
def duties(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What is and was due on the case, and the whole why of each."""
    frame = case_frame(request.user, key)
    found = duty_list(frame)
    states = {slug: words for slug, (words, _) in STATES.items()}
    chosen = DutyFilter(request.GET, state=states, standard=found.titles())
    matching = found.matching(chosen.outcomes, chosen.chosen("standard"))
    page = Paginator(matching, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(line, line.is_open and way_to_meet(line.standard, frame.user, key)) for line in found.lines([*page])]
    return render(request, "timeline/duties.html", {"frame": frame, "chosen": chosen, "page": page, "lines": lines})
