"""Every standard of an area on one page: what a board member opens first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.board.queries.overview import overview
from openmappa.board.queries.staff import standards_of_staff
from openmappa.board.views.reading import asking, tabs
from openmappa.core.inspection.on_time import expected_by_chance


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How often each standard was kept, beside its target and the months before: counts, never names."""
    asked = asking(request)
    found = overview(asked.scope) if asked.scope else None
    by_chance = expected_by_chance(found.comparisons) if found else 0
    context = {**asked.context, "found": found, "by_chance": by_chance, "tabs": tabs("board:overview")}
    return render(request, "board/overview.html", {**context, "of_staff": standards_of_staff()})
