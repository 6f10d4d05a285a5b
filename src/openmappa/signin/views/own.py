"""How one signs in oneself: the password, second factors, recovery codes, and where one is signed in."""

import time
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openmappa.accounts.models import User
from openmappa.signin import factors, services, step_up
from openmappa.signin.browser import came_from, is_reached_by_name
from openmappa.signin.errors import NotDone
from openmappa.signin.forms import WRONG_CODE, WRONG_PASSWORD, ChangePassword, SetUpApp, SetUpPasskey
from openmappa.signin.models import Ended
from openmappa.signin.queries import factors_of, open_sessions_of, proofs_of
from openmappa.signin.step_up import session_of, stepped_up
from openmappa.signin.views.way_in import within_service

NEW_SECRET: Final = "signin.new_secret"  # noqa: S105 - where it waits, not the secret
NEW_SECRET_SECONDS: Final = 1800


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything about how one signs in, and where one is signed in."""
    person = _person(request)
    have = factors_of(person)
    context = {
        "person": person,
        "factors": proofs_of(have),
        "recovery": next((factor for factor in have if factor.codes_left is not None), None),
        "sessions": open_sessions_of(person),
        "this": session_of(request),
        "required": settings.OPENMAPPA_MFA_REQUIRED,
        "agencies": settings.OPENMAPPA_AGENCIES,
        "has_password": person.has_usable_password(),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "signin/mine.html", context)


DONE: Final = {
    "password": "Your password is changed. You have been signed out everywhere else.",
    "app": "Your authenticator app is set up.",
    "passkey": "Your passkey is set up.",
    "removed": "It is removed.",
    "ended": "You have been signed out there.",
}


@require_GET
def set_up(request: HttpRequest) -> HttpResponse:
    """What a second factor is, and the two there are. Where one is required, sign-in leads here first."""
    return render(request, "signin/set_up.html", {"led_here": _led_here(request)})


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@stepped_up
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app: show its secret, and take the first code as the sign that it works."""
    person, secret = _person(request), _new_secret(request)
    form = SetUpApp(request.POST or None)
    if form.is_valid():
        step = factors.step_of(secret, form.cleaned_data["code"])
        if step is not None:
            del request.session[NEW_SECRET]
            codes = services.set_up_app(by=person, session=session_of(request), secret=secret, step=step)
            return _after(request, codes, "app")
        form.refuse("code", WRONG_CODE)
    replaces = any(factor.kind == "totp" for factor in factors_of(person))
    app = factors.to_show(person, secret)
    context = {"form": form, "app": app, "replaces": replaces, "led_here": _led_here(request)}
    return render(request, "signin/set_up_app.html", context)


@require_http_methods(["GET", "POST"])
@stepped_up
def set_up_passkey(request: HttpRequest) -> HttpResponse:
    """Set up a passkey; the browser makes it, so this needs JavaScript, and the page says so."""
    person = _person(request)
    form = SetUpPasskey(request.POST or None, initial={"name": _name_for(person)})
    if form.is_valid():
        credential = form.cleaned_data["credential"]
        if factors.made(credential):
            name = form.cleaned_data["name"]
            codes = services.set_up_passkey(by=person, session=session_of(request), name=name, credential=credential)
            return _after(request, codes, "passkey")
        form.refuse(None, "The passkey could not be checked. Nothing was set up. Try again.")
    context = {
        "form": form,
        "by_name": is_reached_by_name(request),
        "port": request.get_port(),
        "led_here": _led_here(request),
    }
    return render(request, "signin/set_up_passkey.html", context)


@require_POST
@stepped_up
def passkey_to_make(request: HttpRequest) -> HttpResponse:
    """For the page's script: what the browser needs to make a passkey."""
    without_password = request.POST.get("kind") != "key"
    return JsonResponse(factors.options_to_make(_person(request), without_password=without_password))


@require_http_methods(["GET", "POST"])
@stepped_up
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove an app or a passkey."""
    person = _person(request)
    factor = next((each for each in proofs_of(factors_of(person)) if each.pk == pk), None)
    if factor is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            services.remove_factor(by=person, pk=pk)
        except NotDone as why:
            refused = str(why)
        else:
            return redirect(f"{_mine()}?done=removed")
    last = len(proofs_of(factors_of(person))) == 1
    context = {"factor": factor, "refused": refused, "last": last, "page_has_errors": bool(refused)}
    return render(request, "signin/remove_factor.html", context)


@require_http_methods(["GET", "POST"])
@stepped_up
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them, this once."""
    person = _person(request)
    have = factors_of(person)
    if not proofs_of(have):
        return redirect("signin:set_up")
    if request.method == "POST":
        return _show(request, services.make_recovery_codes(by=person), "")
    old = next((factor for factor in have if factor.codes_left is not None), None)
    return render(request, "signin/new_codes.html", {"old": old})


@sensitive_post_parameters("old_password", "new_password", "new_password_again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    person = _person(request)
    if not person.has_usable_password():
        raise Http404
    form = ChangePassword(person, request.POST or None)
    if form.is_valid():
        old = services.Proof(password=form.cleaned_data["old_password"])
        attempt = services.try_proof(person=person, proof=old, came=came_from(request), by=person)
        if attempt.locked_until:
            services.sign_out(request=request, because=Ended.NOT_PROVED)
            return redirect(settings.LOGIN_URL)
        if attempt.person:
            new = form.cleaned_data["new_password"]
            services.change_password(request=request, by=person, session=session_of(request), password=new)
            return redirect(f"{_mine()}?done=password")
        form.refuse("old_password", WRONG_PASSWORD)
    return render(request, "signin/password.html", {"form": form, "rules": password_validators_help_texts()})


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all but this one."""
    person, this = _person(request), session_of(request)
    chosen = request.POST.get("session", "")
    if chosen == "others":
        services.end_other_sessions(by=person, keep=this)
    for session in open_sessions_of(person):
        if str(session.pk) == chosen and session.pk != this.pk:
            services.end_session(by=person, session=session)
    return redirect(f"{_mine()}?done=ended")


@sensitive_post_parameters("proof_code", "proof_password")
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Prove once more who one is, and go on to the page that asked for it."""
    return step_up.prove(request, within_service(request, request.POST.get("next", request.GET.get("next", ""))))


@require_POST
def passkey_to_prove(request: HttpRequest) -> JsonResponse:
    """For the page's script: what the browser needs to use one of one's own passkeys."""
    return JsonResponse(factors.options_to_use(_person(request)))


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _led_here(request: HttpRequest) -> bool:
    """Whether nothing else opens until a second factor is set up."""
    return settings.OPENMAPPA_MFA_REQUIRED and not session_of(request).second_factor


def _mine() -> str:
    address: str = redirect("signin:mine").headers["Location"]
    return address


def _new_secret(request: HttpRequest) -> str:
    """The secret that is being set up: the same while the page is open, encrypted while it waits."""
    kept: dict[str, Any] = request.session.get(NEW_SECRET, {})
    if kept.get("until", 0) > time.time():
        return str(get_adapter().decrypt(kept["secret"]))
    secret = factors.new_secret()
    kept = {"secret": get_adapter().encrypt(secret), "until": time.time() + NEW_SECRET_SECONDS}
    request.session[NEW_SECRET] = kept
    return secret


def _name_for(person: User) -> str:
    passkeys = sum(factor.kind == "webauthn" for factor in factors_of(person))
    return "My passkey" if not passkeys else f"My passkey {passkeys + 1}"


def _after(request: HttpRequest, codes: list[str], done: str) -> HttpResponse:
    return _show(request, codes, done) if codes else redirect(f"{_mine()}?done={done}")


def _show(request: HttpRequest, codes: list[str], done: str) -> HttpResponse:
    """The codes, once: this page is kept by no browser and cannot be asked for again."""
    shown = [f"{code[:4]} {code[4:]}" for code in codes]
    return render(request, "signin/codes.html", {"codes": shown, "said": DONE.get(done, "")})
