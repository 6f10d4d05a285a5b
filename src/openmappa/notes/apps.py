from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "openmappa.notes"
    label = "notes"
