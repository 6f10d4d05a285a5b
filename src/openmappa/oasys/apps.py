from django.apps import AppConfig


class OasysConfig(AppConfig):
    name = "openmappa.oasys"
    label = "oasys"
