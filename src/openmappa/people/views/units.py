"""The units of an agency, and which line managers answer for them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.people.errors import NotChanged
from openmappa.people.forms.covers import AddUnit, GiveUnit
from openmappa.people.forms.versions import ReasonForm
from openmappa.people.queries.managing import managing_seen_by, units_with_managers
from openmappa.people.queries.tabs import tabs_for
from openmappa.people.services.managing import add_unit, give_unit, take_unit
from openmappa.signin.step_up import stepped_up

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@stepped_up
def line_managers(request: HttpRequest) -> HttpResponse:
    """Who answers for which units of the administrator's agency, and giving a line manager a further one."""
    assert isinstance(request.user, User)
    user = request.user
    require(user, Permission.MANAGE_PEOPLE)
    form = GiveUnit(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = form.cleaned_data
        manager, unit = form.managers[chosen["manager"]], form.units[chosen["unit"]]
        try:
            give_unit(by=user, manager=manager, unit=unit, reason=chosen["reason"])
            return redirect(f"{reverse('people:line_managers')}?done=given")
        except NotChanged as refused:
            form.refuse(refused.field or None, str(refused))
    context = {"form": form, "units": units_with_managers(user), "done": request.GET.get("done", "")}
    return render(request, "people/line_managers.html", {**context, "tabs": tabs_for(user, "people:line_managers")})


@require_http_methods(FORM)
@stepped_up
def add(request: HttpRequest) -> HttpResponse:
    """Add a unit to the administrator's agency."""
    assert isinstance(request.user, User)
    user = request.user
    require(user, Permission.MANAGE_PEOPLE)
    form = AddUnit(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        name, area = " ".join(form.cleaned_data["name"].split()), form.areas[form.cleaned_data["area"]]
        try:
            add_unit(by=user, name=name, area=area)
            return redirect(f"{reverse('people:line_managers')}?done=added")
        except NotChanged as refused:
            form.refuse(refused.field or None, str(refused))
    return render(request, "people/add_unit.html", {"form": form, "agency": user.agency})


@require_http_methods(FORM)
@stepped_up
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a further unit from a line manager."""
    assert isinstance(request.user, User)
    user = request.user
    require(user, Permission.MANAGE_PEOPLE)
    managing = managing_seen_by(user, pk)
    if managing is None:
        raise Http404("Nobody manages this")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        take_unit(by=user, managing=managing, reason=form.cleaned_data["reason"])
        return redirect(f"{reverse('people:line_managers')}?done=taken")
    return render(request, "people/take_unit.html", {"form": form, "managing": managing})
