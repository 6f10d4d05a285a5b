"""Commands that send what waits by e-mail."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from openmappa.accounts.management.repeating import RepeatingCommand
from openmappa.notices.sending import Sending

NOT_SET = (
    "No mail server is set. Write its address into OPENMAPPA_EMAIL_URL, such as smtp://user:password@mail.example:587"
)


class SendingCommand(RepeatingCommand):
    """Once a minute is often enough. A server that is not reached is said; nothing is lost by it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse where there is no server to send by."""
        if not settings.OPENMAPPA_EMAIL_URL:
            raise CommandError(NOT_SET)
        super().handle(*args, **options)

    def once(self) -> str:
        """Send what waits."""
        done = self.send()
        if done.unreached:
            self.stderr.write(f"The mail server is not reached ({done.unreached}). It is tried again next time.")
        return f"Sent {done.sent}; {done.failed} failed and will be tried again."

    def send(self) -> Sending:
        """Send what waits, and say how it went."""
        raise NotImplementedError
