"""Why something of a release or a temporary move was not done."""

from django.core.exceptions import PermissionDenied

from openmappa.ui.answering import RefusedAtFields


class NotMoved(RefusedAtFields):
    """Nothing of a release or a temporary move was written; ``problems`` says why, by field."""


class ChangedSince(NotMoved):
    """Somebody else changed it after the page was opened."""

    def __init__(self) -> None:
        super().__init__({"": "Somebody else has changed this since you opened the page. Read it again, then decide."})


class NotAPrison(PermissionDenied):
    """The role may give notice, but of other agencies only prisons do (a 403)."""
