"""Having a past day worked out, so that pages of figures can be counted from it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from openmappa.accounts.queries import areas_for
from openmappa.board.forms_figures import AsOf, AsOfForm
from openmappa.board.views.reading import reader
from openmappa.past.services.asking import ask_for_past_day


@require_POST
def work_out(request: HttpRequest) -> HttpResponse:
    """Ask for a past day over an area, or over all that the reader sees; then back to the page that needs it."""
    who = reader(request)
    form = AsOfForm(request.POST, today=who.today)
    code = request.POST.get("area", "")
    areas = [area for area in areas_for(who.user) if code in ("", area.code)]
    if form.as_of is not AsOf.NOW:
        ask_for_past_day(by=who.user, areas=areas, on=form.until, known=form.as_of is AsOf.KNOWN)
    back = request.POST.get("back", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if ours else reverse("board:overview"))
