"""The cases that somebody holds, and who could hold them instead."""

from django.db.models import Q, QuerySet

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Permission, Role
from openmappa.core.involvement import RESPONSIBLE
from openmappa.people.queries.people import looked_after_by

_HOLDERS = [role.value for role in RESPONSIBLE]


def hands_over_for(user: User) -> QuerySet[User]:
    """Those whose cases this person may hand over: a line manager's people, a coordinator's area."""
    people = User.objects.select_related("agency", "area", "unit").filter(role__in=_HOLDERS)
    if not user.may(Permission.ASSIGN_CASE):
        return people.none()
    if user.role == Role.MAPPA_COORDINATOR:
        return people.filter(area_id=user.area_id) if user.area_id is not None else people.none()
    return people.filter(pk__in=looked_after_by(user).values("pk"))


def cases_held(user: User, person: User) -> QuerySet[Case]:
    """The cases that a person holds and the reader may open, by family name. One query."""
    own = Q(police_officer=person) | Q(case_manager=person)  # not what the person covers for others
    cases = Case.objects.visible_to(user).filter(own)
    return cases.select_related("person", "area").defer("person__name_keys").order_by("person__family_name", "pk")


def could_take_over(user: User, person: User) -> QuerySet[User]:
    """Who could hold a person's cases, when this reader hands them over: with access, in a role that is responsible.

    By a line manager: colleagues of the same unit. By the coordinator: those of all units of the agency in the area.
    """
    colleagues = User.objects.filter(role__in=_HOLDERS, is_active=True, unit__isnull=False)
    if user.role == Role.MAPPA_COORDINATOR:
        colleagues = colleagues.filter(agency=person.agency_id, area=user.area)
    else:
        colleagues = colleagues.filter(unit=person.unit)
    return colleagues.exclude(pk=person.pk).select_related("agency", "unit").order_by("full_name", "pk")
