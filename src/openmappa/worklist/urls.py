"""Addresses of this app."""

from django.urls import path

from openmappa.worklist import views

app_name = "worklist"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("worklist/export/", views.export, name="export"),
    path("figures/", views.figures_page, name="figures"),
]
