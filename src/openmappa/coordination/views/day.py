"""A day of meetings, drafted from the cases that are due for review, and called once the coordinator agrees."""

from datetime import date, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmappa.accounts.models import Area, User
from openmappa.audit import looks
from openmappa.coordination.forms import DayForm
from openmappa.coordination.queries.day import called_by, proposed, usual_place
from openmappa.coordination.queries.figures import rules
from openmappa.coordination.views.desk import coordinator
from openmappa.core.mappa.day_list import day_for
from openmappa.meetings.errors import Clashes, NotCalled
from openmappa.meetings.models.sitting import Sitting
from openmappa.meetings.services.calling import ToList, call_sitting
from openmappa.ui.formats import short_day

LEVELS = ("2", "3")
BEGINS = time(10)


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest) -> HttpResponse:
    """The draft list, ready to be changed and called."""
    user, area = coordinator(request)
    today = timezone.localdate()
    level = int(next((each for each in LEVELS if each == request.GET.get("level")), LEVELS[0]))
    listed = proposed(user, area, level, today)
    looks.shows(request, [each.case.pk for each in listed])
    data = request.POST if request.method == "POST" else None
    form = DayForm(
        data, listed=listed, today=today, initial=_initial(area, today, [str(each.case.key) for each in listed])
    )
    clashes = False
    if form.is_bound and (earlier := called_by(form.submission_key)) is not None:
        return _answer(earlier)
    if form.is_bound and form.is_valid():
        try:
            return _answer(_called(user, area, level, form))
        except NotCalled as refused:
            form.refuse(None, str(refused))
            clashes = isinstance(refused, Clashes)
    context = {"form": form, "area": area, "level": level, "listed": listed, "rules": rules().desk, "clashes": clashes}
    return render(request, "coordination/day.html", context)


def _answer(sitting: Sitting) -> HttpResponse:
    return redirect(f"{reverse('meetings:sitting', args=[sitting.key])}?saved=called")


def _called(user: User, area: Area, level: int, form: DayForm) -> Sitting:
    answers = form.cleaned_data
    return call_sitting(
        by=user,
        area=area,
        level=level,
        starts_at=form.starts_at,
        chair=user,
        cases=[
            ToList(each.case, f"Review at a MAPPA meeting, due by {short_day(each.due_on)}") for each in form.chosen
        ],
        place=answers["place"],
        room=answers["room"],
        link=answers["link"],
        despite_clashes=answers["despite_clashes"],
        submission=answers["submission"],
    )


def _initial(area: Area, today: date, keys: list[str]) -> dict[str, object]:
    place, link = usual_place(area)
    on = day_for(today, rules().desk.notice_days)
    return {"cases": keys, "on": on, "at": BEGINS.strftime("%H:%M"), "place": place, "link": link}
