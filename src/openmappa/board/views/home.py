"""The board of an area at a glance, and who came over a year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.board.queries.links import bodies_of
from openmappa.board.queries.meetings import (
    attendance_by_agency,
    attendance_by_meeting,
    is_overdue,
    meetings_of,
    next_meeting,
    years_of,
)
from openmappa.board.queries.plan import plan_in_force, plan_shown
from openmappa.board.queries.rules import rules
from openmappa.board.queries.seats import board_of
from openmappa.board.views.loading import to_read
from openmappa.core.board.years import year_of
from openmappa.further_offences.queries.lessons import lessons_stand

LATEST = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the board is, when it meets, what it set itself, and whom it speaks to."""
    on = to_read(request)
    plan = plan_in_force(on.area, on.today)
    shown = {
        "board": board_of(on.area, on.today),
        "next": next_meeting(on.area, on.today),
        "overdue": is_overdue(on.area, on.today),
        "latest": list(meetings_of(on.area).filter(cancelled_at__isnull=True, on__lte=on.today)[:LATEST]),
        "came": attendance_by_agency(on.area, year_of(on.today)),
        "year": year_of(on.today),
        "plan": plan_shown(plan, on.today) if plan else None,
        "bodies": bodies_of(on.area, on.today),
        "lessons": lessons_stand(on.area),
        "rules": rules(),
    }
    return render(request, "board/home.html", {"on": on, **shown})


@require_safe
def attendance(request: HttpRequest) -> HttpResponse:
    """Who came to the meetings of a year: by agency with intervals, and seat by seat."""
    on = to_read(request)
    this = year_of(on.today)
    years = years_of(on.area, on.today, this)
    year = next((each for each in years if str(each.start) == request.GET.get("year")), this)
    meetings, members = attendance_by_meeting(on.area, year)
    shown = {"year": year, "years": years, "meetings": meetings, "members": members}
    return render(request, "board/attendance.html", {"on": on, "came": attendance_by_agency(on.area, year), **shown})
