"""Asking once more who somebody is, before what is most sensitive: other people may have come to an open screen.

    @require_http_methods(["GET", "POST"])
    @stepped_up
    def export(request): ...

When the last proof is older than ``OPENMAPPA_STEP_UP_MINUTES`` (15), the person is asked for a second factor, or for
the password where they have none, and then goes on with what they were doing. A form that was sent is not lost: its
fields wait, hidden, on the page that asks, and are sent on with the proof. They are kept nowhere else.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit import looks
from openmappa.signin.agencies import AgencySignIn
from openmappa.signin.browser import came_from, is_reached_by_name
from openmappa.signin.forms import ProveAgain
from openmappa.signin.models import Ended, OpenSession
from openmappa.signin.queries import factors_of, proofs_of
from openmappa.signin.services import note_proved, sign_out, try_proof
from openmappa.ui.views import session_ended

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
PROOF = "proof_"
"""Every field of the proof begins with this, so that it is told from what the form itself holds."""
GOING_ON = "proof_going_on"
"""Sent by the page that asks, whatever the proof: also when it was given elsewhere, at an agency's own sign-in."""


def session_of(request: HttpRequest) -> OpenSession:
    """The open session of a request that somebody signed in has made."""
    session = getattr(request, "open_session", None)
    assert isinstance(session, OpenSession)
    return session


def fresh(request: HttpRequest) -> bool:
    """Whether whoever is signed in has proved who they are within the last minutes (``OPENMAPPA_STEP_UP_MINUTES``)."""
    session = getattr(request, "open_session", None)
    allowed = timedelta(minutes=settings.OPENMAPPA_STEP_UP_MINUTES)
    return isinstance(session, OpenSession) and timezone.now() - session.proved_at < allowed


def stepped_up(view: View[P]) -> View[P]:
    """Ask for a proof first when the last one is too old. Stands right above the view, within ``require_…``."""

    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if GOING_ON in request.POST:
            form = ProveAgain(_proof_in(request))
            _leave_out_the_proof(request)
            if not fresh(request) and (refusal := _refusal(request, form)):
                return refusal
        elif not fresh(request):
            return ask(request, ProveAgain())
        return view(request, *args, **kwargs)

    return update_wrapper(asked, view)


def prove(request: HttpRequest, onward: str) -> HttpResponse:
    """Take the proof for a page that was only to be opened, and open it."""
    if fresh(request):
        return HttpResponseRedirect(onward)
    if request.method != "POST":
        return ask(request, ProveAgain(), onward)
    form = ProveAgain(_proof_in(request))
    _leave_out_the_proof(request)
    return _refusal(request, form, onward) or HttpResponseRedirect(onward)


def ask(request: HttpRequest, form: ProveAgain, onward: str = "") -> HttpResponse:
    """The page that asks, with what was sent waiting in it."""
    person = request.user
    assert isinstance(person, User)
    looks.shows_nothing(request)
    kinds = {factor.kind for factor in proofs_of(factors_of(person))}
    sent = request.method == "POST" and not onward
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    context = {
        "form": form,
        "onward": "" if sent else onward or request.get_full_path(),
        "kept": kept if sent else [],
        "lost_files": [file.name for name in request.FILES for file in request.FILES.getlist(name)],
        "asks_code": bool(kinds),
        "asks_passkey": "webauthn" in kinds and is_reached_by_name(request),
        "asks_password": not kinds and person.has_usable_password(),
        "agency": agency_of(request),
        "next_name": REDIRECT_FIELD_NAME,
    }
    return render(request, "signin/prove.html", context)


def agency_of(request: HttpRequest) -> AgencySignIn | None:
    """The agency's own sign-in by which this session began, where it was one."""
    found: AgencySignIn | None = settings.OPENMAPPA_AGENCIES.get(session_of(request).provider)
    return found


def _refusal(request: HttpRequest, form: ProveAgain, onward: str = "") -> HttpResponse | None:
    """Check the proof: None when it is good. After too many wrong ones the session ends; what was typed is shown."""
    person = request.user
    assert isinstance(person, User)
    if not form.is_valid():
        return ask(request, form, onward)
    proof = form.proof
    if proof.what == "password" and proofs_of(factors_of(person)):
        return ask(request, form, onward)
    attempt = try_proof(person=person, proof=proof, came=came_from(request), by=person)
    if attempt.person:
        note_proved(by=person, session=session_of(request), how=attempt.how)
        return None
    if attempt.locked_until:
        sign_out(request=request, because=Ended.NOT_PROVED)
        return redirect(settings.LOGIN_URL) if onward else session_ended(request)
    form.refuse_proof()
    return ask(request, form, onward)


def _proof_in(request: HttpRequest) -> QueryDict:
    return _fields(request, of_the_proof=True)


def _leave_out_the_proof(request: HttpRequest) -> None:
    """The view gets its form as it was sent the first time."""
    request.POST = _fields(request, of_the_proof=False)  # type: ignore[assignment]


def _fields(request: HttpRequest, *, of_the_proof: bool) -> QueryDict:
    chosen = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name.startswith(PROOF) is of_the_proof:
            chosen.setlist(name, values)
    return chosen
