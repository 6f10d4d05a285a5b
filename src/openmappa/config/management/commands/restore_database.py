"""``openmappa restore BACKUP --into TARGET``: a backup in a new database, compared with what it must hold."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.loader import MigrationLoader

from openmappa.config.backups import BackupError, Manifest, read_manifest
from openmappa.config.cluster import Cluster
from openmappa.config.database import DatabaseAccess, embedded_access, url_access
from openmappa.config.environment import SettingsError
from openmappa.config.restoring import restore_backup
from openmappa.config.streams import identities_from


class Command(BaseCommand):
    """Never into the database in use: the target is a new one, and the settings are pointed at it afterwards."""

    help = "Restore a backup into a new, empty database, and see that all of it is there."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What, into what, and with which key."""
        parser.add_argument("backup", type=Path, help="a folder that openmappa backup has made")
        parser.add_argument(
            "--into",
            required=True,
            metavar="TARGET",
            help="a new folder for an embedded database, or the address of an empty database as its owner: "
            "postgresql://OWNER:…@HOST/NEW (or @VARIABLE: the environment variable that holds the address)",
        )
        parser.add_argument("--key", type=Path, metavar="FILE", help="the secret key of age, where it is encrypted")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, compare, and check the chain of the audit log. Exits with 1 unless everything holds."""
        try:
            backup = Path(options["backup"]).absolute()
            manifest = read_manifest(backup.parent if backup.is_file() else backup)
            behind = _behind(manifest)
            access, environment = _target(options["into"])
            keys = identities_from(options["key"]) if options["key"] else ()
            restore_backup(
                backup.parent if backup.is_file() else backup, manifest, access, keys=keys, say=self.stdout.write
            )
        except SettingsError as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"All {manifest.total:,} rows of {manifest.made_at} are there.")
        if behind:
            self.stdout.write(
                "The backup is of an older version of OpenMAPPA. Point the settings at the new database, run make "
                "migrate, and then openmappa verify-audit."
            )
            return
        self._verify(environment)
        self.stdout.write("Point the settings at the new database, and start the service.")

    def _verify(self, environment: Mapping[str, str]) -> None:
        """Check the chain in a process of its own, whose settings are those of the new database alone."""
        command = [sys.executable, "-m", "django", "verify_audit"]
        done = subprocess.run(command, env=dict(environment), text=True, capture_output=True, check=False)  # noqa: S603
        self.stdout.write(done.stdout.strip())
        if done.returncode:
            raise CommandError(f"{done.stderr.strip()}\nThe audit log of this backup does not hold. Do not use it.")


def _behind(manifest: Manifest) -> bool:
    """Whether this program has migrations that the backup lacks. Raises ``BackupError`` when it is the other way."""
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    if newer := sorted(set(manifest.migrations) - ours):
        raise BackupError(
            f"The backup was made by a newer version of OpenMAPPA ({manifest.program}): this one has no {newer[0]}. "
            "Restore it with that version."
        )
    return bool(ours - set(manifest.migrations))


def _target(into: str) -> tuple[DatabaseAccess, dict[str, str]]:
    """The target's logins, and the environment in which a command works on the target."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment = kept | {"OPENMAPPA_DB_ROLE": "jobs", "DJANGO_SETTINGS_MODULE": "openmappa.config.settings"}
    if into.startswith("@"):
        into = os.environ.get(into[1:], "")
    if "://" in into:
        return url_access(into), environment | {"DATABASE_URL": into}
    folder = Path(into).expanduser().absolute()
    if not into or (folder.exists() and any(folder.iterdir()) and not (folder / "data" / "PG_VERSION").exists()):
        raise BackupError(f"The folder {folder} is not empty, so nothing was restored into it. Name a new one.")
    access = embedded_access(folder, Cluster(folder, durable=True).socket_folder)
    return access, environment | {"OPENMAPPA_POSTGRES": str(folder)}
