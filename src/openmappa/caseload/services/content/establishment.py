"""The posts of a demonstration's units: most are filled, one unit of each service in an area waits for new people."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from openmappa.accounts.models import Area, Unit, User
from openmappa.core.access import Role
from openmappa.core.dates import add_months
from openmappa.people.models import Establishment

ROLES = (Role.POLICE_OFFICER, Role.CASE_MANAGER)
BEGAN_MONTHS, GREW_MONTHS = 30, 5
NEW_POSTS = Decimal("1.5")
LESS = Decimal("0.5")
BEGAN = "The establishment that the unit began with (a generated decision)"
GREW = "New posts for a caseload that has grown, to be advertised (a generated decision)"
CUT = "Half a post moved to another unit (a generated decision)"
BEFORE = timedelta(days=10)
NOON = time(12)


def leave_posts(source: str) -> int:
    """Enter the posts of every unit with officers or case managers, in areas of the source where nobody entered any.

    In each area the first unit of either service got new posts that are vacant, the second lost half a post and is over
    establishment. Returns how many entries there are now more. Must be called as a job.
    """
    today = timezone.localdate()
    rows: list[Establishment] = []
    for area in Area.objects.filter(cases__source=source).distinct():
        units = list(Unit.objects.filter(area=area).order_by("pk"))
        if Establishment.objects.filter(unit__in=units).exists():
            continue
        people = Counter(User.objects.filter(unit__in=units, is_active=True).order_by().values_list("unit_id", "role"))
        for role in ROLES:
            staffed = [unit for unit in units if people[unit.pk, role.value]]
            for place, unit in enumerate(staffed):
                by = _whoever_enters(unit)
                if by is None:
                    continue
                posts = Decimal(people[unit.pk, role.value])
                rows.append(_entry(unit, role, posts, add_months(today, -BEGAN_MONTHS).replace(day=1), BEGAN, by))
                later = {0: (posts + NEW_POSTS, GREW), 1: (posts - LESS, CUT)}.get(place)
                if later is not None:
                    from_on = add_months(today, -GREW_MONTHS).replace(day=1)
                    rows.append(_entry(unit, role, later[0], from_on, later[1], by))
    Establishment.objects.bulk_create(rows)
    return len(rows)


def _entry(unit: Unit, role: Role, posts: Decimal, from_on: date, reason: str, by: User) -> Establishment:
    at = timezone.make_aware(datetime.combine(from_on - BEFORE, NOON))
    entered = {"entered_by": by, "entered_at": at}
    return Establishment(unit=unit, role=role.value, posts=posts, from_on=from_on, reason=reason, **entered)


def _whoever_enters(unit: Unit) -> User | None:
    """A line manager of the unit, or somebody who looks after the people of its agency."""
    people = User.objects.filter(agency=unit.agency, is_active=True)
    manager = people.filter(role=Role.LINE_MANAGER, unit=unit).order_by("pk").first()
    return manager or people.filter(role__in=(Role.ADMINISTRATOR, Role.LINE_MANAGER)).order_by("role", "pk").first()
