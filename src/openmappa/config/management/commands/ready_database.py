"""``openmappa manage ready_database``: what every command on the record asks first."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    """Makes the embedded database ready when it is new or behind; says what to do where a real server is."""

    help = "See that the database is there and up to date; the embedded one is made so."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is said when everything is ready."""
        embedded = settings.DATABASE_ACCESS.embedded is not None
        if embedded:
            call_command("prepare_database", verbosity=0)
        try:
            behind = self._is_behind()
        except DatabaseError as problem:
            raise CommandError(
                f"The database cannot be reached: {str(problem).strip()}\n"
                "Look at DATABASE_URL, and whether the server runs. Nothing was read or written."
            ) from None
        if behind and not embedded:
            raise CommandError("The database is not up to date. Run `make migrate` first. Nothing was read or written.")
        if behind:
            call_command("migrate", verbosity=0, interactive=False)
            self.stderr.write("The embedded database was made ready.")

    def _is_behind(self) -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
