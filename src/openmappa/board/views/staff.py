"""What stands beside a standard that fell: staff in post, absences, caseload."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.board.queries.staff import staff, standards_of_staff
from openmappa.board.views.reading import reader, tabs
from openmappa.core.inspection.on_time import expected_by_chance


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One standard over eight quarters beside those whose work it is: counts, never names."""
    who = reader(request)
    choices = standards_of_staff()
    asked = request.GET.get("standard", "")
    found = staff(who.area, asked if asked in choices else next(iter(choices)), who.today)
    compared = sum(line.change is not None for line in found.lines)
    context = {"who": who, "found": found, "standards": choices, "compared": compared}
    more = {"by_chance": expected_by_chance(compared), "tabs": tabs("board:staff")}
    return render(request, "board/staff.html", {**context, **more})
