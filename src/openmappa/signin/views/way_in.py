"""Signing in with a password or a passkey, the second step, signing out, and staying signed in."""

import time
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openmappa.accounts.models import User
from openmappa.signin import factors, services
from openmappa.signin.browser import came_from, is_reached_by_name
from openmappa.signin.forms import REFUSED, WRONG_PASSKEY, ProveAgain, SignIn
from openmappa.signin.models import Ended, How
from openmappa.signin.queries import factors_of, has_second_factor, proofs_of
from openmappa.signin.services import HALF

HALF_SECONDS: Final = 600


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in and go to the page asked for, or home; by way of the second proof for those who have one."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_page(request))
    form = SignIn(request.POST or None)
    if not form.is_valid():
        return way_in(request, form)
    attempt = services.try_password(came=came_from(request), **form.cleaned_data)
    if attempt.locked_until:
        return way_in(request, form, locked_until=attempt.locked_until)
    if attempt.person is None:
        form.refuse("username", REFUSED)
        return way_in(request, form)
    return let_in(request, attempt.person, How.PASSWORD, next_page(request))


def way_in(request: HttpRequest, form: SignIn, **more: Any) -> HttpResponse:
    """The sign-in page: the form, other ways, and why one is here again."""
    context = {
        "form": form,
        "onward": request.POST.get("next", request.GET.get("next", "")),
        "why": Ended(request.session.pop(services.WHY)) if services.WHY in request.session else None,
        "idle_minutes": settings.OPENMAPPA_IDLE_MINUTES,
        "agencies": settings.OPENMAPPA_AGENCIES.values(),
        "passkeys": is_reached_by_name(request),
        "page_has_errors": bool(more.get("locked_until") or more.get("passkey_refused")),
        **more,
    }
    return render(request, "signin/sign_in.html", context, status=429 if more.get("locked_until") else 200)


def let_in(request: HttpRequest, person: User, how: How, onward: str, *, provider: str = "") -> HttpResponse:
    """Ask for the second proof if this person has one; otherwise they are in."""
    if has_second_factor(person):
        request.session.cycle_key()
        request.session[HALF] = {
            "person": person.pk,
            "how": how.value,
            "onward": onward,
            "provider": provider,
            "until": time.time() + HALF_SECONDS,
        }
        return redirect("signin:second_factor")
    return enter(request, person, how, onward, second_factor=False, provider=provider)


def enter(
    request: HttpRequest, person: User, how: How, onward: str, *, second_factor: bool, provider: str = ""
) -> HttpResponse:
    """They are in: begin the session and go to the page asked for."""
    services.begin_session(
        request=request, person=person, how=how, second_factor=second_factor, came=came_from(request), provider=provider
    )
    return HttpResponseRedirect(onward)


@sensitive_post_parameters("proof_code")
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second step: a code or a passkey."""
    half, person = _half_in(request)
    if person is None:
        return redirect(settings.LOGIN_URL)
    form = ProveAgain(request.POST or None)
    if form.is_valid() and form.proof.what != "password":
        attempt = services.try_proof(person=person, proof=form.proof, came=came_from(request))
        if attempt.person:
            onward, provider = str(half["onward"]), str(half["provider"])
            return enter(request, person, attempt.how, onward, second_factor=True, provider=provider)
        if attempt.locked_until:
            del request.session[HALF]
            return way_in(request, SignIn(), locked_until=attempt.locked_until)
        form.refuse_proof()
    kinds = {factor.kind for factor in proofs_of(factors_of(person))}
    passkey = "webauthn" in kinds and is_reached_by_name(request)
    context = {"form": form, "asks_app": "totp" in kinds, "asks_passkey": passkey}
    return render(request, "signin/second_factor.html", context)


def _half_in(request: HttpRequest) -> tuple[dict[str, Any], User | None]:
    """Who waits for the second step, if somebody does and did not wait too long."""
    half = request.session.get(HALF, {})
    if request.user.is_authenticated or half.get("until", 0) < time.time():
        request.session.pop(HALF, None)
        return {}, None
    return half, User.objects.filter(pk=half["person"], is_active=True).first()


@login_not_required
@never_cache
@require_POST
def passkey_to_use(request: HttpRequest) -> JsonResponse:
    """What a browser needs to use a passkey here: any, or one of the person whose password was right."""
    _, person = _half_in(request)
    return JsonResponse(factors.options_to_use(person))


@login_not_required
@never_cache
@require_POST
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it is something one has, opened by something one is or knows."""
    form, came = ProveAgain(request.POST), came_from(request)
    credential = form.proof.credential if form.is_valid() else None
    person = factors.owner_of(dict(credential)) if credential else None
    if person is not None:
        attempt = services.try_proof(person=person, proof=form.proof, came=came)
        if attempt.locked_until:
            return way_in(request, SignIn(), locked_until=attempt.locked_until)
        if attempt.person:
            return enter(request, person, attempt.how, next_page(request), second_factor=True)
    return way_in(request, SignIn(), passkey_refused=WRONG_PASSKEY)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, whatever was in it."""
    services.sign_out(request=request)
    return redirect("accounts:signed_out")


@login_not_required
@never_cache
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that the session is over, and how to start another."""
    return render(request, "signin/signed_out.html")


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """For the page's script: whether this browser is still signed in, and as whom. Asking is a sign of life.

    Without a token, since whoever has signed in again in another tab has a new one, which this gives to the page. Other
    sites gain nothing: they can neither read the answer nor, by the cookie's SameSite, ask in anybody's name.
    """
    left = getattr(request, "stay", None)
    if left is None:
        return JsonResponse({"person": None})
    answer = {"person": left.person, "idle": left.idle_seconds, "left": left.left_seconds}
    return JsonResponse({**answer, "token": get_token(request)})


def next_page(request: HttpRequest) -> str:
    """The page asked for before signing in, if it is one of ours; otherwise home."""
    return within_service(request, request.POST.get("next", request.GET.get("next", "")))


def within_service(request: HttpRequest, wanted: str) -> str:
    """An address if it is one of ours; otherwise home."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else resolve_url(settings.LOGIN_REDIRECT_URL)
