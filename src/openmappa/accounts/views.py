"""What a person may know about their own access."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openmappa.accounts.models import User
from openmappa.accounts.queries import (
    class_table,
    compartment_table,
    permission_table,
    permissions_in_words,
    roles_in_words,
    with_places,
)
from openmappa.core.access import ROLES, Role


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
    shown = {
        "roles": roles_in_words(),
        "permissions": permission_table(),
        "compartments": compartment_table(),
        "classes": class_table(),
    }
    return render(request, "accounts/roles.html", shown)
