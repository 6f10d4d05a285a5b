from django.apps import AppConfig


class PastConfig(AppConfig):
    name = "openmappa.past"
    label = "past"
