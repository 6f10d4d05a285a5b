"""Whose duty is whose: from what a duty is "of" to the person it waits for. The one place that says so.

| a duty of | waits for |
| --- | --- |
| case manager, probation | the case's case manager |
| police officer, police, offender | the case's police officer, who watches the offender's notifications |
| police manager | the line managers of the unit of the case's police officer |
| MAPPA coordinator | the coordinators of the case's area |
"""

from enum import StrEnum

from django.db.models import Q

from openmappa.accounts.models import Agency, Unit, User
from openmappa.cases.models import Case
from openmappa.core.access import Permission, Role
from openmappa.timeline.models import Duty, DutyQuerySet

CASE_MANAGERS = ("case_manager", "probation")
OFFENDER = "offender"
POLICE_OFFICERS = ("police_officer", "police", OFFENDER)
POLICE_MANAGER = "police_manager"
COORDINATOR = "mappa_coordinator"


class Scope(StrEnum):
    """Whose duties a worklist shows."""

    MINE = "mine"
    UNIT = "unit"
    AREA = "area"


def scopes_for(user: User) -> list[Scope]:
    """The worklists this person can choose between: a unit's only for somebody who is in one."""
    return [Scope.MINE, Scope.UNIT, Scope.AREA] if user.unit_id else [Scope.MINE, Scope.AREA]


def open_duties(user: User, scope: Scope) -> DutyQuerySet:
    """The open duties that this person may see and that wait for them, their unit, or anybody in their area."""
    if not user.may(Permission.VIEW_CASE) or user.area_id is None:
        return Duty.objects.none()
    in_area = Duty.objects.open().filter(area_id=user.area_id)
    if scope is Scope.AREA:
        return in_area
    if scope is Scope.UNIT and user.unit_id is not None:
        return in_area.filter(_of_unit(user.unit_id))
    return in_area.filter(_mine(user))


def responsible(of: str, case: Case) -> str:
    """Whom a duty on this case waits for, by name where one person has it; nothing where several share it."""
    person = case.case_manager if of in CASE_MANAGERS else case.police_officer if of in POLICE_OFFICERS else None
    return person.full_name if person else ""


def _mine(user: User) -> Q:
    """One query for the person's cases: their ids make the worklist one short index scan for each case."""
    held = list(Case.objects.visible_to(user).managed_by(user).values_list("pk", "police_officer_id"))
    as_officer = [pk for pk, officer in held if officer == user.pk]
    as_manager = [pk for pk, officer in held if officer != user.pk]
    mine = Q(case_id__in=as_officer, of__in=POLICE_OFFICERS) | Q(case_id__in=as_manager, of__in=CASE_MANAGERS)
    if user.role == Role.LINE_MANAGER and user.unit_id is not None:
        mine |= Q(of=POLICE_MANAGER, case__police_officer__unit_id=user.unit_id)
    if user.role == Role.MAPPA_COORDINATOR:
        mine |= Q(of=COORDINATOR)
    return mine


def _of_unit(unit_id: int) -> Q:
    """What waits for the people of a unit; a police unit's line managers have the countersignatures."""
    kind = Unit.objects.values_list("agency__kind", flat=True).get(pk=unit_id)
    if kind == Agency.Kind.PROBATION:
        return Q(of__in=CASE_MANAGERS, case__case_manager__unit_id=unit_id)
    return Q(of__in=(*POLICE_OFFICERS, POLICE_MANAGER), case__police_officer__unit_id=unit_id)
