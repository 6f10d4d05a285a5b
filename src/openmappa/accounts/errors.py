"""What can be refused to a person."""

from django.core.exceptions import PermissionDenied

from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.core.role_words import WORDS
from openmappa.ui.formats import lower_first


class NotAllowed(PermissionDenied):
    """The case can be seen, but this may not be done by this person (a 403)."""

    def __init__(self, user: User, permission: Permission) -> None:
        what = lower_first(WORDS[permission])
        super().__init__(f"Your role, {lower_first(user.role_label)}, may not {what}. Ask your line manager who can.")
        self.permission = permission


class NotAJob(Exception):
    """A command was run on a connection that may not act as a job."""

    def __init__(self, job: str) -> None:
        super().__init__(
            f"{job!r} works on the record as a job, and this connection is the application's, which acts for people "
            "only. Run it through `openmappa` (`openmappa manage …`), or set OPENMAPPA_DB_ROLE=jobs."
        )
