"""What meetings refuse."""

from collections.abc import Sequence

from openmappa.timeline.errors import NotRecorded


class NotCalled(NotRecorded):
    """Nothing was written about a meeting; the message says why and what to do."""


class Clashes(NotCalled):
    """Something stands in the way of a sitting. Whoever calls it may do so all the same, knowing what."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


class SittingChanged(NotCalled):
    """Somebody else changed the sitting after the page was opened."""

    def __init__(self, version: int) -> None:
        super().__init__(
            "Somebody else has changed this sitting since you opened this page. Nothing of yours was saved yet: "
            "look at the list below, then send this again."
        )
        self.version = version


class SavedMeanwhile(NotCalled):
    """The draft was saved from another page in between. ``now`` is what it says."""

    def __init__(self, now: str) -> None:
        super().__init__("This draft was saved from another page since you opened this one. Nothing of yours is lost.")
        self.now = now
