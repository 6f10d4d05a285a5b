"""``openmappa manage send_notices``: messages by e-mail that there is something to read, with nothing of any case."""

from openmappa.notices.management.sending import SendingCommand
from openmappa.notices.sending import Sending
from openmappa.notices.services import send_messages


class Command(SendingCommand):
    """Once a minute is often enough. It may be stopped at any moment; two at once send nothing twice."""

    help = "Send people who want it a message that there is something to read. No message holds anything of a case."

    def send(self) -> Sending:
        """Send what waits, and say how it went."""
        return send_messages()
