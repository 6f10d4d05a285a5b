"""``openmappa manage daily``: what the audit log needs once a day."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from openmappa.audit.services import make_months


class Command(BaseCommand):
    """Running it twice, or a day late, does no harm."""

    help = "Once a day: make the audit log's tables for the months ahead, and seal the days that are over."

    def handle(self, *args: Any, **options: Any) -> None:
        """First the months, then the seals."""
        made = make_months()
        if options["verbosity"] > 0 and made:
            self.stdout.write(f"Made {made} tables for the months ahead.")
        call_command("seal_audit", verbosity=options["verbosity"], stdout=self.stdout, stderr=self.stderr)
