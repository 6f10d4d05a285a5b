from importlib import import_module

from django.apps import AppConfig


class CaseAuditsConfig(AppConfig):
    name = "openmappa.case_audits"
    label = "case_audits"

    def import_models(self) -> None:
        """Read every file of the models' folder, which re-exports nothing."""
        super().import_models()
        for module in ("audits", "feedback"):
            import_module(f"openmappa.case_audits.models.{module}")
