from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "openmappa.coordination"
    label = "coordination"
