"""What a person may know about their own access."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openmappa.accounts.forms import MailForm
from openmappa.accounts.models import User
from openmappa.accounts.queries import (
    class_table,
    compartment_table,
    permission_table,
    permissions_in_words,
    roles_in_words,
    with_places,
)
from openmappa.accounts.services import choose_mail
from openmappa.core.access import ROLES, Role


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Who the signed-in person is to this service, and what they may do."""
    assert isinstance(request.user, User)
    person = with_places(request.user)
    role = Role(person.role)
    shown = {"person": person, "role": ROLES[role], "may": permissions_in_words(role)}
    shown["saved"] = request.GET.get("saved") == "messages"
    return render(request, "accounts/me.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """Where and when the signed-in person is told by e-mail that there is something to read."""
    assert isinstance(request.user, User)
    form = MailForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_bound and form.is_valid():
        choose_mail(by=request.user, email=form.cleaned_data["email"], mail=form.cleaned_data["mail"])
        return redirect(f"{reverse('accounts:me')}?saved=messages")
    return render(request, "accounts/messages.html", {"form": form})


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """The whole table: every role, and what it may do."""
    shown = {
        "roles": roles_in_words(),
        "permissions": permission_table(),
        "compartments": compartment_table(),
        "classes": class_table(),
    }
    return render(request, "accounts/roles.html", shown)
