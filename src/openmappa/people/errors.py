"""Why nothing was changed about a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openmappa.ui.answering import RefusedAtFields


class NotChanged(Exception):
    """Nothing was written; the message says why and what to do. ``field``: where on a form it belongs, if anywhere."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class WrongPost(NotChanged):
    """The post does not fit the agency or the person: a sentence by field."""

    def __init__(self, objections: dict[str, str]) -> None:
        super().__init__(". ".join(objections.values()))
        self.objections = objections


@dataclass(frozen=True)
class Happened:
    """One thing that somebody did to a person's access."""

    by: str
    what: str
    at: datetime


class ChangedMeanwhile(NotChanged):
    """Somebody else changed this person's access after the page was opened."""

    def __init__(self, version: int, since: Sequence[Happened]) -> None:
        super().__init__(
            "Somebody else has changed this person’s access since you opened this page. Nothing was saved."
        )
        self.version = version
        self.since = tuple(since)


class PostsNotSaved(RefusedAtFields):
    """Nothing was written about a unit's posts; ``problems`` says why, by field."""


class PostsChangedMeanwhile(PostsNotSaved):
    """Somebody else entered or voided posts of the unit after the page was opened."""

    def __init__(self, who: str) -> None:
        super().__init__(
            {
                "": f"{who} has entered or voided posts of this unit since you opened this page. Nothing of yours was "
                "saved, nor is it lost: look at what stands there now, and press the button again if yours still holds"
            }
        )
