"""An OASys to print: for the file, or the version that the offender may read."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmappa.core.packs.load import load_self_assessment
from openmappa.oasys.forms_around import PrintForm
from openmappa.oasys.queries.around import confidential_of, said, self_assessment_of
from openmappa.oasys.queries.oasys import Written, oasys_on, written
from openmappa.oasys.queries.printed import CONFIDENTIAL, OFFENDER, what_the_offender_may_read, whole
from openmappa.oasys.services.printing import give_out_oasys, require_printing
from openmappa.signin.step_up import stepped_up
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.ui.csv_files import Sharing


@require_http_methods(["GET", "HEAD", "POST"])
def print_oasys(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """Ask which version goes out, to whom and why; then give it."""
    frame = case_frame(request.user, key)
    found = written(oasys_on(frame.case, oasys))
    require_printing(frame.user)
    return _print(request, frame, found)


@stepped_up
def _print(request: HttpRequest, frame: CaseFrame, found: Written) -> HttpResponse:
    secret = confidential_of(found.oasys)
    form = PrintForm(request.POST if request.method == "POST" else None, has_confidential=secret is not None)
    if not form.is_bound or not form.is_valid():
        return render(request, "oasys/around/print_form.html", {"frame": frame, "oasys": found.oasys, "form": form})
    sharing = form.sharing_by(f"{frame.user.display_name}, {frame.user.role_label}, {frame.user.agency_name}")
    which: str = form.cleaned_data["which"]
    give_out_oasys(by=frame.user, oasys=found.oasys, version=which, sharing=sharing)
    if which == OFFENDER:
        return _for_the_offender(request, found, sharing)
    own = self_assessment_of(found.oasys)
    shown = {
        "frame": frame,
        "oasys": found.oasys,
        "summary": found.summary,
        "sections": whole(found.rules, found.answers),
        "own": said(load_self_assessment(found.oasys.pack), own.answers) if own else [],
        "secret": secret if which == CONFIDENTIAL else None,
        "sharing": sharing,
        "at": timezone.now(),
    }
    return render(request, "oasys/around/print.html", shown)


def _for_the_offender(request: HttpRequest, found: Written, sharing: Sharing) -> HttpResponse:
    """What the offender may read is handed to the template alone, so that it can print nothing else."""
    own = self_assessment_of(found.oasys)
    shown = {
        "name": found.oasys.case.person.full_name,
        "is_draft": found.oasys.is_draft,
        "on": found.oasys.fact.on if found.oasys.fact else None,
        "by": sharing.by,
        "sections": what_the_offender_may_read(found.rules, found.answers),
        "own": said(load_self_assessment(found.oasys.pack), own.answers) if own else [],
    }
    return render(request, "oasys/around/print_offender.html", shown)
