"""The confidential section of an OASys, for those to whom the compartment is open."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.oasys.forms_around import ConfidentialForm
from openmappa.oasys.models import Oasys
from openmappa.oasys.queries.around import confidential_of, earlier_confidential_of, require_confidential
from openmappa.oasys.queries.oasys import oasys_on
from openmappa.oasys.services.confidential import write_confidential
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.queries.frame import CaseFrame, case_frame


@require_http_methods(["GET", "HEAD", "POST"])
def confidential(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """Read it, and write it while the OASys is a draft; for those to whom what is confidential is open."""
    frame = case_frame(request.user, key)
    row = oasys_on(frame.case, oasys)
    require_confidential(frame.user, frame.case)
    if request.method == "POST":
        require(frame.user, Permission.RECORD_ASSESSMENT)
    return _page(request, frame, row)


def _page(request: HttpRequest, frame: CaseFrame, row: Oasys) -> HttpResponse:
    now, earlier = confidential_of(row), earlier_confidential_of(row)
    start = {"text": now.text if now else earlier.text if earlier else "", "revision": now.revision if now else 0}
    form = ConfidentialForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        try:
            seen = form.cleaned_data["revision"] or 0
            write_confidential(by=frame.user, oasys=row, text=form.cleaned_data["text"], seen=seen)
            return redirect("oasys:confidential", key=frame.key, oasys=row.key)
        except NotRecorded as refused:
            form.refuse(None, str(refused))
            form.data = {**request.POST.dict(), "revision": start["revision"]}
    context = {
        "frame": frame,
        "oasys": row,
        "present": now,
        "earlier": earlier if now is None else None,
        "form": form,
        "may_write": frame.user.may(Permission.RECORD_ASSESSMENT) and row.is_draft,
    }
    return render(request, "oasys/around/confidential.html", context)
