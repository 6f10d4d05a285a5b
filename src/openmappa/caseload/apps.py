from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    name = "openmappa.caseload"
    label = "caseload"
