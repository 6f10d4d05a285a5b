"""Adding a person, giving them another post, ending their access, letting them come back, and set-up codes."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmappa.accounts.forms import AddressForm
from openmappa.accounts.models import User
from openmappa.accounts.services import require, set_address
from openmappa.core.access import Permission
from openmappa.people.errors import NotChanged
from openmappa.people.forms.posts import AddPerson, PostForm, post_as_initial
from openmappa.people.forms.versions import ReasonForm, SureForm, sent
from openmappa.people.models import Posting
from openmappa.people.queries.codes import why_not_theirs
from openmappa.people.queries.history import version_of
from openmappa.people.queries.people import line_managers_of
from openmappa.people.services.codes import HOURS, make_code
from openmappa.people.services.limits import require_someone_else, require_vouching
from openmappa.people.services.posts import add_person, end_access, let_come_back, move_person
from openmappa.people.views.loading import person_or_404, reader
from openmappa.signin.step_up import stepped_up

FORM = ["GET", "HEAD", "POST"]
END = "Why does the access end?"
END_HINT = "For example: left the force; long-term leave; the sign-in may be in somebody else’s hands."


@require_http_methods(FORM)
@stepped_up
def add(request: HttpRequest) -> HttpResponse:
    """Put somebody forward to join the reader's agency."""
    user = reader(request)
    require(user, Permission.MANAGE_PEOPLE)
    form = AddPerson(user, request.POST if request.method == "POST" else None, initial={"rank": "none"})
    outcome = sent(
        form,
        lambda: add_person(by=user, username=_typed(form, "username"), email=_typed(form, "email"), **_post(form)),
    )
    if outcome.entry:
        return _to(outcome.entry)
    return render(request, "people/add.html", {"form": form, "agency": user.agency})


@require_http_methods(FORM)
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down somebody's e-mail address."""
    user, person = _someone_else(request, pk)
    form = AddressForm(request.POST if request.method == "POST" else None, initial={"email": person.email})
    if form.is_bound and form.is_valid():
        set_address(by=user, person=person, email=form.cleaned_data["email"])
        return redirect(f"{reverse('people:person', args=[pk])}?done=address")
    return render(request, "people/address.html", {"form": form, "person": person})


@require_http_methods(FORM)
@stepped_up
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody another name, role, rank, unit or area."""
    user, person = _someone_else(request, pk)
    initial = {"version": version_of(person), **post_as_initial(person)}
    form = PostForm(user, request.POST if request.method == "POST" else None, initial=initial)
    outcome = sent(form, lambda: move_person(by=user, person=person, version=form.seen_version, **_post(form)))
    if outcome.entry:
        return _to(outcome.entry)
    return render(request, "people/move.html", {"form": form, "person": person, "conflict": outcome.conflict})


@require_http_methods(FORM)
@stepped_up
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody who left forward to come back."""
    user, person = _someone_else(request, pk)
    initial = {"version": version_of(person), **post_as_initial(person)}
    form = PostForm(user, request.POST if request.method == "POST" else None, initial=initial)
    outcome = sent(form, lambda: let_come_back(by=user, person=person, version=form.seen_version, **_post(form)))
    if outcome.entry:
        return _to(outcome.entry)
    return render(request, "people/come_back.html", {"form": form, "person": person, "conflict": outcome.conflict})


@require_http_methods(FORM)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's access at once, everywhere."""
    user, person = _vouched(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = ReasonForm(posted, initial={"version": version_of(person)}, label=END, hint=END_HINT)

    def act() -> Posting:
        return end_access(by=user, person=person, reason=_typed(form, "reason"), version=form.seen_version)

    outcome = sent(form, act)
    if outcome.entry:
        return _to(outcome.entry)
    context = {"form": form, "person": person, "conflict": outcome.conflict, "managers": line_managers_of(person)}
    return render(request, "people/leave.html", context)


@require_http_methods(FORM)
@stepped_up
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a code to set up with, and show it, this once: it goes into no address and no session."""
    user = reader(request)
    person = person_or_404(user, pk)
    require_vouching(user, person)
    form = SureForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "person": person, "hours": HOURS, "why_not": why_not_theirs(user, person)}
    if form.is_valid():
        try:
            made = make_code(by=user, person=person)
        except NotChanged as refused:
            form.take(refused)
        else:
            until = timezone.now() + timedelta(hours=HOURS)
            return render(request, "people/code_made.html", {**context, "code": made, "until": until})
    return render(request, "people/code.html", context)


def _someone_else(request: HttpRequest, pk: int) -> tuple[User, User]:
    """The administrator, and the person of their agency, not themselves, whose post they may change."""
    user = reader(request)
    person = person_or_404(user, pk)
    require(user, Permission.MANAGE_PEOPLE)
    require_someone_else(user, person)
    return user, person


def _vouched(request: HttpRequest, pk: int) -> tuple[User, User]:
    """An administrator or line manager, and the person, not themselves, whose access they look after."""
    user = reader(request)
    person = person_or_404(user, pk)
    require(user, Permission.ARRANGE_COVER)
    require_vouching(user, person)
    return user, person


def _post(form: PostForm) -> dict[str, Any]:
    return {"post": form.post, "reason": form.cleaned_data["reason"]}


def _typed(form: PostForm | ReasonForm, name: str) -> str:
    return str(form.cleaned_data[name])


def _to(entry: Posting) -> HttpResponse:
    """The person's page, which says what was done."""
    done = "asked" if entry.is_waiting else entry.kind
    return redirect(f"{reverse('people:person', args=[entry.person_id])}?done={done}")
