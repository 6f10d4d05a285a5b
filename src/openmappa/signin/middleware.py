"""Around every request: whether the session still holds, and whether its person has the second factor they need."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.signin.browser import came_from
from openmappa.signin.models import Ended, OpenSession
from openmappa.signin.queries import over
from openmappa.signin.services import MARK, adopt_session, note_seen, sign_out
from openmappa.ui.views import session_ended

PLAIN = ("/static/", "/robots.txt", "/health")
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "accounts:sign_in",
        "accounts:sign_out",
        "accounts:signed_out",
        "signin:set_up",
        "signin:set_up_app",
        "signin:set_up_passkey",
        "signin:passkey_to_make",
        "signin:prove",
        "signin:passkey_to_prove",
        "signin:agency",
        "signin:agency_back",
        "signin:stay",
        "ui:help",
        "ui:accessibility",
    }
)


@dataclass(frozen=True)
class Stay:
    """What a page needs to warn before the session ends: seconds left by doing nothing, and at most."""

    idle_seconds: int
    left_seconds: int
    person: int


def keeps_the_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End a session that was idle for too long or is too old, before anything is read for it; note that it is in use.

    Stands before the transaction of the request, so that this holds whatever comes of the request. One query; one more,
    to note that somebody is there, every 20 seconds.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session and not request.path.startswith(PLAIN) and isinstance(request.user, User):
            _check(request, request.user)
        return get_response(request)

    return respond


def _check(request: HttpRequest, person: User) -> None:
    now = timezone.now()
    session = _session_of(request, person)
    if session is None:
        _end(request, person, Ended.BY_THEM)
    elif because := over(session, now):
        _end(request, person, because)
    else:
        note_seen(session=session, now=now)
        too_old_at = session.started_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        idle_at = session.last_seen_at + timedelta(minutes=settings.OPENMAPPA_IDLE_MINUTES)
        idle, left = (int((end - now).total_seconds()) for end in (idle_at, too_old_at))
        request.open_session = session  # type: ignore[attr-defined]
        request.stay = Stay(idle, left, person.pk)  # type: ignore[attr-defined]


def _session_of(request: HttpRequest, person: User) -> OpenSession | None:
    pk = request.session.get(MARK)
    if pk is None:
        return adopt_session(request=request, person=person, came=came_from(request))
    return OpenSession.objects.open().filter(pk=pk, person=person).first()


def _end(request: HttpRequest, person: User, because: Ended) -> None:
    with as_person(person):
        sign_out(request=request, because=because)


class AsksForSecondFactor:
    """Leads a person who has no second factor to set one up, where it is required; nothing else opens until then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let it through: what matters is known only when the address has been resolved."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead there. What was typed into a form that was sent is shown, to be copied."""
        session: OpenSession | None = getattr(request, "open_session", None)
        if not settings.OPENMAPPA_MFA_REQUIRED or session is None or session.second_factor:
            return None
        match = request.resolver_match
        if match is None or match.view_name in OPEN_WITHOUT_SECOND_FACTOR or request.path.startswith(PLAIN):
            return None
        return session_ended(request) if request.method == "POST" else redirect("signin:set_up")
