"""Addresses of this app. Signing in and out, ``accounts:sign_in`` and its like, come from ``signin.urls``."""

from django.urls import path

from openmappa.accounts import views

app_name = "accounts"
urlpatterns = [
    path("you/", views.me, name="me"),
    path("you/messages/", views.messages, name="messages"),
    path("roles/", views.roles, name="roles"),
]
