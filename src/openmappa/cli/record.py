"""Commands on the record (`openmappa import`, `backup` and their like), handed over to Django's management commands."""

import os
from collections.abc import Mapping, Sequence

from django.core.management import execute_from_command_line

SETTINGS = "openmappa.config.settings"

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "import": ("import_caseload",),
    "export": ("export_caseload",),
    "check": ("check_service",),
    "backup": ("backup_database",),
    "restore": ("restore_database",),
    "verify-audit": ("verify_audit",),
    "manage": (),
}
"""Each command, with the management command that it stands for; ``manage`` takes its name from what follows."""

WITHOUT_DATABASE = frozenset({"check", "restore"})
"""Commands that look themselves at what there is, and change nothing in the database of the settings."""

HELP: Mapping[str, str] = {
    "import": "take a caseload file into the record",
    "export": "write the record's cases as a caseload file",
    "check": "look whether the service can run; with --deploy, whether it may hold real people",
    "backup": "make a whole copy of the record in a folder",
    "restore": "restore a backup into a new database, and see that all of it is there",
    "verify-audit": "check that the audit log is what was sealed, and name the first row that is not",
    "manage": "any other management command on the record (openmappa manage help lists them)",
}


def hand_over(command: str, arguments: Sequence[str]) -> int:
    """Run the management command with these arguments, as they stand. Exits by itself where the command refuses.

    All but those of ``WITHOUT_DATABASE`` see first that the database is ready: the embedded one makes itself so.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ.setdefault("OPENMAPPA_DB_ROLE", "jobs")  # a command acts as a job, never as a person
    name = "openmappa manage" if command == "manage" else "openmappa"
    if COMMANDS[command] and command not in WITHOUT_DATABASE:
        execute_from_command_line([name, "ready_database"])
    execute_from_command_line([name, *COMMANDS[command], *arguments])
    return 0
