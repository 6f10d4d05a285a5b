"""Addresses of line managers: what their units have before them, and, below a case, what they do on it."""

from django.urls import path

from openmappa.line_management.views import cases, quality

app_name = "line_management"
urlpatterns = [
    path("cases/<uuid:key>/management-reviews/", cases.reviews, name="reviews"),
    path("cases/<uuid:key>/management-reviews/add/", cases.review, name="review"),
    path("cases/<uuid:key>/management-reviews/actions/<int:pk>/", cases.complete, name="complete"),
    path("cases/<uuid:key>/late/<slug:standard>/<str:opened_on>/<int:because_fact>/", cases.explain, name="explain"),
    path("cases/<uuid:key>/quality/", quality.quality, name="quality"),
    path("cases/<uuid:key>/quality/<int:fact>/", quality.marks, name="marks"),
    path("cases/<uuid:key>/quality/<int:fact>/mark/", quality.mark, name="mark"),
]
