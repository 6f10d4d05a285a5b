"""Commands that do what there is to do and end, or with ``--every`` go on: the timetable's (decision 0030)."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class RepeatingCommand(BaseCommand):
    """A command of the timetable. It may be stopped at any moment, and two at once do nothing twice."""

    def add_arguments(self, parser: CommandParser) -> None:
        """How often, where it is to go on."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, with this long a pause in between")

    def handle(self, *args: Any, **options: Any) -> None:
        """Once, or again and again."""
        while True:
            said = self.once()
            if options["verbosity"] > 0:
                self.stdout.write(said)
            if not options["every"]:
                return
            time.sleep(max(options["every"], 1))

    def once(self) -> str:
        """Do what there is to do, and say in a sentence what was done. What is wrong goes to standard error."""
        raise NotImplementedError
