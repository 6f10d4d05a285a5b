"""What an agency writes for a review, on a page of its own; and reading that, for those who may."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.services import require
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.further_offences.errors import ChangedSince
from openmappa.further_offences.forms import SEND, ContributionForm
from openmappa.further_offences.queries.reviews import contribution_of, contribution_to_read, contributions_for
from openmappa.further_offences.services.contributing import save_contribution, send_contribution
from openmappa.further_offences.views.loading import to_read
from openmappa.ui.answering import done, sent

SAVED = {"saved": "What you wrote is kept. Nobody else is told until you send it", "sent": "Your contribution is sent"}


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the reader's agency was asked to contribute, and the reader may write."""
    user = whoever_asks(request)
    require(user, Permission.CONTRIBUTE_TO_MEETING)
    found = contributions_for(user)
    shows(request, [one.case_id for one in found])
    return render(request, "further_offences/mine.html", {"contributions": found, "on": timezone.localdate()})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, contribution: uuid.UUID) -> HttpResponse:
    """Write a contribution: kept as a draft, or sent. The page shows nothing else of the case."""
    user = whoever_asks(request)
    require(user, Permission.CONTRIBUTE_TO_MEETING)
    row = contribution_of(user, contribution)
    shows(request, [row.case_id])
    form = ContributionForm(sent(request), row=row)
    sends = request.POST.get("what") == SEND
    theirs = []

    def service() -> object:
        said = form.cleaned_data
        words = {"chronology": said["chronology"], "differently": said["differently"], "version": form.seen}
        try:
            deed = send_contribution if sends else save_contribution
            return deed(by=user, contribution=row, **words)
        except ChangedSince:
            theirs.append(contribution_of(user, contribution))
            raise

    if done(form, service):
        address = reverse("further_offences:write", kwargs={"contribution": row.key})
        return redirect(f"{address}?saved={'sent' if sends else 'saved'}")
    shown = {"row": row, "form": form, "theirs": theirs[0] if theirs else None, "on": timezone.localdate()}
    return render(request, "further_offences/write.html", {**shown, "saved": SAVED.get(request.GET.get("saved", ""))})


@require_safe
def read(request: HttpRequest, key: uuid.UUID, review: uuid.UUID, contribution: uuid.UUID) -> HttpResponse:
    """Read what an agency has written."""
    on = to_read(request, key, review)
    row = contribution_to_read(on.review, contribution)
    return render(request, "further_offences/read.html", {**on._asdict(), "row": row})
