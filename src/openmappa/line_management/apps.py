from django.apps import AppConfig


class LineManagementConfig(AppConfig):
    name = "openmappa.line_management"
    label = "line_management"
