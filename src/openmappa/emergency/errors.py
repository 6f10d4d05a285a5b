"""Why emergency access is refused, in sentences for the person who asked."""

from datetime import datetime

from openmappa.ui.formats import clock, plural


class NotOpened(Exception):
    """No case was opened; the message says why and what to do."""


class NoMatch(NotOpened):
    """No case fits exactly; ``left`` is how many more times the person may try within the hour."""

    def __init__(self, left: int) -> None:
        super().__init__(
            "No case has exactly this number, or exactly this name and date of birth. Check every letter and digit. "
            f"You can try {plural(left, 'more time', 'more times')} within the hour."
        )


class SeveralMatch(NotOpened):
    """More than one case fits, so that none is opened."""

    def __init__(self) -> None:
        super().__init__("More than one case fits. Enter the reference, PNC or CRN of the one that you mean.")


class TooManyMisses(NotOpened):
    """Nothing fitted too often. ``again_at``: from when the person may try again, in local time."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(f"You can try again from {clock(again_at)}.")
        self.again_at = again_at


class NotReviewed(Exception):
    """A judgement was refused; the message says why."""
