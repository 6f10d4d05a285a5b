"""Addresses of oversight. None holds a name or a number of a person whom a case is about."""

from django.urls import path

from openmappa.oversight.views import extract, log, unusual

app_name = "oversight"
urlpatterns = [
    path("looks/", log.ask, name="ask"),
    path("looks/mine/", log.mine, name="mine"),
    path("looks/case/<uuid:key>/", log.seen_by, name="seen_by"),
    path("looks/person/<int:pk>/", log.looked_at, name="looked_at"),
    path("looks/extract/", extract.extract, name="extract"),
    path("looks/unusual/", unusual.listing, name="unusual"),
    path("looks/unusual/<int:pk>/", unusual.judge, name="judge"),
]
