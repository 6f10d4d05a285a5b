"""Why something of an interview was not done."""

from openmappa.ui.answering import RefusedAtFields


class NotInterviewed(RefusedAtFields):
    """Nothing was written; ``problems`` says why, by field."""


class SavedMeanwhile(NotInterviewed):
    """The same note was saved in another window since the page was opened; ``note`` is the number of its row."""

    def __init__(self, note: int) -> None:
        super().__init__({"": "This note was saved in another window after you opened this page."})
        self.note = note


class ChangedMeanwhile(NotInterviewed):
    """A theme was changed by somebody else since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            {"": "Somebody changed this theme after you opened it. Read what it says now, then press again to go on."}
        )
