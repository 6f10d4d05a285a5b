"""Around every request: one transaction, on behalf of whoever is signed in."""

import uuid
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User

PLAIN = ("/static/", "/robots.txt", "/health")
"""What asks for no case and needs no database."""


def acts_for_the_reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer within one transaction in which row-level security knows the reader; an error undoes all of it.

    Who has lost a role, a unit or an involvement is refused from the next request on: all three are read anew here.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PLAIN):
            return get_response(request)
        reader = request.user if isinstance(request.user, User) else None
        request.correlation = uuid.uuid4()  # type: ignore[attr-defined]  # one for everything this request does
        with as_person(reader, correlation=request.correlation):  # type: ignore[attr-defined]
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return respond
