"""``openmappa manage tell``: follow up on changes that wait to be acknowledged."""

from openmappa.accounts.management.repeating import RepeatingCommand
from openmappa.timeline.telling import follow_up

TO_NOBODY = (
    "{count} overdue: nobody answers for the person, and the area has no MAPPA coordinator. "
    "Give their unit a line manager under People, Line managers."
)


class Command(RepeatingCommand):
    """Every few minutes. It may be stopped at any moment, and two at once tell nobody twice."""

    help = (
        "Tell line managers of changes that are not acknowledged in time, and whoever took over a case of what waits."
    )

    def once(self) -> str:
        """Follow up on what waits, and say what was done."""
        done = follow_up()
        if done.to_nobody:
            self.stderr.write(TO_NOBODY.format(count=done.to_nobody))
        return (
            f"Told line managers of {done.escalated} overdue; {done.came} came to a case and were told; for "
            f"{done.went} it lapsed."
        )
