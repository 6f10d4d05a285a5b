"""The pages of sittings: one with its list; calling one; changing it; the agendas of a day; the calendar file."""

import uuid
from datetime import date, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.audit.looks import shows
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.mappa.agenda import AgendaItem
from openmappa.meetings.calendar_file import calendar_file
from openmappa.meetings.forms.fields import instant_of
from openmappa.meetings.forms.sittings import CallSitting, ListCase, People, Reason, Where
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.agenda import agenda
from openmappa.meetings.queries.calendars import entry_in, invitation_of
from openmappa.meetings.queries.directory import directory_of
from openmappa.meetings.queries.invited import answers_in
from openmappa.meetings.queries.people import chairs_of, minute_takers_of
from openmappa.meetings.queries.sittings import listed, sittings_between
from openmappa.meetings.services.calling import call_sitting, list_case
from openmappa.meetings.services.changing import cancel_sitting, move_sitting, name_people
from openmappa.meetings.views.loading import done, sitting_of
from openmappa.referrals.models.referral import Referral
from openmappa.signin.step_up import stepped_up

BOTH = ["GET", "HEAD", "POST"]
Agendas = list[tuple[Sitting, list[tuple[Meeting, tuple[AgendaItem, ...]]]]]


@require_safe
def show(request: HttpRequest, sitting: uuid.UUID) -> HttpResponse:
    """A sitting: when, where, who chairs, and its list with who is invited to each case."""
    user, found = sitting_of(request, sitting, Permission.CONTRIBUTE_TO_MEETING)
    meetings = listed(found)
    shows(request, [meeting.case_id for meeting in meetings])
    context = {
        "sitting": found,
        "meetings": meetings,
        "answers": answers_in(meetings),
        "unseen": getattr(found, "on_list") - len(meetings),  # noqa: B009 - annotated
        "may_call": user.may(Permission.CALL_MEETING) and not found.is_cancelled,
        "saved": request.GET.get("saved", ""),
    }
    return render(request, "meetings/sitting.html", context)


@require_http_methods(BOTH)
def call(request: HttpRequest) -> HttpResponse:
    """Call a sitting on one case or several."""
    user = whoever_asks(request, Permission.CALL_MEETING)
    if user.area is None:
        raise Http404("Only somebody of an area calls sittings")
    form = _call_form(request, user)
    called: list[Sitting] = []
    if done(form, lambda: called.append(_call(request, user, form))):
        return _back(called[0], "called")
    shows(request, [case.pk for case in form.found])
    return render(request, "meetings/call.html", {"form": form})


@require_http_methods(BOTH)
def add(request: HttpRequest, sitting: uuid.UUID) -> HttpResponse:
    """Put one more case on the list."""
    user, found = sitting_of(request, sitting, Permission.CALL_MEETING)
    form = ListCase(
        _sent(request),
        entries=directory_of(found.area_id),
        visible=Case.objects.visible_to(user),
        initial={"version": found.version},
    )
    if done(form, lambda: _list(user, found, form)):
        return _back(found, "listed")
    return _form(request, found, form, "Add a case to the list", "Add the case")


@require_http_methods(BOTH)
def move(request: HttpRequest, sitting: uuid.UUID) -> HttpResponse:
    """Give the sitting another time or place."""
    user, found = sitting_of(request, sitting, Permission.CALL_MEETING)
    starts = timezone.localtime(found.starts_at)
    now = {"on": starts.date(), "at": f"{starts:%H:%M}", "place": found.place, "room": found.room, "link": found.link}
    form = Where(_sent(request), initial={**now, "version": found.version})
    if done(
        form,
        lambda: move_sitting(
            by=user, sitting=found, version=form.seen, despite_clashes=form.goes_ahead, **form.where()
        ),
    ):
        return _back(found, "moved")
    return _form(request, found, form, "Move the sitting", "Move the sitting")


@require_http_methods(BOTH)
def people(request: HttpRequest, sitting: uuid.UUID) -> HttpResponse:
    """Name who chairs and who takes the minutes."""
    user, found = sitting_of(request, sitting, Permission.CALL_MEETING)
    initial = {"chair": str(found.chair_id), "minute_taker": str(found.minute_taker_id or ""), "version": found.version}
    chairs, takers = chairs_of(found.area_id), minute_takers_of(found.area_id)
    form = People(_sent(request), chairs=chairs, takers=takers, initial=initial)
    if done(
        form,
        lambda: name_people(by=user, sitting=found, version=form.seen, despite_clashes=form.goes_ahead, **form.named()),
    ):
        return _back(found, "named")
    return _form(request, found, form, "Who chairs and who takes the minutes", "Save")


@require_http_methods(BOTH)
def cancel(request: HttpRequest, sitting: uuid.UUID) -> HttpResponse:
    """Cancel the sitting, with the reason."""
    user, found = sitting_of(request, sitting, Permission.CALL_MEETING)
    form = Reason(_sent(request), initial={"version": found.version})
    if done(
        form,
        lambda: cancel_sitting(by=user, sitting=found, reason=form.cleaned_data["reason"], version=form.seen),
    ):
        return _back(found, "cancelled")
    return _form(request, found, form, "Cancel the sitting", "Cancel the sitting")


@require_safe
def calendar(request: HttpRequest, sitting: uuid.UUID) -> HttpResponse:
    """The calendar file for the reader's own calendar. It says nothing of any case."""
    user = whoever_asks(request, Permission.CONTRIBUTE_TO_MEETING)
    found = Sitting.objects.filter(key=sitting).first()
    entry = entry_in(found, user) if found is not None else None
    if entry is None:
        raise Http404("Not invited to this sitting")
    answer = HttpResponse(calendar_file(invitation_of(entry, user.email)), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="mappa-meeting.ics"'
    return answer


@require_safe
def day(request: HttpRequest, on: date) -> HttpResponse:
    """The draft agendas of a whole day in the reader's area: one after the other, to be printed in one go."""
    user = whoever_asks(request, Permission.CALL_MEETING)
    first = instant_of(on, time.min)
    sittings = [
        (each, [(meeting, agenda(meeting, user)) for meeting in listed(each)])
        for each in sittings_between(user.area_id or 0, first, first + timedelta(days=1)).filter(
            cancelled_at__isnull=True
        )
    ]
    walled = any(item.is_walled for _, rows in sittings for _, items in rows for item in items)
    return (stepped_up(_day) if walled else _day)(request, on, sittings)


def _day(request: HttpRequest, on: date, sittings: Agendas) -> HttpResponse:
    shows(request, [meeting.case_id for _, rows in sittings for meeting, _ in rows])
    return render(request, "meetings/day.html", {"day_of": on, "sittings": sittings})


def _call_form(request: HttpRequest, user: User) -> CallSitting:
    area = user.area_id or 0
    chairs = chairs_of(area)
    initial = {"cases": request.GET.get("cases", ""), "level": request.GET.get("level", "")}
    initial |= {"chair": str(user.pk) if user in chairs else ""}
    return CallSitting(
        _sent(request),
        chairs=chairs,
        takers=minute_takers_of(area),
        entries=directory_of(area),
        visible=Case.objects.visible_to(user),
        initial=initial,
    )


def _call(request: HttpRequest, user: User, form: CallSitting) -> Sitting:
    assert user.area is not None
    return call_sitting(
        by=user,
        area=user.area,
        level=int(form.cleaned_data["level"]),
        cases=form.to_list(_referrals(request)),
        despite_clashes=form.goes_ahead,
        submission=form.submission_key,
        **form.where(),
        **form.named(),
    )


def _referrals(request: HttpRequest) -> dict[int, uuid.UUID]:
    """The referral that led here, by the case it is about: no other case of the list rests on it."""
    try:
        key = uuid.UUID(request.GET.get("referral", ""))
    except ValueError:
        return {}
    return dict(Referral.objects.filter(key=key, case__isnull=False).values_list("case_id", "key"))


def _list(user: User, sitting: Sitting, form: ListCase) -> None:
    list_case(
        by=user,
        sitting=sitting,
        version=form.seen,
        despite_clashes=form.goes_ahead,
        submission=form.submission_key,
        **form.details(),
    )


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _form(request: HttpRequest, sitting: Sitting, form: object, title: str, submit: str) -> HttpResponse:
    back = reverse("meetings:sitting", kwargs={"sitting": sitting.key})
    context = {"sitting": sitting, "form": form, "title": title, "submit": submit, "back_to": back}
    return render(request, "meetings/sitting_form.html", context)


def _back(sitting: Sitting, what: str) -> HttpResponse:
    return redirect(f"{reverse('meetings:sitting', kwargs={'sitting': sitting.key})}?saved={what}")
