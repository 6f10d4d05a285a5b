"""Why something of the board's was not written."""

from django.core.exceptions import PermissionDenied

from openmappa.ui.answering import RefusedAtFields


class NotKept(RefusedAtFields):
    """Nothing of the board's was written; ``problems`` says why, by field."""


class ChangedSince(NotKept):
    """Somebody else saved it after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            {"": "Somebody else has saved this since you opened the page. Read it again; nothing of yours is lost."}
        )


class AnotherArea(PermissionDenied):
    """The board of another area is kept there (a 403)."""

    def __init__(self) -> None:
        super().__init__(
            "You read about this board and belong to another area. Its own members and coordinator keep it."
        )
