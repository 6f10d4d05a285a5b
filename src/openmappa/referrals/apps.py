from importlib import import_module

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "openmappa.referrals"
    label = "referrals"

    def import_models(self) -> None:
        """Read every file of the models' folder, which re-exports nothing."""
        super().import_models()
        for module in ("referral", "screening", "levels", "other_meetings"):
            import_module(f"openmappa.referrals.models.{module}")
