from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "openmappa.cases"
    label = "cases"
