"""Addresses of the board: its own pages, and its figures."""

from django.urls import path

from openmappa.board.views import (
    groups,
    home,
    links,
    meetings,
    overview,
    past,
    plan,
    report,
    seats,
    staff,
    tables,
    targets,
)

MEETING = "board/meetings/<uuid:meeting>/"

app_name = "board"
urlpatterns = [
    path("tables/overview/", overview.page, name="overview"),
    path("tables/report/", report.page, name="report"),
    path("tables/report/cases/", report.behind, name="report_cases"),
    path("tables/groups/", groups.page, name="groups"),
    path("tables/staff/", staff.page, name="staff"),
    path("tables/past/", past.work_out, name="work_out"),
    path("tables/targets/", targets.listing, name="targets"),
    path("tables/targets/<slug:standard>/", targets.setting, name="set_target"),
    path("tables/", tables.tables, name="tables"),
    path("tables/cases/", tables.behind, name="behind"),
    path("tables/export/", tables.export, name="export"),
    path("board/", home.home, name="home"),
    path("board/attendance/", home.attendance, name="attendance"),
    path("board/members/", seats.members, name="members"),
    path("board/members/add/", seats.add, name="add_member"),
    path("board/members/<uuid:member>/", seats.change, name="change_member"),
    path("board/members/<uuid:member>/end/", seats.end, name="end_member"),
    path("board/meetings/", meetings.listing, name="meetings"),
    path("board/meetings/call/", meetings.call, name="call"),
    path(MEETING, meetings.show, name="meeting"),
    path(f"{MEETING}attendance/", meetings.attendance, name="note_attendance"),
    path(f"{MEETING}notes/", meetings.notes, name="notes"),
    path(f"{MEETING}decide/", meetings.decide, name="decide"),
    path(f"{MEETING}close/", meetings.close, name="close"),
    path(f"{MEETING}call-off/", meetings.call_off, name="call_off"),
    path("board/plan/", plan.current, name="plan"),
    path("board/plan/begin/", plan.begin, name="begin_plan"),
    path("board/plan/<uuid:plan>/", plan.show, name="plan_of"),
    path("board/plan/<uuid:plan>/agree/", plan.agree, name="agree_plan"),
    path("board/plan/<uuid:plan>/aim/", plan.aim, name="add_aim"),
    path("board/plan/aims/<uuid:aim>/action/", plan.add_action, name="add_action"),
    path("board/plan/actions/<uuid:action>/", plan.action, name="action"),
    path("board/plan/actions/<uuid:action>/progress/", plan.progress, name="progress"),
    path("board/links/", links.links, name="links"),
    path("board/links/add/", links.add, name="add_body"),
    path("board/links/<uuid:body>/report/", links.report, name="note_report"),
    path("board/links/reports/<uuid:exchange>/answer/", links.answer, name="answer"),
]
