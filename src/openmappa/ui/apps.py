from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "openmappa.ui"
    label = "ui"
