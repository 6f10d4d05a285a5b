"""``openmappa backup FOLDER``: a whole copy of the record, counted and sealed with checksums."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from openmappa.accounts.acting import as_job
from openmappa.audit.services import log
from openmappa.config.backups import JOB, make_backup, read_manifest
from openmappa.config.environment import SettingsError


class Command(BaseCommand):
    """One folder a backup, named by its time; nothing in it is ever changed afterwards."""

    help = "Make a backup of the whole record in a new folder below FOLDER."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, unless OPENMAPPA_BACKUPS says it."""
        parser.add_argument(
            "folder", nargs="?", type=Path, help="where backups are kept; unless given, OPENMAPPA_BACKUPS says it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is done and where the backup lies. Refuses with a sentence; then no backup was made."""
        folder = options["folder"] or settings.OPENMAPPA_BACKUPS
        if folder is None:
            raise CommandError("Name the folder for the backup: openmappa backup FOLDER, or set OPENMAPPA_BACKUPS.")
        try:
            made = make_backup(
                settings.DATABASE_ACCESS,
                Path(folder).absolute(),
                recipients=settings.OPENMAPPA_BACKUP_RECIPIENTS,
                say=self.stdout.write,
            )
            manifest = read_manifest(made)
        except SettingsError as problem:
            raise CommandError(str(problem)) from None
        with as_job(JOB):
            log(by=None, verb="back up", operation="access", about={"backup": made.name, "rows": manifest.total})
        self.stdout.write(
            f"{made} holds {manifest.total:,} rows in {manifest.bytes / 1e6:,.1f} MB, read back and counted."
        )
        if not settings.OPENMAPPA_BACKUP_RECIPIENTS:
            self.stderr.write(
                "It is not encrypted: keep it on an encrypted disk, or set OPENMAPPA_BACKUP_RECIPIENTS to a public key "
                "of age."
            )
