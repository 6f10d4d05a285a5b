"""Addresses of line managers: what their units have before them, and, below a case, what they do on it."""

from django.urls import path

from openmappa.line_management.views import cases, quality, unit

app_name = "line_management"
urlpatterns = [
    path("my-unit/", unit.overview, name="unit"),
    path("my-unit/countersign/", unit.waiting, name="waiting"),
    path("my-unit/not-reviewed/", unit.not_reviewed_page, name="not_reviewed"),
    path("my-unit/management-reviews/", unit.reviews_due, name="reviews_due"),
    path("my-unit/late-starts/", unit.late_starts, name="late_starts"),
    path("my-unit/late-starts/list/", unit.starts, name="starts"),
    path("my-unit/changes/", unit.changes, name="changes"),
    path("my-unit/quality/", unit.unit_quality, name="unit_quality"),
    path("cases/<uuid:key>/management-reviews/", cases.reviews, name="reviews"),
    path("cases/<uuid:key>/management-reviews/add/", cases.review, name="review"),
    path("cases/<uuid:key>/management-reviews/actions/<int:pk>/", cases.complete, name="complete"),
    path("cases/<uuid:key>/late/<slug:standard>/<str:opened_on>/<int:because_fact>/", cases.explain, name="explain"),
    path("cases/<uuid:key>/quality/", quality.quality, name="quality"),
    path("cases/<uuid:key>/quality/<int:fact>/", quality.marks, name="marks"),
    path("cases/<uuid:key>/quality/<int:fact>/mark/", quality.mark, name="mark"),
]
