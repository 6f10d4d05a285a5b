from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "openmappa.interviews"
    label = "interviews"
