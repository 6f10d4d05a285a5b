from django.apps import AppConfig


class GoodPracticeConfig(AppConfig):
    name = "openmappa.good_practice"
    label = "good_practice"
