"""``openmappa manage chase_movements``: releases that nobody acknowledges, and returns that are overdue."""

from openmappa.accounts.management.repeating import RepeatingCommand
from openmappa.movements.services.chasing import chase


class Command(RepeatingCommand):
    """Every few minutes, or once a day. It may be stopped at any moment, and two at once tell nobody twice."""

    help = "Tell of releases that nobody has acknowledged as their day nears, and of returns that are overdue."

    def once(self) -> str:
        """Follow up on what waits, and say what was done."""
        done = chase()
        return f"Told of {done.releases} releases not acknowledged and {done.returns} returns overdue."
