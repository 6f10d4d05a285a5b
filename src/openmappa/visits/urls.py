"""Addresses of home visits, below a case."""

from django.urls import path

from openmappa.visits import views

app_name = "visits"
urlpatterns = [
    path("visits/", views.visit_list, name="list"),
    path("visits/record/", views.record, name="record"),
]
