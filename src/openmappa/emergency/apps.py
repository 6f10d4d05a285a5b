from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "openmappa.emergency"
    label = "emergency"
