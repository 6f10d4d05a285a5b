"""What holds for everybody who changes somebody's access, whatever they change."""

from django.core.exceptions import PermissionDenied

from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.people.queries.people import looks_after_people, vouched_for_by


class NotYours(PermissionDenied):
    """The person is not one of those whose access the actor looks after (a 403)."""


def require_looking_after(by: User) -> None:
    """Raise NotAllowed unless the actor's role looks after somebody's access at all."""
    if not looks_after_people(by):
        raise NotAllowed(by, Permission.MANAGE_PEOPLE)


def require_someone_else(by: User, person: User) -> None:
    """Raise NotYours for oneself, and for somebody of another agency."""
    if person.pk == by.pk:
        raise NotYours("Nobody changes their own access. Ask another administrator of your agency.")
    if person.agency_id != by.agency_id:
        raise NotYours(f"{person.full_name} belongs to another agency, whose administrator looks after their access.")


def require_vouching(by: User, person: User) -> None:
    """Raise NotYours unless the actor may speak for this person: never for themselves."""
    if person.pk == by.pk:
        raise NotYours("Nobody decides about their own access. Ask somebody else who looks after it.")
    if not vouched_for_by(by).filter(pk=person.pk).exists():
        raise NotYours(f"You do not look after the access of {person.full_name}.")
