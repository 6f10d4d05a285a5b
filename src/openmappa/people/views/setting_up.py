"""Choosing a password with a set-up code: the first thing somebody new does here."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.people.errors import NotChanged
from openmappa.people.forms.setting_up import SetUp
from openmappa.people.services.codes import set_up


@sensitive_post_parameters("code", "password")
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """User name, code, new password; then on to signing in. Neither name nor code is ever in an address.

    Somebody signed in is led home: what is done here is not done as them.
    """
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = SetUp(request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            set_up(username=chosen["username"], code=chosen["code"], password=chosen["password"])
            return redirect("people:set_up_done")
        except NotChanged as refused:
            form.refuse("code", str(refused))
    return render(request, "people/set_up.html", {"form": form})


@login_not_required
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Say that the password is set, and where to sign in."""
    return render(request, "people/set_up_done.html")
