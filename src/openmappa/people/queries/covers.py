"""Who covers for whom, and whom a reader may arrange that for (6.4: arrangements were fragile)."""

from datetime import date

from django.db.models import Q, QuerySet

from openmappa.accounts.models import Cover, User
from openmappa.core.access import Permission, Role
from openmappa.core.involvement import WORKING
from openmappa.people.queries.people import looked_after_by

_WORKING = [role.value for role in WORKING]


def covers_for(user: User, today: date) -> list[Cover]:
    """The covers, running or still to come, that concern the reader: theirs, and those of the people they look after.

    One query, by first day.
    """
    mine = Q(absent=user) | Q(covering=user) | Q(arranged_by=user)
    if user.may(Permission.ARRANGE_COVER):
        people = looked_after_by(user).values("pk")
        mine |= Q(absent__in=people) | Q(covering__in=people)
    found = Cover.objects.filter(mine, ended_on__isnull=True, until_on__gte=today)
    return list(found.select_related("absent__unit", "covering__unit", "arranged_by").order_by("from_on", "pk"))


def may_be_absent(user: User) -> QuerySet[User]:
    """Those for whom this person may arrange cover: whom they look after, left or not, in a role that works on cases.

    Somebody who has left is among them, since their cases wait until they are handed over.
    """
    if not user.may(Permission.ARRANGE_COVER):
        return User.objects.none()
    return looked_after_by(user).filter(role__in=_WORKING).order_by("full_name", "pk")


def may_cover(user: User) -> QuerySet[User]:
    """Those who may stand in: with access, in a role that works on cases, of the reader's agency and areas.

    Across units, since a small unit may have nobody left; never across agencies.
    """
    if not user.may(Permission.ARRANGE_COVER):
        return User.objects.none()
    people = User.objects.filter(agency_id=user.agency_id, role__in=_WORKING, is_active=True).select_related("unit")
    if user.role == Role.LINE_MANAGER:
        people = people.filter(area=user.area)
    return people.order_by("full_name", "pk")


def may_end(user: User, cover: Cover) -> bool:
    """Whether this person may end a cover: who may arrange one for the absent. One query."""
    return may_be_absent(user).filter(pk=cover.absent_id).exists()


def cover_seen_by(user: User, pk: int, today: date) -> Cover | None:
    """A running or coming cover that concerns the reader; None when there is none of this number."""
    return next((cover for cover in covers_for(user, today) if cover.pk == pk), None)
