from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "openmappa.actions"
    label = "actions"
