"""Signing in at one's own agency: there by OpenID Connect, and back."""

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from openmappa.accounts.models import User
from openmappa.signin import services
from openmappa.signin.agencies import AgencySignIn
from openmappa.signin.browser import came_from
from openmappa.signin.models import How
from openmappa.signin.openid import Claims, NotUsable, claims_from, way_to
from openmappa.signin.step_up import session_of
from openmappa.signin.views.way_in import enter, let_in, next_page, within_service

ONWARD: Final = "signin.onward"


@login_not_required
@never_cache
@require_GET
def agency(request: HttpRequest, provider: str) -> HttpResponse:
    """Go to the agency's own sign-in. Somebody signed in already is asked there once more who they are.

    A plain link and not a form: browsers hold a form's redirects to this site's policy, and an agency's sign-in may
    redirect through any number of addresses.
    """
    found = _found(provider)
    request.session[ONWARD] = next_page(request)
    back = request.build_absolute_uri(reverse("signin:agency_back", kwargs={"provider": provider}))
    try:
        return HttpResponseRedirect(way_to(found, request, back, again=request.user.is_authenticated))
    except NotUsable as problem:
        return _refused(request, found, problem.why)


@login_not_required
@never_cache
@require_GET
def agency_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from the agency's sign-in: find out whom it speaks of. Nobody is made a person here by it."""
    found = _found(provider)
    onward = within_service(request, str(request.session.pop(ONWARD, "")))
    try:
        claims = claims_from(found, request)
    except NotUsable as problem:
        return _refused(request, found, problem.why)
    person = services.recognise(agency=found, subject=claims.subject, username=claims.username)
    if isinstance(request.user, User):
        return _proved(request, request.user, person, found, claims)
    if person is None:
        return _refused(request, found, "nobody_here")
    if claims.second_factor:
        return enter(request, person, How.AGENCY, onward, second_factor=True, provider=provider)
    return let_in(request, person, How.AGENCY, onward, provider=provider)


def _proved(
    request: HttpRequest, signed_in: User, person: User | None, found: AgencySignIn, claims: Claims
) -> HttpResponse:
    """Somebody signed in was asked again: it must be them, and they must have been asked just now."""
    if person != signed_in:
        return _refused(request, found, "somebody_else")
    if not claims.just_now:
        return _refused(request, found, "not_asked_again")
    services.note_proved(by=signed_in, session=session_of(request), how=How.AGENCY)
    return render(request, "signin/proved.html", {"agency": found})


def _refused(request: HttpRequest, found: AgencySignIn, why: str) -> HttpResponse:
    by = request.user if isinstance(request.user, User) else None
    services.note_refused(by=by, agency=found, why=why, came=came_from(request))
    return render(request, "signin/agency_refused.html", {"agency": found, "why": why}, status=403)


def _found(provider: str) -> AgencySignIn:
    found: AgencySignIn | None = settings.OPENMAPPA_AGENCIES.get(provider)
    if found is None:
        raise Http404
    return found
