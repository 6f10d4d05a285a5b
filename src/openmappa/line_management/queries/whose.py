"""Whose it is: the units that a line manager oversees, who answers for a duty, and whose work a fact was."""

from django.db.models import Q

from openmappa.accounts.models import Unit, User
from openmappa.cases.models import Case, CaseQuerySet, reach_of
from openmappa.core.access import Permission, Role
from openmappa.line_management.models import ManagementAction
from openmappa.timeline.models import Fact

CASE_MANAGERS = ("case_manager", "probation")
POLICE_OFFICERS = ("police_officer", "police")
POLICE_MANAGER = "police_manager"


def units_of(user: User) -> frozenset[int]:
    """The units that this person oversees: their own, those they manage, and those of whom they cover for."""
    return reach_of(user).units


def named_units(user: User) -> list[Unit]:
    """The same, by name. One query."""
    return list(Unit.objects.filter(pk__in=units_of(user)).select_related("agency"))


def cases_of_units(user: User) -> CaseQuerySet:
    """The cases that these units answer for, restrictions respected."""
    return Case.objects.visible_to(user).filter(_of(units_of(user)))


def _of(units: frozenset[int]) -> Q:
    return Q(police_unit_id__in=units) | Q(probation_unit_id__in=units)


def answers_for(user: User, case: Case) -> bool:
    """Whether one of the units that this person oversees answers for the case."""
    return bool(units_of(user) & {case.police_unit_id, case.probation_unit_id})


def may_explain(user: User, of: str, case: Case) -> bool:
    """Whether this person says why a duty of this kind came late: whoever is responsible for it, or their manager."""
    if not user.may(Permission.EXPLAIN_LATENESS):
        return False
    reach = reach_of(user)
    if of in CASE_MANAGERS:
        holder, unit = case.case_manager_id, case.probation_unit_id
    elif of in POLICE_OFFICERS:
        holder, unit = case.police_officer_id, case.police_unit_id
    else:
        return False
    return holder in reach.people or (user.role == Role.LINE_MANAGER and unit in reach.units)


def may_complete(user: User, action: ManagementAction) -> bool:
    """Whether this person may say that an action is done: its owner, who covers for them, or a manager of the case."""
    manages = user.may(Permission.OVERSEE_WORK) and answers_for(user, action.case)
    return action.owner_id in reach_of(user).people or action.owner_id == user.pk or manages


WITH_AUTHOR = ("case", "recorded_by", "oasys__signed_by", "plan__signed_by")
"""What ``select_related`` has to bring along so that ``author_of`` asks nothing."""


def author_of(fact: Fact) -> User | None:
    """Whose work a fact recorded: who signed the OASys or plan behind it, else who recorded it; None: not known here.

    No query where the fact came with ``WITH_AUTHOR``.
    """
    behind = getattr(fact, "oasys", None) or getattr(fact, "plan", None)
    signed_by: User | None = behind.signed_by if behind is not None else None
    return signed_by or fact.recorded_by


def unit_of_work(fact: Fact) -> int | None:
    """The unit whose line managers mark the work that a fact recorded: its author's; else the case's probation unit."""
    author = author_of(fact)
    return author.unit_id if author is not None and author.unit_id is not None else fact.case.probation_unit_id


def may_mark(user: User, fact: Fact) -> bool:
    """Whether this person marks the work that a fact recorded: a line manager of the author's unit, not the author."""
    unit = unit_of_work(fact)
    own = author_of(fact) == user
    return user.may(Permission.OVERSEE_WORK) and not own and unit is not None and unit in units_of(user)
