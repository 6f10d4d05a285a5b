"""``openmappa manage work_out_past_days``: the past days that somebody wants tables of."""

from openmappa.accounts.management.repeating import RepeatingCommand
from openmappa.past.services.working_out import work_out_past_days


class Command(RepeatingCommand):
    """Every few seconds or minutes. It may be stopped at any moment, and of two at once one does nothing."""

    help = "Work out the past days that somebody asked for, so that tables can be counted from them."

    def once(self) -> str:
        """Work out what waits, and say how much it was."""
        return f"Worked out {work_out_past_days()} past days."
