"""Who asks for a page."""

from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission


def whoever_asks(request: HttpRequest, needs: Permission | None = None) -> User:
    """Who is signed in, with the permission that the page needs. Raises NotAllowed.

    Somebody always is: ``ui.middleware.SignInRequired`` sends everybody else to the sign-in page.
    """
    assert isinstance(request.user, User)
    if needs is not None:
        require(request.user, needs)
    return request.user
