"""Why something was not recorded."""

from collections.abc import Sequence

from openmappa.core.standards.checks import Objection
from openmappa.timeline.models import Fact


class NotRecorded(Exception):
    """Nothing was written; the message says why and what to do."""


class Impossible(NotRecorded):
    """The fact cannot have happened as it was put: each objection names the field and says why."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__(" ".join(objection.sentence for objection in objections))
        self.objections = tuple(objections)


class ChangedMeanwhile(NotRecorded):
    """Somebody else recorded or voided something on the case after this form was opened."""

    def __init__(self, version: int, facts: Sequence[Fact]) -> None:
        super().__init__(
            "Somebody else has changed this case since you opened this page. Nothing of yours was saved yet."
        )
        self.version = version
        self.facts = tuple(facts)


class AlreadyVoided(NotRecorded):
    """The fact was voided before."""
