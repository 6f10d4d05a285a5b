"""Addresses of a line manager's own pages."""

from django.urls.resolvers import URLPattern

app_name = "line_management"
urlpatterns: list[URLPattern] = []
