"""Groups held against each other: by ethnicity, sex or age."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.board.forms_figures import GroupsForm
from openmappa.board.queries.groups import groups
from openmappa.board.views.reading import asking, tabs
from openmappa.core.inspection.on_time import expected_by_chance


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How many times as often something happens in one group as in another, and how sure that is."""
    asked = asking(request, form=GroupsForm)
    form = GroupsForm(request.GET, today=asked.who.today)
    found = groups(asked.scope, *form.asked) if asked.scope else None
    by_chance = expected_by_chance(found.compared) if found else 0
    context = {**asked.context, "found": found, "by_chance": by_chance, "tabs": tabs("board:groups")}
    return render(request, "board/groups.html", context)
