"""Django's ``flush``, as the owner of the tables: the application's role may not empty a table."""

from typing import Any

from django.conf import settings
from django.core.management.commands import flush
from django.db import connections

from openmappa.config.roles import as_owner


class Command(flush.Command):
    """Empty all tables as the owner."""

    def handle(self, **options: Any) -> None:
        """Do what Django does, on a connection of the owner's."""
        with as_owner(connections[options["database"]], settings.DATABASE_ACCESS):
            super().handle(**options)
