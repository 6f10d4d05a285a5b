"""``openmappa manage seal_audit``: close the days of the audit log that are over."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from openmappa.audit.services import BATCH, seal_some
from openmappa.audit.verifying import so_many, written

HELD = (
    "{day} cannot be sealed yet: something that began on that day is still being written. "
    "Nothing is lost; it is sealed the next time this runs."
)
BUSY = "Another process is sealing the log at this moment."


class Command(BaseCommand):
    """Seals day after day, in transactions of their own, so that it can be stopped and goes on where it was."""

    help = "Seal the days of the audit log that are over, so that a later change of one row is found."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much at once."""
        parser.add_argument("--batch", type=int, default=BATCH, help="rows in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal until nothing is left to be sealed; say how many rows and days that was."""
        rows = days = 0
        while not (step := seal_some(batch=max(options["batch"], 1))).stopped:
            rows += step.rows
            days += step.sealed
        if step.stopped == "held" and step.day is not None:
            self.stderr.write(HELD.format(day=written(step.day)))
        elif step.stopped == "busy":
            self.stderr.write(BUSY)
        if options["verbosity"] > 0:
            self.stdout.write(f"Sealed {so_many(days, 'day')} with {so_many(rows, 'row')}.")
