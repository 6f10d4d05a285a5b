"""Addresses of reviews of serious further offences; those of one case stand below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.further_offences.views import contributions, lessons, reviews

CASE = "cases/<uuid:key>/further-offences/"
REVIEW = f"{CASE}<uuid:review>/"

app_name = "further_offences"
urlpatterns = [
    path("further-offences/", reviews.desk, name="desk"),
    path("contributions/", contributions.mine, name="mine"),
    path("contributions/<uuid:contribution>/", contributions.write, name="write"),
    path("lessons/", lessons.lesson_list, name="lessons"),
    path("lessons/<uuid:lesson>/", lessons.one_lesson, name="one_lesson"),
    path("lessons/<uuid:lesson>/share/", lessons.share, name="share"),
    path(CASE, reviews.of_case, name="list"),
    path(f"{CASE}open/", reviews.open_one, name="open"),
    path(REVIEW, reviews.show, name="show"),
    path(f"{REVIEW}notified/", reviews.notified, name="notified"),
    path(f"{REVIEW}ask/", reviews.ask, name="ask"),
    path(f"{REVIEW}conclude/", reviews.conclude, name="conclude"),
    path(f"{REVIEW}lesson/", lessons.record, name="lesson"),
    path(f"{REVIEW}contributions/<uuid:contribution>/", contributions.read, name="read"),
]
