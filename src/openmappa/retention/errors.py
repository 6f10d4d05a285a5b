"""Why something about keeping or disposing of a case was not done."""

from django.core.exceptions import PermissionDenied


class NotDecided(Exception):
    """Nothing was written; the message says why and what to do."""


class NotDisposable(NotDecided):
    """What stands in the way of disposal: one sentence each."""

    def __init__(self, *obstacles: str) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = obstacles


class NotTheirs(PermissionDenied):
    """The role may do this, but this case is not this person's to decide (a 403)."""
