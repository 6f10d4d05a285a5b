"""Why something of a civil order or a recall was not recorded."""

from openmappa.ui.answering import RefusedAtFields

SENT_BEFORE = (
    "This form was saved before, with other answers or since set aside. Nothing was saved now. Open the form again "
    "from the case."
)


class NotRecorded(RefusedAtFields):
    """Nothing was written; ``problems`` says why, by field."""


class ChangedSince(NotRecorded):
    """Somebody else changed it after the page was opened."""

    def __init__(self) -> None:
        super().__init__({"": "Somebody else has changed this since you opened the page. Read it again, then decide."})
