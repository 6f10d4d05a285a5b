from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "openmappa.notices"
    label = "notices"
