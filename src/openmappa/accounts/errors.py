"""What can be refused to a person."""

from django.core.exceptions import PermissionDenied

from openmappa.accounts.models import User
from openmappa.core.access import Permission


class NotAllowed(PermissionDenied):
    """The case can be seen, but this may not be done by this person (a 403)."""

    def __init__(self, user: User, permission: Permission) -> None:
        what = permission.value.replace("_", " ")
        super().__init__(f"Your role, {user.role_label.lower()}, may not {what}. Ask your line manager who can.")
        self.permission = permission
