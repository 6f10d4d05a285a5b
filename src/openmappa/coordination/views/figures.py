"""Figures of MAPPA for an area: counts with intervals beside the report's, the cases behind them, and a file."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import Area, User
from openmappa.accounts.queries import areas_for
from openmappa.accounts.services import require
from openmappa.actions.queries.late import failing_agencies, rules_in_service
from openmappa.audit import looks
from openmappa.coordination.disclosure import export_figures
from openmappa.coordination.queries.cases import cases_page
from openmappa.coordination.queries.figures import PERIODS, Period, cases_behind, figures, period_asked, rules
from openmappa.core.access import Permission
from openmappa.timeline.forms.sharing import RecipientForm
from openmappa.ui.csv_files import csv_answer
from openmappa.ui.paging import page_number

NOT_YOURS = "There are no figures for your area here. Ask your administrator which area you belong to."


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """Every figure of a period over the reader's area, or over all: counts, never names."""
    user, areas, chosen, period = _asked(request)
    context = {
        "groups": figures(chosen, period),
        "rules": rules(),
        "areas": areas,
        "chosen": chosen,
        "period": period,
        "periods": PERIODS,
        "opens_cases": user.may(Permission.FIND_CASE),
        "address": _address(period, chosen, areas),
        "failing": failing_agencies(chosen[0], period.until) if len(chosen) == 1 else None,
        "failing_months": rules_in_service().failing_months,
    }
    return render(request, "coordination/figures.html", context)


@require_safe
def behind(request: HttpRequest, figure: str) -> HttpResponse:
    """The cases behind a figure, as far as the reader sees them."""
    user, areas, chosen, period = _asked(request)
    require(user, Permission.FIND_CASE)
    rule = rules().figure(figure)
    if rule is None:
        raise Http404("No such figure")
    among = rule.of.parts_of_a_whole or request.GET.get("which") == "yes"
    page = cases_page(user, cases_behind(user, chosen, period, rule, among=among), page_number(request.GET))
    looks.shows(request, [case.pk for case in page.lines])
    context = {"rule": rule, "among": among, "page": page, "period": period, "chosen": chosen}
    return render(request, "coordination/behind.html", {**context, "address": _address(period, chosen, areas)})


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Ask for whom the figures are and why; then give them as a file, small counts hidden."""
    user, areas, chosen, period = _asked(request)
    form = RecipientForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sharing = form.sharing_by(f"{user.display_name}, {user.role_label}, {user.agency_name}")
        return csv_answer("mappa-figures.csv", export_figures(by=user, areas=chosen, period=period, sharing=sharing))
    context = {"form": form, "period": period, "chosen": chosen, "address": _address(period, chosen, areas)}
    return render(request, "coordination/export.html", context)


def _asked(request: HttpRequest) -> tuple[User, list[Area], list[Area], Period]:
    """Who asks, the areas they may choose between, those they chose, and the period."""
    user = whoever_asks(request, Permission.VIEW_FIGURES)
    areas = areas_for(user)
    if not areas:
        raise PermissionDenied(NOT_YOURS)
    chosen = [area for area in areas if area.code == request.GET.get("area")] or areas
    return user, areas, chosen, period_asked(request.GET.get("months", ""), timezone.localdate())


def _address(period: Period, chosen: list[Area], areas: list[Area]) -> str:
    """The query string that asks for the same again."""
    area = f"&area={chosen[0].code}" if len(chosen) < len(areas) else ""
    return f"?months={period.months}{area}"
