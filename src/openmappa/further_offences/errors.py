"""Why something of the review of a serious further offence was not done."""

from django.core.exceptions import PermissionDenied

from openmappa.ui.answering import RefusedAtFields


class NotReviewed(RefusedAtFields):
    """Nothing of a review was written; ``problems`` says why, by field."""


class ChangedSince(NotReviewed):
    """Somebody else saved it after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            {"": "Somebody else has saved this since you opened the page. Read it again; nothing of yours is lost."}
        )


class NotTheirs(PermissionDenied):
    """The role may do this, but not on this case or for this agency (a 403)."""
