"""``openmappa manage follow_up_actions``: remind owners of actions, and tell upwards of those that are late."""

from openmappa.accounts.management.repeating import RepeatingCommand
from openmappa.actions.services.following import follow_up

TO_NOBODY = (
    "{count} times there was nobody to tell of an action: its area has no MAPPA coordinator and no board member, or "
    "its agency nobody who does actions. Add them under People."
)


class Command(RepeatingCommand):
    """Every few minutes. It may be stopped at any moment, and two at once tell nobody twice."""

    help = "Remind owners of actions of MAPPA meetings, and tell managers and the board of those that are late."

    def once(self) -> str:
        """Follow up on what waits, and say what was done."""
        done = follow_up()
        if done.to_nobody:
            self.stderr.write(TO_NOBODY.format(count=done.to_nobody))
        return (
            f"Reminded owners of {done.reminded}; told managers of {done.managers} and the board of "
            f"{done.board} late actions; {done.owners_left} owners had left; {done.in_step} were brought in "
            "step with the timeline."
        )
