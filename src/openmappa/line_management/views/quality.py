"""The pages on a case about the quality of work: what can be marked, marking it, and reading the marks."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.line_management.errors import NotKept, NotTheirs
from openmappa.line_management.forms import MarkForm, refuse
from openmappa.line_management.queries.quality import Work, criteria_of, lines_of, work, work_on
from openmappa.line_management.queries.rules import quality_rules
from openmappa.line_management.services import mark_quality
from openmappa.timeline.queries.frame import CaseFrame, case_frame


@require_safe
def quality(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The work on a case whose quality can be marked, for a line manager."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.OVERSEE_WORK)
    return render(request, "line_management/quality.html", {"frame": frame, "works": work_on(frame.user, frame.case)})


@require_safe
def marks(request: HttpRequest, key: uuid.UUID, fact: int) -> HttpResponse:
    """The marks of one piece of work, for its author and for line managers of the author's unit."""
    frame = case_frame(request.user, key)
    found = _work(frame, fact)
    own = found.author == frame.user
    if not (found.markings or found.may_mark or own):
        raise NotTheirs("Marks are read by whoever wrote the work, and by the line managers of their unit.")
    markings = [(marking, lines_of(marking, found.fact)) for marking in found.markings]
    return render(request, "line_management/marks.html", {"frame": frame, "work": found, "markings": markings})


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, key: uuid.UUID, fact: int) -> HttpResponse:
    """Mark one piece of work, or change one's marks."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.OVERSEE_WORK)
    found = _work(frame, fact)
    if not found.may_mark:
        raise NotTheirs("Work is marked by a line manager of its author’s unit, and never by its author.")
    known = next((one for one in found.markings if one.marked_by_id == frame.user.pk), None)
    form = MarkForm(request.POST if request.method == "POST" else None, criteria=criteria_of(found.fact), known=known)
    if form.is_bound and form.is_valid():
        try:
            feedback = form.cleaned_data["feedback"]
            mark_quality(by=frame.user, fact=found.fact, marks=form.marks(), feedback=feedback)
            return redirect("line_management:marks", key=key, fact=fact)
        except NotKept as refused:
            refuse(form, refused.problems)
    shown = {"frame": frame, "form": form, "work": found, "known": known, "scale": quality_rules().scale}
    return render(request, "line_management/mark.html", shown)


def _work(frame: CaseFrame, fact: int) -> Work:
    found = work(frame.user, frame.case, fact)
    if found is None:
        raise Http404("No work on this case that is marked")
    return found
