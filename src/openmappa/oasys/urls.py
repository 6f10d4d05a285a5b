"""Addresses of a case's OASys assessments, below ``cases/<uuid:key>/``."""

from django.urls.resolvers import URLPattern

app_name = "oasys"
urlpatterns: list[URLPattern] = []
