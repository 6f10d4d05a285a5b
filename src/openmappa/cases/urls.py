"""Addresses of this app. None holds a name or a number of a person."""

from django.urls import path

from openmappa.cases import views

app_name = "cases"
urlpatterns = [
    path("find/", views.find, name="find"),
    path("cases/", views.mine, name="mine"),
]
