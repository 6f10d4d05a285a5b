from django.apps import AppConfig


class SamplesConfig(AppConfig):
    name = "openmappa.samples"
    label = "samples"
