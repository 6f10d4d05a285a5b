"""``openmappa manage tell``: follow up on changes that wait to be acknowledged."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from openmappa.timeline.telling import follow_up

TO_NOBODY = (
    "{count} overdue: nobody answers for the person, and the area has no MAPPA coordinator. "
    "Give their unit a line manager under People, Line managers."
)


class Command(BaseCommand):
    """Every few minutes. It may be stopped at any moment, and two at once tell nobody twice."""

    help = (
        "Tell line managers of changes that are not acknowledged in time, and whoever took over a case of what waits."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How often, where it is to go on."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, with this long a pause in between")

    def handle(self, *args: Any, **options: Any) -> None:
        """Once, or again and again."""
        while True:
            done = follow_up()
            if options["verbosity"] > 0:
                self.stdout.write(
                    f"Told line managers of {done.escalated} overdue; {done.came} came to a case and were told; for "
                    f"{done.went} it lapsed."
                )
            if done.to_nobody:
                self.stderr.write(TO_NOBODY.format(count=done.to_nobody))
            if not options["every"]:
                return
            time.sleep(max(options["every"], 1))
