"""Addresses of what-if questions."""

from django.urls import path

from openmappa.workload import views

ONE = "tables/what-if/<uuid:question>/"

app_name = "workload"
urlpatterns = [
    path("tables/what-if/", views.listing, name="list"),
    path("tables/what-if/ask/", views.asking, name="ask"),
    path(ONE, views.show, name="show"),
    path(f"{ONE}delete/", views.delete, name="delete"),
    path(f"{ONE}export/", views.export, name="export"),
]
