from django.apps import AppConfig


class InvolvedConfig(AppConfig):
    name = "openmappa.involved"
    label = "involved"
