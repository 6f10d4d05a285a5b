from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "openmappa.plans"
    label = "plans"
