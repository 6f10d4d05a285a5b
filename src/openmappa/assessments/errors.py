"""What an assessment refuses."""

from collections.abc import Mapping

from openmappa.notes.errors import NotWritten
from openmappa.timeline.errors import NotRecorded


class NotScored(Exception):
    """The answers cannot be scored; ``problems`` gives a sentence for each field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class NotEligible(NotRecorded):
    """RM2000 is not made for this person."""


class NoReason(NotWritten):
    """The reason why no RM2000 is made cannot be this one."""


class OwnWork(NotRecorded):
    """Nobody countersigns what they scored themselves."""
