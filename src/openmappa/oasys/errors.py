"""What OASys refuses."""

from collections.abc import Mapping, Sequence

from openmappa.core.instruments.oasys.missing import Missing
from openmappa.oasys.models import Oasys, OasysSection
from openmappa.timeline.errors import NotRecorded


class NotADraft(NotRecorded):
    """It was signed or abandoned since the page was opened."""

    def __init__(self, oasys: Oasys) -> None:
        if oasys.abandoned_at is None:
            message = "This OASys has been signed since you opened it, so nothing was saved. Start a new version."
        else:
            message = "This draft has been abandoned since you opened it, so nothing was saved."
        super().__init__(message)


class DraftExists(NotRecorded):
    """There is a draft on the case already."""

    def __init__(self, draft: Oasys) -> None:
        super().__init__(
            f"{draft.started_by.full_name} has a draft on this case already. Go on with it, or abandon it first."
        )
        self.draft = draft


class SavedMeanwhile(NotRecorded):
    """Somebody saved the section after the page was opened: ``row`` is what they saved."""

    def __init__(self, row: OasysSection) -> None:
        super().__init__("This section was saved by somebody else, or in another window, after you opened it.")
        self.row = row


class NotKept(NotRecorded):
    """Some answers cannot be kept; ``problems`` gives a sentence for each by its name."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class NotComplete(NotRecorded):
    """It cannot be signed yet: ``missing`` says what is to be done, and where."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__("This OASys is not complete. " + " ".join(one.sentence for one in missing[:3]))
        self.missing = tuple(missing)


class OwnWork(NotRecorded):
    """Nobody countersigns or returns what they signed themselves."""
