from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "openmappa.timeline"
    label = "timeline"
