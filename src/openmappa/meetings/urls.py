"""Addresses of sittings, their meetings and who is invited; those of one case stand below ``cases/<uuid:key>/``."""

from django.urls import path, register_converter

from openmappa.meetings.days import Day
from openmappa.meetings.views import directory, meetings, mine, sittings

register_converter(Day, "day")

app_name = "meetings"
SITTING = "meetings/sittings/<uuid:sitting>/"
MEETING = "cases/<uuid:key>/meetings/<uuid:meeting>/"
urlpatterns = [
    path("meetings/", mine.listing, name="mine"),
    path("meetings/call/", sittings.call, name="call"),
    path("meetings/days/<day:on>/", sittings.day, name="day"),
    path("meetings/directory/", directory.listing, name="directory"),
    path("meetings/directory/add/", directory.add, name="directory_add"),
    path("meetings/directory/<uuid:entry>/", directory.change, name="directory_change"),
    path("meetings/directory/<uuid:entry>/leave/", directory.leave, name="directory_leave"),
    path(SITTING, sittings.show, name="sitting"),
    path(f"{SITTING}add/", sittings.add, name="add"),
    path(f"{SITTING}move/", sittings.move, name="move"),
    path(f"{SITTING}people/", sittings.people, name="people"),
    path(f"{SITTING}cancel/", sittings.cancel, name="cancel"),
    path(f"{SITTING}mappa-meeting.ics", sittings.calendar, name="calendar"),
    path("cases/<uuid:key>/meetings/", meetings.of_case, name="of_case"),
    path(MEETING, meetings.show, name="show"),
    path(f"{MEETING}agenda/", meetings.agenda_page, name="agenda"),
    path(f"{MEETING}invite/", meetings.invite, name="invite"),
    path(f"{MEETING}invite/missing/", meetings.invite_all, name="invite_all"),
    path(f"{MEETING}take-off/", meetings.take_off, name="take_off"),
    path(f"{MEETING}invited/<uuid:invitee>/withdraw/", meetings.withdraw, name="withdraw"),
    path(f"{MEETING}invited/<uuid:invitee>/answer/", meetings.answer, name="answer"),
    path(f"{MEETING}invited/<uuid:invitee>/attendance/", meetings.attend, name="attend"),
    path(f"{MEETING}mine/", mine.one, name="one"),
    path(f"{MEETING}mine/<uuid:contribution>/withdraw/", mine.take_back, name="take_back"),
]
