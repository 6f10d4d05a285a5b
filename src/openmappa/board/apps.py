from importlib import import_module

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "openmappa.board"
    label = "board"

    def import_models(self) -> None:
        """Read every file of the models' folder, which re-exports nothing."""
        super().import_models()
        for module in ("targets", "seats", "meetings", "plan", "links"):
            import_module(f"openmappa.board.models.{module}")
