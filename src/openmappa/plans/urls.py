"""Addresses of a case's plans, below ``cases/<uuid:key>/``."""

from django.urls.resolvers import URLPattern

app_name = "plans"
urlpatterns: list[URLPattern] = []
