"""Why something of a line manager's was not done."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied


class NotKept(Exception):
    """Nothing was written. ``problems`` gives a sentence for each field at fault; under "" what is of no field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class NotTheirs(PermissionDenied):
    """The role may do this, but not on this case or this work (a 403)."""
