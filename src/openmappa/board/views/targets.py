"""Targets of an area: which there are, how they came about, and setting one."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.board.forms_targets import TargetForm
from openmappa.board.queries.rows import standards
from openmappa.board.queries.targets import chief_ranks_in_words, every_target, sets_targets
from openmappa.board.services.targets import set_target
from openmappa.board.views.reading import reader, tabs
from openmappa.core.access import Permission
from openmappa.ui.answering import done, sent


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every standard with the target of the day, and those before it."""
    who = reader(request)
    context = {
        **{"who": who, "found": every_target(who.area, who.today), "tabs": tabs("board:targets")},
        "sets": sets_targets(who.user, who.area),
        "ranks": chief_ranks_in_words(),
        "saved": standards().get(request.GET.get("saved", "")),
    }
    return render(request, "board/targets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: HttpRequest, standard: str) -> HttpResponse:
    """Set the target of a standard from a day on, or end it."""
    who = reader(request, Permission.SET_TARGET)
    if standard not in standards():
        raise Http404("No such standard")
    if not sets_targets(who.user, who.area):
        raise PermissionDenied(f"Targets are set by the MAPPA coordinator or a {chief_ranks_in_words()} of the area.")
    now = next(each for each in every_target(who.area, who.today) if each.id == standard)
    aim = now.now.aim if now.now else None
    known = {"percent": aim.percent, "near_from": aim.near_from} if aim else {}
    form = TargetForm(sent(request), initial={"from_on": who.today, **known})
    if done(form, lambda: set_target(by=who.user, area=who.area, standard=standard, **form.said)):
        return redirect(f"{reverse('board:targets')}?saved={standard}")
    return render(request, "board/target.html", {"who": who, "form": form, "standard": now})
