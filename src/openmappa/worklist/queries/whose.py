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

from openmappa.accounts.models import User
from openmappa.cases.models import Case, reach_of
from openmappa.core.access import Role
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
    """The worklists this person can choose between: a unit's only for somebody whose units answer for cases."""
    return [Scope.MINE, Scope.UNIT, Scope.AREA] if reach_of(user).units else [Scope.MINE, Scope.AREA]


def open_duties(user: User, scope: Scope) -> DutyQuerySet:
    """The open duties that this person may see: those that wait for them, for their units, or for anybody at all."""
    seen = Duty.objects.open().visible_to(user)
    if scope is Scope.AREA:
        return seen
    units = reach_of(user).units
    if scope is Scope.UNIT and units:
        return seen.filter(_of_units(units))
    return seen.filter(_mine(user))


def responsible(of: str, case: Case) -> str:
    """Whom a duty on this case waits for, by name where one person has it; nothing where several share it."""
    person = case.case_manager if of in CASE_MANAGERS else case.police_officer if of in POLICE_OFFICERS else None
    return person.full_name if person else ""


def _mine(user: User) -> Q:
    """One query for the person's cases: their ids make the worklist one short index scan for each case."""
    reach = reach_of(user)
    held = list(Case.objects.visible_to(user).managed_by(user).values_list("pk", "police_officer_id"))
    as_officer = [pk for pk, officer in held if officer in reach.people]
    as_manager = [pk for pk, officer in held if officer not in reach.people]
    mine = Q(case_id__in=as_officer, of__in=POLICE_OFFICERS) | Q(case_id__in=as_manager, of__in=CASE_MANAGERS)
    if user.role == Role.LINE_MANAGER and reach.units:
        mine |= Q(of=POLICE_MANAGER, case__police_unit_id__in=reach.units)
    if user.role == Role.MAPPA_COORDINATOR:
        mine |= Q(of=COORDINATOR)
    return mine


def _of_units(units: frozenset[int]) -> Q:
    """What waits for the people of these units; a police unit's line managers have the countersignatures."""
    police = Q(of__in=(*POLICE_OFFICERS, POLICE_MANAGER), case__police_unit_id__in=units)
    return police | Q(of__in=CASE_MANAGERS, case__probation_unit_id__in=units)
