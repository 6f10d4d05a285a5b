"""Addresses of referrals, their screening, and MAPPA levels; those of one case stand below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.referrals.views import levels, other_meetings, referring, screening

app_name = "referrals"
OF_A_CASE = "cases/<uuid:key>/mappa"
urlpatterns = [
    path("referrals/", referring.mine, name="mine"),
    path("referrals/new/", referring.start, name="start"),
    path("referrals/waiting/", screening.queue, name="queue"),
    path("referrals/<uuid:referral>/", referring.show, name="show"),
    path("referrals/<uuid:referral>/edit/", referring.edit, name="edit"),
    path("referrals/<uuid:referral>/discard/", referring.discard, name="discard"),
    path("referrals/<uuid:referral>/answer/", referring.answer_page, name="answer"),
    path("referrals/<uuid:referral>/screening/", screening.screen, name="screen"),
    path("referrals/<uuid:referral>/match/", screening.match, name="match"),
    path("referrals/<uuid:referral>/more/", screening.more, name="more"),
    path("referrals/<uuid:referral>/screeners/", screening.screeners, name="screeners"),
    path("referrals/<uuid:referral>/view/", screening.view, name="view"),
    path("referrals/<uuid:referral>/decide/", screening.decide, name="decide"),
    path(f"{OF_A_CASE}/refer/", referring.refer, name="refer"),
    path(f"{OF_A_CASE}/levels/", levels.levels, name="levels"),
    path(f"{OF_A_CASE}/level/", levels.decide, name="decide_level"),
    path(f"{OF_A_CASE}/category/", levels.category, name="category"),
    path(f"{OF_A_CASE}/other-meetings/", other_meetings.other_meetings, name="other_meetings"),
    path(f"{OF_A_CASE}/other-meetings/record/", other_meetings.record, name="record_other_meeting"),
    path(f"{OF_A_CASE}/other-meetings/<uuid:meeting>/question/", other_meetings.question, name="question"),
    path(f"{OF_A_CASE}/other-meetings/<uuid:meeting>/answer/", other_meetings.answer, name="answer_meeting"),
]
