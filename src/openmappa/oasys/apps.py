from importlib import import_module

from django.apps import AppConfig


class OasysConfig(AppConfig):
    name = "openmappa.oasys"
    label = "oasys"

    def import_models(self) -> None:
        """The models stand in two files: the assessment, and what stands around it."""
        super().import_models()
        import_module(f"{self.name}.models_around")
