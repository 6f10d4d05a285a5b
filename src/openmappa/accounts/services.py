"""Writing people, and the one question every write asks first."""

from django.db import transaction

from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.core.access import Permission


def require(user: User, permission: Permission) -> None:
    """Raise NotAllowed unless the person's role has this permission."""
    if not user.may(permission):
        raise NotAllowed(user, permission)


def choose_mail(*, by: User, email: str, mail: str) -> None:
    """Say where and when one is told by e-mail that there is something to read. The log keeps that, not the address."""
    with transaction.atomic():
        row = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        row.email, row.mail = email, mail
        row.save(update_fields=["email", "mail"])
        log(by=by, verb="choose mail", about={"mail": mail, "address": bool(email)})


def set_address(*, by: User, person: User, email: str) -> None:
    """Write down the e-mail address of somebody of the administrator's agency. Raises NotAllowed."""
    require(by, Permission.MANAGE_PEOPLE)
    with transaction.atomic():
        row = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
        row.email = email
        row.save(update_fields=["email"])
        log(by=by, verb="set address", about={"person": person.pk, "address": bool(email)})
