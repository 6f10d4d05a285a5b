"""Who covers for whom, from when until when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.people.errors import NotChanged
from openmappa.people.forms.covers import ArrangeCover
from openmappa.people.forms.versions import ReasonForm
from openmappa.people.queries.covers import cover_seen_by, covers_for, may_be_absent, may_end
from openmappa.people.queries.tabs import tabs_for
from openmappa.people.services.covers import arrange_cover, end_cover
from openmappa.people.services.limits import NotYours

FORM = ["GET", "HEAD", "POST"]


@require_safe
def covers(request: HttpRequest) -> HttpResponse:
    """The covers that concern the reader, running and to come."""
    assert isinstance(request.user, User)
    user, today = request.user, timezone.localdate()
    mine = set(may_be_absent(user).order_by().values_list("pk", flat=True))
    context = {
        "rows": [(cover, cover.absent_id in mine) for cover in covers_for(user, today)],
        "may_arrange": user.may(Permission.ARRANGE_COVER),
        "done": request.GET.get("done", ""),
        "today": today,
        "tabs": tabs_for(user, "people:covers"),
    }
    return render(request, "people/covers.html", context)


@require_http_methods(FORM)
def arrange(request: HttpRequest) -> HttpResponse:
    """Arrange that one person covers for another."""
    assert isinstance(request.user, User)
    user, today = request.user, timezone.localdate()
    require(user, Permission.ARRANGE_COVER)
    initial = {"from_on": today, "absent": request.GET.get("absent", "")}
    form = ArrangeCover(user, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            arrange_cover(by=user, today=today, **form.answers)
            return redirect(f"{reverse('people:covers')}?done=arranged")
        except NotChanged as refused:
            form.refuse(refused.field or None, str(refused))
    return render(request, "people/arrange_cover.html", {"form": form})


@require_http_methods(FORM)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a cover from now on."""
    assert isinstance(request.user, User)
    user, today = request.user, timezone.localdate()
    cover = cover_seen_by(user, pk, today)
    if cover is None:
        raise Http404("No such cover")
    require(user, Permission.ARRANGE_COVER)
    if not may_end(user, cover):
        raise NotYours("You may not end this cover. Ask the line manager of the person who is covered.")
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Why does it end early?")
    if form.is_valid():
        try:
            end_cover(by=user, cover=cover, reason=form.cleaned_data["reason"], today=today)
            return redirect(f"{reverse('people:covers')}?done=ended")
        except NotChanged as refused:
            form.take(refused)
    return render(request, "people/end_cover.html", {"form": form, "cover": cover})
