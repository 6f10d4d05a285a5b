"""Whose reading somebody may look into, and who is told when it is out of the usual."""

from django.db.models import Q, QuerySet

from openmappa.accounts.models import User
from openmappa.cases.models import reach_of
from openmappa.core.access import Permission, Role
from openmappa.emergency.queries import auditors_of, line_managers_of

MOST_SHOWN = 50


def read_about_by(user: User) -> QuerySet[User]:
    """Those whose reading this person may look into: an auditor everybody, a line manager the people of their units."""
    if user.may(Permission.READ_AUDIT):
        return User.objects.all()
    if user.may(Permission.SEE_WHO_LOOKED):
        return User.objects.filter(unit_id__in=reach_of(user).units)
    return User.objects.filter(pk=user.pk)


def people_called(user: User, text: str) -> list[User]:
    """Those of them whose name or username holds every part of what was typed, by name; at most 50."""
    found = read_about_by(user)
    for part in text.split()[:8]:
        found = found.filter(Q(full_name__icontains=part) | Q(username__icontains=part))
    return list(found.select_related("unit").order_by("full_name", "pk")[:MOST_SHOWN])


def who_is_told_about(person: User) -> list[User]:
    """Who looks at somebody's unusual reading, and can be rung about a stop. Never the person.

    The line managers of their unit; for a line manager, and for whoever has none, the auditors; failing them the
    coordinators of the area.
    """
    managers = [] if person.role == Role.LINE_MANAGER else line_managers_of(person)
    told = managers or [auditor for auditor in auditors_of(person) if auditor.pk != person.pk]
    if told or person.area_id is None:
        return told
    coordinators = User.objects.filter(is_active=True, role=Role.MAPPA_COORDINATOR, area_id=person.area_id)
    return list(coordinators.exclude(pk=person.pk).order_by("full_name", "pk"))
