"""What running a meeting and its minutes refuse."""

from collections.abc import Sequence

from openmappa.core.mappa.minutes import Gap
from openmappa.minutes.models.running import Entry, Running
from openmappa.timeline.errors import NotRecorded


class NotMinuted(NotRecorded):
    """Nothing was written; the message says why and what to do."""


class NotRunning(NotMinuted):
    """The meeting has not begun, or is closed: nothing is written in it any more."""


class SavedMeanwhile(NotMinuted):
    """Somebody saved this line after the page was opened: ``row`` is what they saved."""

    def __init__(self, row: Entry | Running) -> None:
        super().__init__("Somebody else has saved this line since you opened it. Nothing of yours is lost.")
        self.row = row


class NotClosed(NotMinuted):
    """The meeting cannot be closed yet: each gap says what is missing."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(" ".join(gap.sentence for gap in gaps))
        self.gaps = tuple(gaps)


class DraftChanged(NotMinuted):
    """The draft of the minutes was changed after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has changed this draft since you opened the page. Read it again, then send this once more."
        )
