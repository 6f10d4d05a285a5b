"""Addresses of an inspection's interviews."""

from django.urls import path

from openmappa.interviews import views

app_name = "interviews"
ALL = "inspections/<uuid:inspection>/interviews/"
ONE = f"{ALL}<uuid:interview>/"
urlpatterns = [
    path(ALL, views.listing, name="list"),
    path(f"{ALL}schedule/", views.who_is_asked_what, name="schedule"),
    path(f"{ALL}schedule/file/", views.schedule_file, name="schedule_file"),
    path(f"{ALL}plan/", views.plan, name="plan"),
    path(f"{ALL}themes/", views.themes, name="themes"),
    path(f"{ALL}themes/<uuid:theme>/", views.theme, name="theme"),
    path(f"{ALL}themes/<uuid:theme>/merge/", views.merge_into, name="merge_theme"),
    path(f"{ALL}themes/<uuid:theme>/remove/", views.remove, name="remove_theme"),
    path(f"{ALL}quotes/<uuid:quote>/take-away/", views.take_away, name="take_away"),
    path(ONE, views.show, name="show"),
    path(f"{ONE}notes/<str:question>/", views.note, name="note"),
    path(f"{ONE}quote/", views.quote, name="quote"),
    path(f"{ONE}finish/", views.finish, name="finish"),
    path(f"{ONE}drop/", views.drop, name="drop"),
]
