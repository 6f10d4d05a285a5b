"""What actions refuse."""

from openmappa.timeline.errors import NotRecorded


class NotAgreed(NotRecorded):
    """No action was recorded; the message says why and what to do."""


class NotDone(NotRecorded):
    """The step was not taken; the message says why and what to do."""


class MovedOn(NotDone):
    """Somebody did something with the action after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody has done something with this action since you opened the page. Nothing of yours is lost: read "
            "what was done below, and send it again if it still holds."
        )
