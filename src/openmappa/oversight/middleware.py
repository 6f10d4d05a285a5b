"""The reading log: what a page shows of cases is in the log before the page is shown, or it is not shown.

It stands inside ``accounts.middleware.acts_for_the_reader``, so that the page and its row in the log are one
transaction: if the row cannot be written, everything that the request did is undone and the page is held back.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from openmappa.accounts.models import User
from openmappa.audit.looks import Looks, looks_of
from openmappa.oversight.queries.cases import seen_case_of_key
from openmappa.oversight.queries.reading import was_given_out
from openmappa.oversight.services.limits import Admission, admit, count_listed, count_opened, count_search
from openmappa.oversight.services.looks import log_look, log_refusal, log_search
from openmappa.oversight.shown import Kind, Shown, shown_on
from openmappa.oversight.views.answers import not_logged, stopped

NOT_ALLOWED, NOT_FOUND, TOO_MANY = 403, 404, 429
CONFLICT, REFUSED_FORM = 409, 422
CLOCKS_APART = timedelta(minutes=1)
"""How far the database's clock may be behind ours."""
KEPT = "openmappa.oversight.admission"
logger = logging.getLogger(__name__)


class ReadingLog:
    """Middleware: stop somebody who has read past the limit, and write every look into the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then log what the answer shows; hold the answer back where that fails."""
        reader = request.user
        response = self.get_response(request)
        if not isinstance(reader, User) or request.resolver_match is None or response.status_code >= 500:
            return response
        try:
            _note(request, response, reader)
        except Exception:
            # Whatever it was: what is not in the log is not shown, and nothing that led to it is kept.
            logger.exception("A page was held back, since it could not be logged")
            transaction.set_rollback(True)
            return not_logged()
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Before a page that shows cases is made: count, and answer with the reason where reading stops."""
        if not isinstance(request.user, User) or not _shown(request).shows_cases:
            return None
        admission = admit(by=request.user, key=kwargs.get("key"), sending=request.method == "POST")
        request.META[KEPT] = admission
        return stopped(request, admission.stop) if admission.stop else None


def _note(request: HttpRequest, response: HttpResponse, reader: User) -> None:
    """Log one answer: refused, searched, or what it shows; a redirect shows nothing."""
    looks, shown, key = looks_of(request), _shown(request), _key(request)
    status = response.status_code
    if status in (NOT_ALLOWED, TOO_MANY) or (status == NOT_FOUND and key is not None):
        log_refusal(by=reader, page=_page(request), method=request.method or "", status=status, key=key)
        return
    if looks.searched_for:
        count_search(by=reader, words=log_search(by=reader, text=looks.searched_for))
    if not looks.nothing and (status < 300 or status in (CONFLICT, REFUSED_FORM)):
        _note_shown(request, reader, looks, shown)


def _note_shown(request: HttpRequest, reader: User, looks: Looks, shown: Shown) -> None:
    """Log what the page shows, unless a service has logged that it gave it out, and count it."""
    admission: Admission | None = request.META.get(KEPT)
    case_id = admission.case_id if admission else None
    key = _key(request)
    if case_id is None and key is not None and shown.shows_cases:
        case_id = seen_case_of_key(key)  # opened while the page was made, as emergency access is
    given_out = shown.kind is Kind.GIVEN_OUT and _was_given_out(request, reader, admission)
    if not given_out:
        log_look(by=reader, shown=shown, page=_page(request), looks=looks, case_id=case_id)
    if admission is None:
        return
    if key is not None:
        count_opened(by=reader, admission=admission)
    elif given_out or looks.case_ids:
        count_listed(by=reader, admission=admission)


def _was_given_out(request: HttpRequest, reader: User, admission: Admission | None) -> bool:
    correlation = getattr(request, "correlation", None)
    if admission is None or not isinstance(correlation, uuid.UUID):
        return False
    return was_given_out(reader, correlation, admission.at - CLOCKS_APART)


def _shown(request: HttpRequest) -> Shown:
    return shown_on(_page(request), of_a_case=_key(request) is not None)


def _page(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _key(request: HttpRequest) -> uuid.UUID | None:
    found = request.resolver_match.kwargs.get("key") if request.resolver_match else None
    return found if isinstance(found, uuid.UUID) else None
