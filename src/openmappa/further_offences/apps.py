from importlib import import_module

from django.apps import AppConfig


class FurtherOffencesConfig(AppConfig):
    name = "openmappa.further_offences"
    label = "further_offences"

    def import_models(self) -> None:
        """Read every file of the models' folder, which re-exports nothing."""
        super().import_models()
        for module in ("review", "lesson", "acknowledgement"):
            import_module(f"openmappa.further_offences.models.{module}")
