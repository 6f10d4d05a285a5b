"""``openmappa manage remind_of_transfers``: remind both coordinators of transfers that are not answered in time."""

from openmappa.accounts.management.repeating import RepeatingCommand
from openmappa.transfers.services.reminding import remind_of_transfers


class Command(RepeatingCommand):
    """Once a day is enough. It may be stopped at any moment, and two at once remind nobody twice."""

    help = "Remind the coordinators of both areas of transfers that are not answered in time."

    def once(self) -> str:
        """Follow up on what waits, and say what was done."""
        late = remind_of_transfers()
        return f"Reminded both coordinators of {late} late answers."
