"""Asking for a transfer, and who was responsible for a case when."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.models import Area
from openmappa.accounts.services import require
from openmappa.cases.queries import responsibilities
from openmappa.core.access import Permission
from openmappa.core.mappa.transfers import needs_chief_officer, needs_meeting, ranks_in_words
from openmappa.timeline.queries.frame import case_frame
from openmappa.transfers.errors import NotTransferred
from openmappa.transfers.forms import AskForm
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import open_transfer_of, rules, unclear, whole
from openmappa.transfers.services.asking import ask_for_transfer
from openmappa.transfers.views.around import shown_after


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask that a case goes to another area."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.ASK_FOR_TRANSFER)
    areas = Area.objects.exclude(pk=frame.case.area_id)
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, areas=areas, checklist=rules().checklist)
    if form.is_bound and form.is_valid():
        try:
            made = ask_for_transfer(by=frame.user, case=frame.case, **form.details())
        except NotTransferred as refused:
            form.refused(refused)
        else:
            return shown_after(made, "asked")
    level = frame.standing.mappa_level
    context = {"frame": frame, "form": form, "rules": rules(), "on_its_way": open_transfer_of(frame.case)}
    context |= {"meeting": needs_meeting(rules(), level), "ranks": ranks_in_words(rules())}
    return render(request, "transfers/ask.html", context | {"chief": needs_chief_officer(rules(), level)})


@require_safe
def responsible(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who was responsible for a case when, without a gap; and its transfers."""
    frame = case_frame(request.user, key)
    rows = list(responsibilities(frame.case))
    transfers = list(whole(Transfer.objects.visible_to(frame.user)).filter(case=frame.case))
    context = {"frame": frame, "rows": rows, "transfers": transfers, "unclear": unclear(frame.case)}
    return render(request, "transfers/responsible.html", context)
