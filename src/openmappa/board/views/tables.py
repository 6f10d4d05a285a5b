"""Live tables of duties met on time: counts with intervals, their trend, the cases behind a row, and a file."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.accounts.queries import areas_for
from openmappa.audit import looks
from openmappa.board.disclosure import export_table
from openmappa.board.forms import AskForm
from openmappa.board.queries.cases import cases_page, page_number
from openmappa.board.queries.on_time import Asked, cases_behind, live_table, past_of
from openmappa.board.queries.rows import rows_named
from openmappa.board.queries.targets import judged_rows
from openmappa.board.views.reading import NOT_YOURS, tabs
from openmappa.core.access import Permission
from openmappa.core.inspection.on_time import expected_by_chance
from openmappa.timeline.forms.sharing import RecipientForm
from openmappa.ui.csv_files import csv_answer


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """A table of any standard, told apart as asked, over the reader's area or over all: counts, never names."""
    user, form = _form(request)
    asked = form.asked
    then = past_of(asked)
    found = live_table(replace(asked, past=then)) if asked and (then is None or then.is_ready) else None
    shown = AskForm(asked.answers, areas=form.areas, today=form.today) if asked else form
    context = {
        **{"form": shown, "asked": asked, "found": found, "areas": form.areas, "asking": {"past": then}},
        "tabs": tabs("board:tables"),
        "judged": judged_rows(found) if found else {},
        "opens_cases": user.may(Permission.FIND_CASE),
        "by_chance": expected_by_chance(found.comparisons) if found else 0,
    }
    return render(request, "board/tables.html", context)


@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """The cases behind a row, as far as the reader sees them."""
    user, form = _form(request, Permission.FIND_CASE)
    asked = _valid(form)
    row, on_time = form.row or "", request.GET.get("which") == "yes"
    page = cases_page(user, cases_behind(user, asked, row, on_time=on_time), page_number(request.GET))
    looks.shows(request, [case.pk for case, _ in page.lines])
    name = rows_named(asked.by, [row], asked.areas)[row]
    context = {"asked": asked, "page": page, "name": name, "row": row, "on_time": on_time}
    return render(request, "board/behind.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Ask for whom the table is and why; then give it as a file, small counts hidden."""
    user, asking = _form(request)
    asked = _valid(asking)
    form = RecipientForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sharing = form.sharing_by(f"{user.display_name}, {user.role_label}, {user.agency_name}")
        return csv_answer("on-time.csv", export_table(by=user, asked=asked, sharing=sharing))
    return render(request, "board/export.html", {"form": form, "asked": asked})


def _form(request: HttpRequest, *needs: Permission) -> tuple[User, AskForm]:
    """Who asks, and what for."""
    user = whoever_asks(request, Permission.VIEW_FIGURES)
    for each in needs:
        whoever_asks(request, each)
    areas = areas_for(user)
    if not areas:
        raise PermissionDenied(NOT_YOURS)
    return user, AskForm(request.GET, areas=areas, today=timezone.localdate())


def _valid(form: AskForm) -> Asked:
    asked = form.asked
    then = past_of(asked)
    if asked is None or not (then is None or then.is_ready):
        raise Http404("No such table")
    return replace(asked, past=then)
