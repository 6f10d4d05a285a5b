"""Writing people, and the one question every write asks first."""

from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.core.access import Permission


def require(user: User, permission: Permission) -> None:
    """Raise NotAllowed unless the person's role has this permission."""
    if not user.may(permission):
        raise NotAllowed(user, permission)
