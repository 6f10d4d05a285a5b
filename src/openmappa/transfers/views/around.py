"""What pages of transfers begin with, and sending a form of one step."""

import uuid
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.audit.looks import shows
from openmappa.core.compartments import FieldClass
from openmappa.transfers.errors import NotTransferred
from openmappa.transfers.forms import StepForm
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import whole

DONE = {
    "asked": "The transfer is asked for. Your coordinators are told, and send it when nothing stands in the way",
    "sent": "It is sent. The other area’s coordinators are told, and answer by the day below",
    "approved": "Your approval is recorded",
    "accepted": "You have taken the case on. Everybody it concerns is told",
    "declined": "You have declined it. The sending area is told why",
    "recalled": "It is recalled. The other area is told, and reads the case no longer",
    "given-back": "The other area’s coordinators are told. It stands among those on the way",
}
"""What was just done, by its word in the address."""
CLASSES = (FieldClass.PERSONAL, FieldClass.SENSITIVE)
"""What a page of a transfer opens."""


def found(request: HttpRequest, user: User, key: uuid.UUID) -> Transfer:
    """A transfer that this person sees, which the reading log is told. Raises Http404, whether or not there is one.

    Two queries.
    """
    row = whole(Transfer.objects.visible_to(user)).filter(key=key).first()
    if row is None:
        raise Http404("No such transfer")
    shows(request, [row.case_id], CLASSES)
    return row


def done(form: StepForm, do: Callable[[], object]) -> bool:
    """Whether a valid form was sent and the service did it; what it refused stands on the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        do()
    except NotTransferred as refused:
        form.refused(refused)
        return False
    return True


def shown_after(row: Transfer, done: str) -> HttpResponse:
    """To the transfer, which says what was just done."""
    return redirect(f"{reverse('transfers:show', kwargs={'transfer': row.key})}?done={done}")


def what_was_done(request: HttpRequest) -> str:
    """What a page that a deed led to says of it; nothing on any other."""
    return DONE.get(request.GET.get("done", ""), "")
