"""Addresses of who can open a case, below the case; and the restricted cases that one is kept from."""

from django.urls import path

from openmappa.involved import views

app_name = "involved"
urlpatterns = [
    path("restricted-cases/", views.restricted, name="restricted"),
    path("cases/<uuid:key>/who/", views.who, name="who"),
    path("cases/<uuid:key>/who/invite/", views.invite_page, name="invite"),
    path("cases/<uuid:key>/who/<int:pk>/end/", views.end, name="end"),
    path("cases/<uuid:key>/who/restrict/", views.restrict_page, name="restrict"),
    path("cases/<uuid:key>/who/name/", views.name_page, name="name"),
    path("cases/<uuid:key>/who/lift/", views.lift_page, name="lift"),
]
