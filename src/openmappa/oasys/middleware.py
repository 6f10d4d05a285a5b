"""A tablet that is handed over: the officer is signed out on it, and nothing is reachable but the offender's questions.

What the browser may do hangs on one key in its session, which is kept on the server: it names a hand-over and who made
it. No right of the officer is left in the browser, so that a page this middleware should have stopped asks for
signing in, like any other. It is over when that officer signs in again on the same tablet, by their password and, where
they have one, their second factor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.oasys.models_around import HandOver
from openmappa.oasys.services.self_assessment import take_back
from openmappa.signin.services import sign_out

KEY: Final = "oasys.handed_over"
"""The key in the session of a tablet that is handed over: which hand-over, and by whom."""
NOT_YOURS: Final = 403


@dataclass(frozen=True)
class Handed:
    """What a tablet was handed over for, and who answers for it."""

    hand_over: HandOver
    by: User


def lock(request: HttpRequest, hand_over: HandOver) -> None:
    """Sign the officer out on this tablet, and leave nothing in its session but the hand-over."""
    kept = {"hand_over": str(hand_over.key), "by": hand_over.given_by_id}
    sign_out(request=request)
    request.session.flush()
    request.session[KEY] = kept


def is_handed_over(request: HttpRequest) -> bool:
    """Whether this tablet is handed over. No query for a browser without a session."""
    return KEY in request.session


def officer_of(request: HttpRequest) -> User | None:
    """Who handed this tablet over, if they still work here."""
    kept = request.session.get(KEY, {})
    return User.objects.select_related("agency").filter(pk=kept.get("by"), is_active=True).first()


def handed(request: HttpRequest, by: User) -> Handed | None:
    """What this tablet was handed over for, as far as the officer still sees the case. Called on their behalf."""
    kept = request.session.get(KEY, {})
    rows = HandOver.objects.select_related("self_assessment__oasys", "case")
    found = rows.filter(key=kept.get("hand_over"), given_by=by).first()
    return Handed(found, by) if found else None


def nothing_here(request: HttpRequest, why: str) -> HttpResponse:
    """The page that stands in place of all others. ``why``: done, away (put away), or lost (it is not for them)."""
    return render(request, "oasys/handed/give_back.html", {"why": why}, status=200 if why == "done" else NOT_YOURS)


class OnlyWhatWasHandedOver:
    """On a tablet that is handed over, every address but the offender's own answers with "Give it back"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Stop everything else before it is so much as looked up."""
        if request.path.startswith(settings.STATIC_URL) or not is_handed_over(request):
            return self.get_response(request)
        if isinstance(request.user, User):
            self._end(request, request.user)
        elif not request.path.startswith(_open_addresses()):
            return nothing_here(request, "lost")
        return self.get_response(request)

    @staticmethod
    def _end(request: HttpRequest, person: User) -> None:
        """Somebody has signed in here: only the officer can have, by the page that takes the tablet back."""
        with as_person(person):
            found = handed(request, person)
            if found:
                take_back(by=person, hand_over=found.hand_over)
        del request.session[KEY]


def _open_addresses() -> tuple[str, ...]:
    return (reverse("your_views:start"), reverse("signin:second_factor"), reverse("signin:passkey_to_use"))
