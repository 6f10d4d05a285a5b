"""``openmappa manage prepare_database``: the two roles, the database and their rights."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from openmappa.config.environment import SettingsError
from openmappa.config.roles import prepare


class Command(BaseCommand):
    """Safe to run again: it makes what is missing and changes nothing else."""

    help = "Make the database, its owner's role and the application's role, where they are missing."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was made; say so when nothing was missing."""
        try:
            done = prepare(settings.DATABASE_ACCESS, durable=settings.DATABASE_IS_DURABLE)
        except SettingsError as problem:
            raise CommandError(str(problem)) from None
        if options["verbosity"] > 0:
            self.stdout.write("\n".join(done) or "The database was prepared already.")
