from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "openmappa.retention"
    label = "retention"
