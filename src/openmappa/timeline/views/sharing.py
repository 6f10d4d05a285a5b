"""Taking a case out of the record: as a page to print, or as a file."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.signin.step_up import stepped_up
from openmappa.timeline.disclosure import disclosed_entries, timeline_csv
from openmappa.timeline.forms.sharing import PRINT, CaseExportForm
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.queries.front_sheet import front_sheet_of
from openmappa.ui.csv_files import csv_answer


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask what of the case goes out, to whom and why; then give it, to print or as a file."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.EXPORT_CASE)
    return _export(request, frame)


@stepped_up
def _export(request: HttpRequest, frame: CaseFrame) -> HttpResponse:
    form = CaseExportForm(request.POST if request.method == "POST" else None, frame=frame)
    if not form.is_bound or not form.is_valid():
        return render(request, "timeline/export.html", {"frame": frame, "form": form})
    sharing = form.sharing_by(f"{frame.user.display_name}, {frame.user.role_label}, {frame.user.agency_name}")
    chosen, as_what = form.compartments, form.cleaned_data["as_what"]
    found = disclosed_entries(by=frame.user, frame=frame, compartments=chosen, sharing=sharing, form=as_what)
    if as_what != PRINT:
        return csv_answer(f"case-{frame.case.reference}-timeline.csv", timeline_csv(frame, found, sharing))
    shown = {"frame": frame, "sheet": front_sheet_of(frame), "entries": found, "sharing": sharing}
    places = [each for each in Compartment if each in chosen]
    return render(request, "timeline/print.html", {**shown, "places": places, "at": timezone.now()})
