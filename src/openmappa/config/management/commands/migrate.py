"""Django's ``migrate``, as the owner of the tables: the application's role may change rows, not tables."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from openmappa.config.roles import as_owner


class Command(migrate.Command):
    """Migrate as the owner."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what Django does, on a connection of the owner's."""
        with as_owner(connections[options["database"]], settings.DATABASE_ACCESS):
            super().handle(*args, **options)
