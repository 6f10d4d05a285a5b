"""The coordinator's desk, the lists behind it, the meetings that come, and who comes to them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import Area, User
from openmappa.audit import looks
from openmappa.cases.queries import ask_row_by_row
from openmappa.coordination.queries import desk as parts
from openmappa.coordination.queries.attendance import attendance
from openmappa.coordination.queries.figures import rules
from openmappa.coordination.queries.lists import LISTS, glances, listed
from openmappa.core.access import Permission
from openmappa.core.dates import add_months
from openmappa.ui.paging import page_number

NO_AREA = "You belong to no area, so there is no desk for you. Ask your administrator which area is yours."


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, what comes and what is late in the coordinator's area."""
    user, area = coordinator(request)
    ask_row_by_row()
    today = timezone.localdate()
    found = glances(user, area, today)
    looks.shows(request, [line.case.pk for _, page in found for line in page.lines if line.case])
    context = {
        "area": area,
        "on": today,
        "glances": found,
        "places": parts.by_place(parts.coming_sittings(area, today)),
        "agencies": parts.late_by_agency(area, today),
        "came": attendance(area, add_months(today, -rules().desk.months_back), today),
        "rules": rules().desk,
        "in_words": parts.in_words,
    }
    return render(request, "coordination/desk.html", context)


@require_safe
def listing(request: HttpRequest, what: str) -> HttpResponse:
    """One list of the desk in full."""
    user, area = coordinator(request)
    found = LISTS.get(what)
    if found is None:
        raise Http404("No such list")
    ask_row_by_row()
    today = timezone.localdate()
    page = listed(user, found, area, today, page_number(request.GET))
    looks.shows(request, [line.case.pk for line in page.lines if line.case])
    context = {"listing": found, "page": page, "area": area, "on": today, "in_words": parts.in_words}
    return render(request, "coordination/list.html", context)


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """The sittings of the weeks ahead, by place."""
    _, area = coordinator(request)
    sittings = parts.coming_sittings(area, timezone.localdate())
    context = {"places": parts.by_place(sittings), "area": area, "rules": rules().desk}
    return render(request, "coordination/coming.html", context)


@require_safe
def came(request: HttpRequest) -> HttpResponse:
    """Who came to the meetings of the last months, by agency and rank."""
    _, area = coordinator(request)
    today = timezone.localdate()
    since = add_months(today, -rules().desk.months_back)
    rows = attendance(area, since, today)
    return render(request, "coordination/came.html", {"rows": rows, "area": area, "since": since, "until": today})


def coordinator(request: HttpRequest) -> tuple[User, Area]:
    """Who asks, a coordinator, and their area. Raises NotAllowed, PermissionDenied."""
    user = whoever_asks(request, Permission.COORDINATE)
    if user.area is None:
        raise PermissionDenied(NO_AREA)
    return user, user.area
