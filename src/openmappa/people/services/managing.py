"""The units of an agency, and which line manager answers for which of them besides their own."""

from django.db import transaction
from django.utils.text import slugify

from openmappa.accounts.models import Area, Managing, Unit, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.notices.services import tell
from openmappa.people.errors import NotChanged
from openmappa.people.queries.managing import line_managers_in
from openmappa.people.services.limits import NotYours, require_someone_else


@transaction.atomic
def give_unit(*, by: User, manager: User, unit: Unit, reason: str) -> Managing:
    """Let a line manager answer for a further unit of the agency: they open its cases from their next request on.

    Raises NotChanged when they manage it already.
    """
    require(by, Permission.MANAGE_PEOPLE)
    require_someone_else(by, manager)
    if not line_managers_in(by).filter(pk=manager.pk).exists() or unit.agency_id != by.agency_id:
        raise NotYours("Choose a line manager with access, and a unit of your own agency.")
    if manager.unit_id == unit.pk:
        raise NotChanged(f"{manager.full_name} belongs to this unit and manages it already", "unit")
    row, added = Managing.objects.get_or_create(manager=manager, unit=unit)
    if not added:
        raise NotChanged(f"{manager.full_name} manages this unit already", "unit")
    _log(by, "give unit to manage", row, reason)
    tell(people=[manager], kind="people", words=f"You now also answer for {unit.name}, and open its cases.")
    return row


@transaction.atomic
def take_unit(*, by: User, managing: Managing, reason: str) -> None:
    """Take a further unit from a line manager, from their next request on."""
    require(by, Permission.MANAGE_PEOPLE)
    require_someone_else(by, managing.manager)
    _log(by, "take unit to manage", managing, reason)
    words = f"You no longer answer for {managing.unit.name}."
    tell(people=[managing.manager], kind="people", words=words)
    managing.delete()


@transaction.atomic
def add_unit(*, by: User, name: str, area: Area) -> Unit:
    """Add a unit to the actor's agency. Raises NotChanged when it has one of this name in the area already."""
    require(by, Permission.MANAGE_PEOPLE)
    if Unit.objects.filter(agency=by.agency, area=area, name__iexact=name).exists():
        raise NotChanged(f"{by.agency_name} has a unit of this name in {area.name} already", "name")
    start = slugify(f"{by.agency.code}-{name}")[:50]
    taken = Unit.objects.filter(code__startswith=start).count()
    unit = Unit.objects.create(code=f"{start}-{taken + 1}", name=name, agency=by.agency, area=area)
    about = {"unit": unit.code, "name": name, "agency": by.agency.code, "area": area.code}
    log(by=by, verb="add unit", operation="access", about=about)
    return unit


def _log(by: User, verb: str, row: Managing, reason: str) -> None:
    about = {"manager": row.manager_id, "unit": row.unit.code, "reason": reason}
    log(by=by, verb=verb, operation="access", about=about)
