"""Why something of an audit was not written."""

from django.core.exceptions import PermissionDenied

from openmappa.ui.answering import RefusedAtFields


class NotAudited(RefusedAtFields):
    """Nothing of an audit was written; ``problems`` says why, by field."""


class ChangedSince(NotAudited):
    """Somebody else saved it after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            {"": "Somebody else has saved this since you opened the page. Read it again; nothing of yours is lost."}
        )


class NotTheirs(PermissionDenied):
    """The role may do this, but not on this audit or case (a 403)."""
