from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "openmappa.inspections"
    label = "inspections"
