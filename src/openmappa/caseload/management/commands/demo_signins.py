"""``openmappa manage demo_signins``"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from openmappa.caseload.errors import CaseloadError
from openmappa.caseload.services.demo import PASSWORD, refuse_outside_a_demonstration, sign_ins


class Command(BaseCommand):
    requires_system_checks = ()  # nothing here depends on addresses or templates
    help = "Print the address of the demonstration and one sign-in for each role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="where the demonstration is served")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_outside_a_demonstration()
        except CaseloadError as problem:
            self.stderr.write(str(problem))
            sys.exit(1)
        rows = [(entry.username, entry.role, entry.full_name, entry.where) for entry in sign_ins()]
        if not rows:
            self.stderr.write("Nobody can sign in yet. Load the demonstration first: make demo.")
            sys.exit(1)
        heads = ("Sign in as", "Role", "Name", "Where")
        widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
        self.stdout.write(f"OpenMAPPA demonstration: {options['address']}")
        self.stdout.write("All people in it are generated. No real person appears anywhere.\n")
        for row in (heads, tuple("-" * width for width in widths), *rows):
            self.stdout.write(
                "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            )
        self.stdout.write(f"\nThe password is the same for everybody: {PASSWORD}")
