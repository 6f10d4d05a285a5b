"""Which line manager answers for which further units, within an administrator's agency."""

from dataclasses import dataclass

from django.db.models import QuerySet

from openmappa.accounts.models import Managing, Unit, User
from openmappa.core.access import Role


def line_managers_in(user: User) -> QuerySet[User]:
    """The line managers of the administrator's agency who have access. One query."""
    people = User.objects.filter(agency_id=user.agency_id, role=Role.LINE_MANAGER, is_active=True)
    return people.select_related("unit").order_by("full_name", "pk")


def managings_in(user: User) -> QuerySet[Managing]:
    """Who manages which units besides their own, in the administrator's agency. One query."""
    rows = Managing.objects.filter(
        unit__agency_id=user.agency_id,
        manager__agency_id=user.agency_id,
        manager__role=Role.LINE_MANAGER,
        manager__is_active=True,
    )
    return rows.select_related("manager__unit", "unit").order_by("manager__full_name", "unit__name", "pk")


@dataclass(frozen=True)
class Answering:
    """Somebody who answers for a unit: as their own, or because they were given it besides (``managing``)."""

    person: User
    managing: Managing | None


def units_with_managers(user: User) -> list[tuple[Unit, list[Answering]]]:
    """Every unit of the administrator's agency with those who answer for it; none is a gap. Three queries."""
    managers = list(line_managers_in(user))
    further: dict[int, list[Answering]] = {}
    for row in managings_in(user):
        further.setdefault(row.unit_id, []).append(Answering(row.manager, row))
    units = Unit.objects.filter(agency_id=user.agency_id).select_related("area").order_by("name")
    return [
        (unit, [Answering(one, None) for one in managers if one.unit_id == unit.pk] + further.get(unit.pk, []))
        for unit in units
    ]


def managing_seen_by(user: User, pk: int) -> Managing | None:
    """The row of this number, within the administrator's agency. One query."""
    return managings_in(user).filter(pk=pk).first()
