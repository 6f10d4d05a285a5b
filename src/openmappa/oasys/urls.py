"""Addresses of a case's OASys assessments, below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.oasys.urls_around import AROUND
from openmappa.oasys.views import listing, signing, writing

app_name = "oasys"
urlpatterns = [
    *AROUND,
    path("oasys/", listing.oasys_list, name="list"),
    path("oasys/start/", listing.start, name="start"),
    path("oasys/<uuid:oasys>/", listing.show, name="show"),
    path("oasys/<uuid:oasys>/summary/", listing.summary, name="summary"),
    path("oasys/<uuid:oasys>/abandon/", listing.abandon, name="abandon"),
    path("oasys/<uuid:oasys>/correct/", signing.correct, name="correct"),
    path("oasys/<uuid:oasys>/sign/", signing.sign, name="sign"),
    path("oasys/<uuid:oasys>/next/", signing.next_steps, name="next"),
    path("oasys/<uuid:oasys>/countersign/", signing.countersign, name="countersign"),
    path("oasys/<uuid:oasys>/sections/<slug:section>/", writing.section, name="section"),
    path("oasys/<uuid:oasys>/sections/<slug:section>/autosave/", writing.autosave, name="autosave"),
]
