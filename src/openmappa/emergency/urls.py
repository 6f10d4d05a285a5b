"""Addresses of emergency access. None holds a name or a number of a person."""

from django.urls import path

from openmappa.emergency import views

app_name = "emergency"
urlpatterns = [
    path("act-now/", views.act, name="act"),
    path("act-now/<int:pk>/end/", views.end, name="end"),
    path("emergency-access/", views.queue, name="queue"),
    path("emergency-access/<int:pk>/", views.review, name="review"),
    path("cases/<uuid:key>/end-emergency/", views.end_here, name="end_here"),
]
