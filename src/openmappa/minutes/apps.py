from importlib import import_module

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "openmappa.minutes"
    label = "minutes"

    def import_models(self) -> None:
        """Read every file of the models' folder, which re-exports nothing."""
        super().import_models()
        for module in ("running", "minutes", "copies"):
            import_module(f"openmappa.minutes.models.{module}")
