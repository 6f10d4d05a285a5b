from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "openmappa.worklist"
    label = "worklist"
