from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "openmappa.transfers"
    label = "transfers"
