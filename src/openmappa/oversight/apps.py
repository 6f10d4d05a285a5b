from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "openmappa.oversight"
    label = "oversight"
