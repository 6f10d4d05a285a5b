from importlib import import_module

from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "openmappa.movements"
    label = "movements"

    def import_models(self) -> None:
        """Read every file of the models' folder, which re-exports nothing."""
        super().import_models()
        for module in ("release", "move"):
            import_module(f"openmappa.movements.models.{module}")
