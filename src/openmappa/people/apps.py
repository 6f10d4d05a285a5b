from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "openmappa.people"
    label = "people"
