"""Addresses of the actions of MAPPA meetings; those of one case stand below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.actions.views import cases, pages

app_name = "actions"
urlpatterns = [
    path("actions/", pages.listing, name="list"),
    path("actions/<uuid:action>/", pages.show, name="show"),
    path("actions/<uuid:action>/<slug:what>/", pages.deed, name="deed"),
    path("cases/<uuid:key>/actions/", cases.of_case, name="of_case"),
    path("cases/<uuid:key>/actions/new/", cases.agree, name="agree"),
    path("cases/<uuid:key>/actions/take-up/<path:number>/", cases.take_up, name="take_up"),
    path("cases/<uuid:key>/actions/number/<path:number>/", cases.by_number, name="by_number"),
]
