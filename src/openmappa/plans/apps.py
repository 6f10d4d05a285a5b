from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "openmappa.plans"
    label = "plans"

    def import_models(self) -> None:
        """Read every file of the models' folder, which re-exports nothing."""
        super().import_models()
        for module in ("plan", "parts", "written"):
            import_module(f"openmappa.plans.models.{module}")
