"""Addresses of the coordinator's desk and MAPPA on a case; those of one case stand below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.coordination.views import case, day, desk, figures

app_name = "coordination"
urlpatterns = [
    path("coordination/", desk.desk, name="desk"),
    path("coordination/day/", day.day, name="day"),
    path("coordination/meetings/", desk.coming, name="coming"),
    path("coordination/attendance/", desk.came, name="came"),
    path("coordination/lists/<slug:what>/", desk.listing, name="list"),
    path("coordination/figures/", figures.figures_page, name="figures"),
    path("coordination/figures/export/", figures.export, name="export_figures"),
    path("coordination/figures/<slug:figure>/", figures.behind, name="behind"),
    path("cases/<uuid:key>/mappa/", case.case, name="case"),
]
