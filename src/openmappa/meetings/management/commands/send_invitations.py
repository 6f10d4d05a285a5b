"""``openmappa manage send_invitations``: invitations by e-mail with calendar files, with nothing of any case."""

from openmappa.meetings.services.sending import send_invitations
from openmappa.notices.management.sending import SendingCommand
from openmappa.notices.sending import Sending


class Command(SendingCommand):
    """Once a minute is often enough. It may be stopped at any moment; two at once send nothing twice."""

    help = "Send those who are invited to meetings a message with a calendar file. No message holds anything of a case."

    def send(self) -> Sending:
        """Send what waits, and say how it went."""
        return send_invitations()
