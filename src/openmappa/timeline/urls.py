"""Addresses of a case's pages, below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.timeline.views.case import duties, front_sheet, history, timeline
from openmappa.timeline.views.facts import recorded, void
from openmappa.timeline.views.recording import preview_registration, record, record_menu

app_name = "timeline"
urlpatterns = [
    path("", front_sheet, name="front_sheet"),
    path("duties/", duties, name="duties"),
    path("timeline/", timeline, name="timeline"),
    path("history/<slug:what>/", history, name="history"),
    path("record/", record_menu, name="record_menu"),
    path("record/<slug:what>/", record, name="record"),
    path("registration/preview/", preview_registration, name="preview_registration"),
    path("facts/<int:pk>/", recorded, name="recorded"),
    path("facts/<int:pk>/void/", void, name="void"),
]
