"""The list of people, and one of them."""

from dataclasses import asdict

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.core.access import Permission
from openmappa.people.forms.finding import FindPeople
from openmappa.people.queries.access import covers_touching, further_units, opens
from openmappa.people.queries.cases import hands_over_for
from openmappa.people.queries.history import entries_of, waiting_of
from openmappa.people.queries.people import Asked, line_managers_of, people_found, vouched_for_by
from openmappa.people.queries.tabs import tabs_for
from openmappa.people.views.loading import person_or_404, reader
from openmappa.ui.paging import page_number

A_PAGE = 50
LOOKED_FOR = "people_looked_for"


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """The people whose access the reader looks after. What was typed comes by POST and goes into no address."""
    user, today = reader(request), timezone.localdate()
    if request.method == "POST":
        form = FindPeople(user, request.POST)
        if form.is_valid():
            request.session[LOOKED_FOR] = asdict(form.asked)
            return redirect(f"{reverse('people:list')}?page=1")
        asked = Asked()
    else:
        asked = Asked(**request.session.get(LOOKED_FOR, {})) if "page" in request.GET else Asked()
        form = FindPeople(user, initial=asdict(asked))
    page = Paginator(people_found(user, asked, today), A_PAGE).get_page(page_number(request.GET))
    context = {"form": form, "page": page, "asked": asked, "today": today, "tabs": tabs_for(user, "people:list")}
    return render(request, "people/list.html", {**context, "may_add": user.may(Permission.MANAGE_PEOPLE)})


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: where they stand, what they can open, who covers, and what happened to their access."""
    user, today = reader(request), timezone.localdate()
    shown = person_or_404(user, pk)
    context = {
        "person": shown,
        "opens": opens(shown, today),
        "further_units": further_units(shown),
        "line_managers": line_managers_of(shown),
        "covers": covers_touching(shown, today),
        "waiting": waiting_of(shown),
        "entries": entries_of(shown),
        "vouches": vouched_for_by(user).filter(pk=pk).exists(),
        "manages": user.may(Permission.MANAGE_PEOPLE) and shown.pk != user.pk,
        "hands_over": hands_over_for(user).filter(pk=pk).exists(),
        "ends": user.may(Permission.ARRANGE_COVER),
        "done": request.GET.get("done", ""),
        "today": today,
    }
    return render(request, "people/person.html", context)
