"""``openmappa manage send_notices``: messages by e-mail that there is something to read, with nothing of any case."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from openmappa.notices.services import send_messages

NOT_SET = (
    "No mail server is set. Write its address into OPENMAPPA_EMAIL_URL, such as smtp://user:password@mail.example:587"
)


class Command(BaseCommand):
    """Once a minute is often enough. It may be stopped at any moment; two at once send nothing twice."""

    help = "Send people who want it a message that there is something to read. No message holds anything of a case."

    def add_arguments(self, parser: CommandParser) -> None:
        """How often, where it is to go on."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, with this long a pause in between")

    def handle(self, *args: Any, **options: Any) -> None:
        """Once, or again and again. A server that is not reached is said; nothing is lost by it."""
        if not settings.OPENMAPPA_EMAIL_URL:
            raise CommandError(NOT_SET)
        while True:
            done = send_messages()
            if options["verbosity"] > 0:
                self.stdout.write(f"Sent {done.sent}; {done.failed} failed and will be tried again.")
            if done.unreached:
                self.stderr.write(f"The mail server is not reached ({done.unreached}). It is tried again next time.")
            if not options["every"]:
                return
            time.sleep(max(options["every"], 1))
