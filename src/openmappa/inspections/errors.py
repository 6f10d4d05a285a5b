"""Why something of an inspection or its framework was not done."""

from django.core.exceptions import PermissionDenied

from openmappa.ui.answering import RefusedAtFields


class NotInspected(RefusedAtFields):
    """Nothing of an inspection was written; ``problems`` says why, by field."""


class NotSaved(RefusedAtFields):
    """Nothing of a framework was written; ``problems`` says why, by field."""


class ChangedSince(NotSaved):
    """It was changed or saved in another window after the page was opened."""

    def __init__(self) -> None:
        super().__init__({"": "This draft was changed or saved in another window. Open it again; copy what you typed."})


class NotTheirs(PermissionDenied):
    """The role may do this, but not on this inspection or with this framework (a 403)."""
