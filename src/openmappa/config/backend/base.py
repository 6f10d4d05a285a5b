"""The connection. Everything else is Django's own PostgreSQL backend."""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from openmappa.config.backend.features import DatabaseFeatures
from openmappa.config.embedded import ensure_running


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that makes sure that the embedded server, where there is one, is running."""

    features_class = DatabaseFeatures

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; the first connection of a process may take the seconds in which the embedded server
        starts.
        """
        if settings.DATABASE_ACCESS.embedded is not None:
            ensure_running(settings.DATABASE_ACCESS.embedded, durable=settings.DATABASE_IS_DURABLE)
        return super().get_new_connection(conn_params)
