"""Addresses of a tablet that is handed over. They name nobody: what it is for stands in the session on the server."""

from django.urls import path

from openmappa.oasys.views import handed_over

app_name = "your_views"
urlpatterns = [
    path("your-views/", handed_over.start, name="start"),
    path("your-views/<int:place>/", handed_over.question, name="question"),
    path("your-views/check/", handed_over.check, name="check"),
    path("your-views/give-back/", handed_over.give_back, name="give_back"),
]
