"""What plans refuse."""

from collections.abc import Mapping, Sequence

from openmappa.core.plans.content import Gap
from openmappa.core.plans.offender import Found
from openmappa.core.plans.smart import Refusal
from openmappa.timeline.errors import NotRecorded


class NotPlanned(NotRecorded):
    """Nothing was written; the message says why and what to do."""


class NotReady(NotPlanned):
    """The plan cannot be signed yet: each gap says what is missing."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(" ".join(gap.sentence for gap in gaps))
        self.gaps = tuple(gaps)


class NotSmart(NotPlanned):
    """The objective is not saved as it is: each refusal says why and how to mend it."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(" ".join(refusal.sentence for refusal in refusals))
        self.refusals = tuple(refusals)


class SavedMeanwhile(NotPlanned):
    """Somebody else saved this part of the draft after the page was opened. ``now`` is what it says, by column."""

    def __init__(self, seen: str, now: Mapping[str, str]) -> None:
        super().__init__("Somebody else has saved this part since you opened the page. Nothing of yours is lost.")
        self.seen = seen
        self.now = dict(now)


class NamesShared(NotPlanned):
    """The offender's copy is not made: each finding is a word that may be a name which they must not see."""

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__(" ".join(one.sentence for one in found))
        self.found = tuple(found)
