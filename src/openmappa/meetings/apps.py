from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "openmappa.meetings"
    label = "meetings"

    def import_models(self) -> None:
        """Read every file of the models' folder, which re-exports nothing."""
        super().import_models()
        for module in ("sitting", "invitee", "directory", "contribution", "calendar"):
            import_module(f"openmappa.meetings.models.{module}")
