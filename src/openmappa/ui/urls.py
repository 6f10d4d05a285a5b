"""Addresses of the pages that belong to no case."""

from django.urls import path

from openmappa.ui import views

app_name = "ui"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("health", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
