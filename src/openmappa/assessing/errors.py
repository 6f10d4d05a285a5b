"""Why something of an assessment was not done."""

from django.core.exceptions import PermissionDenied

from openmappa.ui.answering import RefusedAtFields


class NotAssessed(RefusedAtFields):
    """Nothing was written; ``problems`` says why, by field."""


class SavedMeanwhile(NotAssessed):
    """The same answer was saved in another window since the page was opened; ``answer`` is the number of its row."""

    def __init__(self, answer: int) -> None:
        super().__init__({"": "This answer was saved in another window after you opened this page."})
        self.answer = answer


class NotYours(PermissionDenied):
    """The role may do this, but not here: somebody else's assessment, or nobody's who leads (a 403)."""
