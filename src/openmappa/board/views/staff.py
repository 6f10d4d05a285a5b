"""What stands beside a standard that fell: posts, staff in post, absences, caseload."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.board.forms_figures import StaffForm
from openmappa.board.queries.staff import staff
from openmappa.board.views.reading import asking, tabs
from openmappa.core.access import Permission
from openmappa.core.inspection.on_time import expected_by_chance


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One standard over eight quarters beside those whose work it is: counts, never names."""
    asked = asking(request, form=StaffForm)
    standard = StaffForm(request.GET, today=asked.who.today).standard_asked
    found = staff(asked.who.area, standard, asked.scope.until, asked.past) if asked.scope else None
    compared = sum(line.change is not None for line in found.lines) if found else 0
    context = {
        **asked.context,
        "found": found,
        "compared": compared,
        "by_chance": expected_by_chance(compared),
        "sets_posts": asked.who.user.may(Permission.SET_POSTS),
        "tabs": tabs("board:staff"),
    }
    return render(request, "board/staff.html", context)
