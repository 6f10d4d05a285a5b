"""The pages of the log: who has seen a case, what a person has looked at, and what one has looked at oneself."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.looks import reads_log
from openmappa.core.access import Permission
from openmappa.oversight.forms import AskAboutCase, AskAboutPerson, Narrow
from openmappa.oversight.models import UnusualReading
from openmappa.oversight.queries.cases import Subject, subject_of_key, subjects_called
from openmappa.oversight.queries.log import log_of_case, log_of_person, readers_of_case
from openmappa.oversight.queries.people import people_called, read_about_by

NO_SUCH_CASE = "There is no case with this reference that you can ask about. Check it letter by letter"
NOBODY = "Nobody is called that whose reading you can look into. Try a part of the name"


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Which case, or whose reading. What was typed comes by POST and goes into no address."""
    assert isinstance(request.user, User)
    require(request.user, Permission.SEE_WHO_LOOKED)
    about_case = AskAboutCase(request.POST if "reference" in request.POST else None)
    about_person = AskAboutPerson(request.POST if "name" in request.POST else None)
    cases = _cases(request.user, about_case)
    people = _people(request.user, about_person)
    if len(cases) == 1:
        return redirect("oversight:seen_by", key=cases[0].key)
    if about_person.is_bound and len(people) == 1:
        return redirect("oversight:looked_at", pk=people[0].pk)
    shown = {"about_case": about_case, "about_person": about_person, "cases": cases, "people": people}
    waiting = UnusualReading.objects.for_review_by(request.user).waiting().count()
    page_has_errors = bool(about_case.errors or about_person.errors)
    return render(request, "oversight/ask.html", {**shown, "waiting": waiting, "page_has_errors": page_has_errors})


@require_safe
def seen_by(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who has seen a case: person by person, or look by look."""
    assert isinstance(request.user, User)
    require(request.user, Permission.SEE_WHO_LOOKED)
    case = subject_of_key(request.user, key)
    if case is None:
        raise Http404("No such case")
    reads_log(request, of_case=case.pk)
    narrow = Narrow(request.GET)
    by_look = request.GET.get("show") == "looks"
    shown = {
        "case": case,
        "narrow": narrow,
        "readers": None if by_look else readers_of_case(case.pk, narrow.asked),
        "log": log_of_case(request.user, case.pk, narrow.asked) if by_look else None,
    }
    return render(request, "oversight/seen_by.html", shown)


@require_safe
def looked_at(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody has looked at; one's own is on a page of its own."""
    assert isinstance(request.user, User)
    if pk == request.user.pk:
        return redirect("oversight:mine")
    require(request.user, Permission.SEE_WHO_LOOKED)
    person = get_object_or_404(read_about_by(request.user).select_related("unit"), pk=pk)
    return _reading_of(request, request.user, person)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one has looked at oneself, and what was unusual about it."""
    assert isinstance(request.user, User)
    return _reading_of(request, request.user, request.user)


def _reading_of(request: HttpRequest, user: User, person: User) -> HttpResponse:
    reads_log(request, of_person=person.pk)
    narrow = Narrow(request.GET)
    shown = {
        "person": person,
        "is_own": person.pk == user.pk,
        "narrow": narrow,
        "log": log_of_person(user, person, narrow.asked),
        "stop": UnusualReading.objects.filter(person=person).stopping_at(timezone.now()).first(),
    }
    return render(request, "oversight/looked_at.html", shown)


def _cases(user: User, form: AskAboutCase) -> list[Subject]:
    found = subjects_called(user, form.cleaned_data["reference"]) if form.is_valid() else []
    if form.is_valid() and not found:
        form.refuse("reference", NO_SUCH_CASE)
    return found


def _people(user: User, form: AskAboutPerson) -> list[User]:
    if not form.is_bound:
        return [] if user.may(Permission.READ_AUDIT) else people_called(user, "")
    found = people_called(user, form.cleaned_data["name"]) if form.is_valid() else []
    if form.is_valid() and not found:
        form.refuse("name", NOBODY)
    return found
