"""Addresses of a case's pages, below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.timeline.views import changes, files, notes
from openmappa.timeline.views.case import duties, front_sheet, history
from openmappa.timeline.views.entries import prove, timeline
from openmappa.timeline.views.facts import recorded, void
from openmappa.timeline.views.levels import levels
from openmappa.timeline.views.recording import preview_registration, record, record_menu
from openmappa.timeline.views.sharing import export

app_name = "timeline"
urlpatterns = [
    path("", front_sheet, name="front_sheet"),
    path("duties/", duties, name="duties"),
    path("timeline/", timeline, name="timeline"),
    path("timeline/prove/", prove, name="prove"),
    path("timeline/export/", export, name="export"),
    path("notes/write/", notes.write, name="write_note"),
    path("notes/<uuid:note>/correct/", notes.correct, name="correct_note"),
    path("notes/<uuid:note>/void/", notes.void, name="void_note"),
    path("files/attach/", files.attach, name="attach_file"),
    path("files/<uuid:file>/", files.download, name="file"),
    path("files/<uuid:file>/void/", files.void, name="void_file"),
    path("history/<slug:what>/", history, name="history"),
    path("levels/", levels, name="levels"),
    path("changes/", changes.listing, name="changes"),
    path("changes/tell/", changes.tell, name="tell"),
    path("changes/victim/", changes.tell_victim_risk, name="tell_victim_risk"),
    path("changes/<uuid:notice>/", changes.change, name="change"),
    path("record/", record_menu, name="record_menu"),
    path("record/<slug:what>/", record, name="record"),
    path("registration/preview/", preview_registration, name="preview_registration"),
    path("facts/<int:pk>/", recorded, name="recorded"),
    path("facts/<int:pk>/void/", void, name="void"),
]
