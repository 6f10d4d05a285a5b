"""``openmappa manage work_out_what_if``: the what-if questions that somebody asked."""

from openmappa.accounts.management.repeating import RepeatingCommand
from openmappa.workload.services.working_out import work_out_what_if


class Command(RepeatingCommand):
    """Every few seconds. It may be stopped at any moment, and of two at once one does nothing."""

    help = "Work out the what-if questions that somebody asked, from the cases of the record."

    def once(self) -> str:
        """Work out what waits, and say how much it was."""
        return f"Worked out {work_out_what_if()} what-if questions."
