from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "openmappa.assessments"
    label = "assessments"
