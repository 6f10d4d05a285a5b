from importlib import import_module

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "openmappa.orders"
    label = "orders"

    def import_models(self) -> None:
        """Read every file of the models' folder, which re-exports nothing."""
        super().import_models()
        for module in ("order", "breach", "recall"):
            import_module(f"openmappa.orders.models.{module}")
