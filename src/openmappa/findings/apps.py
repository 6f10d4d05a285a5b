from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "openmappa.findings"
    label = "findings"
