"""``openmappa check``: whether the service can run; with ``--deploy``, whether it may hold real people."""

import os
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from openmappa.accounts.acting import as_job
from openmappa.config.deployment import Finding, findings_in_settings
from openmappa.config.deployment_database import findings_in_database, findings_in_reach, findings_in_seals


class Command(BaseCommand):
    """Reads and changes nothing. Exits with 1 when there is any finding."""

    help = "Look whether the service can run. With --deploy: whether it is fit for real people, and if not, why."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The one question that can be added."""
        parser.add_argument("--deploy", action="store_true", help="look for what would be careless in service")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each finding as a sentence or two: what, where, what to do."""
        found = [Finding(f"{error.msg} {error.hint or ''}".strip()) for error in checks.run_checks()]
        found += list(findings_in_settings(settings, os.environ)) if options["deploy"] else []
        missing = list(findings_in_reach(connection))
        found += missing
        if options["deploy"] and not missing:
            found += list(findings_in_database(connection))
            with as_job("check"):
                found += list(findings_in_seals(connection))
        for number, finding in enumerate(found, 1):
            self.stdout.write(f"{number}. {'' if finding.stops else 'Advice: '}{finding.said}\n")
        stopping = sum(finding.stops for finding in found)
        if found:
            raise CommandError(
                f"{len(found)} to mend. "
                + ("The service does not start like this." if stopping else "The service starts.")
            )
        self.stdout.write("Nothing careless was found." if options["deploy"] else "The service can run.")
