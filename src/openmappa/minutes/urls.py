"""Addresses of running a meeting and its minutes; those of one case stand below ``cases/<uuid:key>/``."""

from django.urls import include, path

from openmappa.minutes.views import beside, minutes, offender, running

app_name = "minutes"
RUNNING = [
    path("run/", running.run, name="run"),
    path("open/", running.opened, name="open"),
    path("news/", running.news, name="news"),
    path("lines/<uuid:entry>/", running.entry, name="entry"),
    path("conclusion/", running.conclusion, name="conclusion"),
    path("chair/", running.chair, name="chair"),
    path("attendance/", beside.as_answered, name="as_answered"),
    path("attendance/<uuid:invitee>/", beside.attendance, name="attendance"),
    path("information/", beside.take_over, name="take_over"),
    path("actions/add/", beside.add_action, name="add_action"),
    path("actions/account/", beside.account, name="account"),
    path("close/", beside.close, name="close"),
]
VERSION = [
    path("", minutes.show, name="show"),
    path("lines/add/", minutes.new_line, name="new_line"),
    path("lines/<uuid:line>/", minutes.line, name="line"),
    path("check/", minutes.check, name="check"),
    path("issue/", minutes.issue, name="issue"),
    path("correct/", minutes.correct, name="correct"),
    path("offender/", offender.told, name="told"),
    path("offender/print/", offender.printed, name="printed"),
    path("copies/<uuid:copy>/withdraw/", minutes.withdraw, name="withdraw"),
]
urlpatterns = [
    path("minutes/", minutes.mine, name="mine"),
    path("minutes/copies/<uuid:copy>/", minutes.copy, name="copy"),
    path("cases/<uuid:key>/minutes/", minutes.of_case, name="case"),
    path("cases/<uuid:key>/minutes/<uuid:minutes>/", include(VERSION)),
    path("cases/<uuid:key>/meetings/<uuid:meeting>/minutes/", include(RUNNING)),
]
