"""Tables of the report of 2005 counted from the record: 1 and 7, 2, 6, delays of 7.4; and the cases behind them."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.audit import looks
from openmappa.board.queries import behind_report
from openmappa.board.queries.delays import delays, scored
from openmappa.board.queries.interventions import interventions
from openmappa.board.queries.mappa import reviews
from openmappa.board.queries.visits import visits
from openmappa.board.views.reading import asking, tabs
from openmappa.coordination.queries.cases import cases_page
from openmappa.core.access import Permission
from openmappa.ui.paging import page_number


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The tables, each beside what the report printed: counts, never names."""
    asked = asking(request)
    tables = {}
    if asked.scope:
        tables = {
            "visits": visits(asked.scope),
            "delays": delays(asked.scope),
            "scored": scored(asked.scope),
            "interventions": interventions(asked.scope),
            "mappa": reviews(asked.scope),
        }
    return render(request, "board/report.html", {**asked.context, **tables, "tabs": tabs("board:report")})


@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """The cases behind a count of one of the tables, as far as the reader sees them."""
    asked = asking(request, Permission.FIND_CASE)
    found = behind_report.title_of(request.GET)
    if asked.scope is None or found is None:
        raise Http404("No such list")
    ids = behind_report.cases(asked.who.user, asked.scope, request.GET)
    page = cases_page(asked.who.user, ids, page_number(request.GET))
    looks.shows(request, [case.pk for case in page.lines])
    which = {name: request.GET.get(name, "") for name in ("of", "key", "more")}
    context = {**asked.context, "page": page, "title": found, "address": f"{asked.address}&{urlencode(which)}"}
    return render(request, "board/report_cases.html", context)
