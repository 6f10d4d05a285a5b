"""Why something of an annual report was not written."""

from django.core.exceptions import PermissionDenied

from openmappa.ui.answering import RefusedAtFields


class NotWritten(RefusedAtFields):
    """Nothing was written; ``problems`` says why, by field."""


class ChangedSince(NotWritten):
    """Somebody else saved it after the page was opened. The page shows theirs beside what was typed."""

    def __init__(self) -> None:
        super().__init__(
            {"": "Somebody else has saved this since you opened it. Read theirs, then save yours or leave it."}
        )


class NotTheirs(PermissionDenied):
    """The role may do this, but not for this board (a 403)."""
