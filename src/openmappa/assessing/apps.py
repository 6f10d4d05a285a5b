from django.apps import AppConfig


class AssessingConfig(AppConfig):
    name = "openmappa.assessing"
    label = "assessing"
