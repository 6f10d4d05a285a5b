"""The home page: a worklist for those who open cases, and for the others what they can open; and the figures."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openmappa.accounts.models import User
from openmappa.accounts.queries import areas_for
from openmappa.accounts.services import require
from openmappa.actions.queries.owned import Mine, how_late
from openmappa.actions.queries.owned import mine as actions_of
from openmappa.audit import looks
from openmappa.cases.queries import given_cases
from openmappa.core.access import ROLES, Permission, Role
from openmappa.core.compartments import FieldClass
from openmappa.signin.step_up import stepped_up
from openmappa.timeline.forms.sharing import RecipientForm
from openmappa.timeline.queries.changes import in_words, waiting_for
from openmappa.ui.csv_files import csv_answer
from openmappa.worklist.disclosure import TooMany, export_worklist
from openmappa.worklist.forms import FilterForm
from openmappa.worklist.queries.figures import figures, together
from openmappa.worklist.queries.filters import Filters
from openmappa.worklist.queries.lines import worklist
from openmappa.worklist.queries.whose import scopes_for

CHANGES_SHOWN = 20
NOT_YOURS = "There are no figures for your area here. Ask your administrator which area you belong to."


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What is due, most urgent first; or, for a role that opens no case, what there is for it instead."""
    user = request.user
    assert isinstance(user, User)
    if not user.may(Permission.FIND_CASE):
        role = ROLES[Role(user.role)]
        given = list(given_cases(user))
        looks.shows(request, [row.case_id for row in given], [FieldClass.PERSONAL])
        context = {"role": role, "given": given, "may_see_figures": user.may(Permission.VIEW_FIGURES)}
        return render(request, "worklist/no_cases.html", {**context, **_own_actions(request, user)})
    today = timezone.localdate()
    filters = Filters.asked(request.GET, user)
    shown = worklist(user, filters, _page(request), today)
    looks.shows(request, [group.case.pk for group in shown.groups])
    waiting = list(waiting_for(user)[:CHANGES_SHOWN])
    looks.shows(request, [row.case_id for row in waiting])
    scopes = [(scope, filters.with_scope(scope).address, scope is filters.scope) for scope in scopes_for(user)]
    context = {"worklist": shown, "filters": filters, "filter_form": FilterForm(filters), "scopes": scopes}
    context |= {"changes": waiting, "more_changes": len(waiting) == CHANGES_SHOWN, "in_words": in_words}
    may_see_figures = user.may(Permission.VIEW_FIGURES)
    context |= {"on": today, "may_see_figures": may_see_figures, **_own_actions(request, user)}
    return render(request, "worklist/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Ask for whom the worklist is and why; then give it as a file."""
    assert isinstance(request.user, User)
    require(request.user, Permission.EXPORT_LIST)
    return _export(request, request.user)


@stepped_up
def _export(request: HttpRequest, user: User) -> HttpResponse:
    filters = Filters.asked(request.GET, user)
    form = RecipientForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sharing = form.sharing_by(f"{user.display_name}, {user.role_label}, {user.agency_name}")
        try:
            found = export_worklist(by=user, filters=filters, sharing=sharing, today=timezone.localdate())
            return csv_answer("worklist.csv", found)
        except TooMany as refused:
            form.refuse(None, str(refused))
    return render(request, "worklist/export.html", {"form": form, "filters": filters})


@require_GET
def figures_page(request: HttpRequest) -> HttpResponse:
    """How each standard is kept in the reader's area, or in all: counts, never names."""
    assert isinstance(request.user, User)
    require(request.user, Permission.VIEW_FIGURES)
    areas = areas_for(request.user)
    if not areas:
        raise PermissionDenied(NOT_YOURS)
    chosen = [area for area in areas if area.code == request.GET.get("area")] or areas
    today = timezone.localdate()
    rows = figures(chosen, today)
    context = {"rows": rows, "total": together(rows), "areas": areas, "chosen": chosen, "on": today}
    opens_cases = request.user.may(Permission.FIND_CASE)
    return render(request, "worklist/figures.html", {**context, "opens_cases": opens_cases})


def _own_actions(request: HttpRequest, user: User) -> dict[str, object]:
    """The actions of meetings that are this person's to do, for the home page. One query."""
    found: Mine = actions_of(user)
    looks.shows(request, [row.case_id for row in found.rows], [FieldClass.SENSITIVE] if found.rows else [])
    return {"my_actions": found, "how_late": how_late}


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
