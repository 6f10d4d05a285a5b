"""Signing in and out, and what a person may know about their own access."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openmappa.accounts.forms import SignIn
from openmappa.accounts.models import User
from openmappa.accounts.queries import permission_table, permissions_in_words, roles_in_words, with_places
from openmappa.audit.services import log
from openmappa.core.access import ROLES, Role

HOME = "worklist:mine"


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in and go to the page asked for, or home. The session gets a new key, so that none can be planted."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next_page(request))
    form = SignIn(request, request.POST or None)
    if form.is_valid() and isinstance(form.person, User):
        login(request, form.person)
        log(by=form.person, verb="sign in")
        return HttpResponseRedirect(_next_page(request))
    onward = request.POST.get("next", request.GET.get("next", ""))
    return render(request, "accounts/sign_in.html", {"form": form, "onward": onward})


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, whatever was in it."""
    if isinstance(request.user, User):
        log(by=request.user, verb="sign out")
    logout(request)
    return redirect("accounts:signed_out")


@login_not_required
@never_cache
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that the session is over, and how to start another."""
    return render(request, "accounts/signed_out.html")


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Who the signed-in person is to this service, and what they may do."""
    assert isinstance(request.user, User)
    person = with_places(request.user)
    role = Role(person.role)
    shown = {"person": person, "role": ROLES[role], "may": permissions_in_words(role)}
    return render(request, "accounts/me.html", shown)


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """The whole table: every role, and what it may do."""
    return render(request, "accounts/roles.html", {"roles": roles_in_words(), "permissions": permission_table()})


def _next_page(request: HttpRequest) -> str:
    """The page asked for before signing in, if it is one of ours; otherwise home."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else resolve_url(HOME)
