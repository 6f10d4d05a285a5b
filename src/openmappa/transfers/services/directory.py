"""A coordinator keeps the numbers by which they are reached."""

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.transfers.models import ContactDetails


def keep_contact_details(*, by: User, phone: str, email: str, hours: str) -> ContactDetails:
    """Write down how one is reached; all who open cases read it. The log keeps that, not the numbers."""
    require(by, Permission.BROKER_TRANSFER)
    with transaction.atomic():
        said = {"phone": phone.strip(), "email": email.strip(), "hours": hours.strip(), "changed_at": timezone.now()}
        row, _ = ContactDetails.objects.update_or_create(person=by, defaults=said)
        log(by=by, verb="keep contact details", about={"phone": bool(row.phone), "email": bool(row.email)})
        return row
