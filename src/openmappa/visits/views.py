"""The pages of home visits: the list on a case, and recording one."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.timeline.forms.saving import saved
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.queries.front_sheet import front_sheet_of
from openmappa.timeline.services import Recording
from openmappa.visits.forms import RecordHomeVisit
from openmappa.visits.queries import PAGE, visit_duties, visitors_for, visits_of
from openmappa.visits.services import record_home_visit


def visit_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every visit of either service to a case, newest first."""
    frame = case_frame(request.user, key)
    page = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1
    visits, total = visits_of(frame.case, max(page, 1))
    context = {
        "frame": frame,
        "sheet": front_sheet_of(frame),
        "duties": visit_duties(frame.case, frame.today),
        "visits": visits,
        "total": total,
        "page": max(page, 1),
        "pages": -(-total // PAGE),
        "may_record": frame.user.may(Permission.RECORD_HOME_VISIT),
    }
    return render(request, "visits/list.html", context)


def record(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Record a home visit; then the page that says which duty it met and when the next is due."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.RECORD_HOME_VISIT)
    form = _form(request, frame)
    outcome = saved(form, lambda *sent: _record(frame, form, *sent)) if form.is_bound else None
    if outcome and outcome.recording:
        pk = outcome.recording.fact.pk
        return redirect(f"{reverse('timeline:recorded', kwargs={'key': key, 'pk': pk})}?saved=yes")
    context = {"frame": frame, "form": form, "conflict": outcome.conflict if outcome else None}
    return render(request, "visits/record.html", context)


def _form(request: HttpRequest, frame: CaseFrame) -> RecordHomeVisit:
    visitors = list(visitors_for(frame.user, frame.case))
    initial: dict[str, Any] = {"version": frame.case.version, "visited_by": str(visitors[0].pk) if visitors else ""}
    return RecordHomeVisit(request.POST if request.method == "POST" else None, initial=initial, visitors=visitors)


def _record(frame: CaseFrame, form: RecordHomeVisit, version: int, submission: uuid.UUID) -> Recording:
    return record_home_visit(by=frame.user, case=frame.case, version=version, submission=submission, **form.details())
