"""`openmappa import`, `export` and `manage`: commands on the record, handed over to Django's management commands."""

import os
from collections.abc import Mapping, Sequence

from django.core.management import execute_from_command_line

SETTINGS = "openmappa.config.settings"

COMMANDS: Mapping[str, tuple[str, ...]] = {"import": ("import_caseload",), "export": ("export_caseload",), "manage": ()}
"""Each command, with the management command that it stands for; ``manage`` takes its name from what follows."""

HELP: Mapping[str, str] = {
    "import": "take a caseload file into the record",
    "export": "write the record's cases as a caseload file",
    "manage": "any other management command on the record (openmappa manage help lists them)",
}


def hand_over(command: str, arguments: Sequence[str]) -> int:
    """Run the management command with these arguments, as they stand. Exits by itself where the command refuses.

    Import and export see first that the database is ready: the embedded one makes itself so.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    name = "openmappa manage" if command == "manage" else "openmappa"
    if COMMANDS[command]:
        execute_from_command_line([name, "ready_database"])
    execute_from_command_line([name, *COMMANDS[command], *arguments])
    return 0
