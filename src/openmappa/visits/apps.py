from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "openmappa.visits"
    label = "visits"
