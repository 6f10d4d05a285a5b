"""The posts of units: how many there are, how many are filled today, and who entered what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from openmappa.accounts.models import Unit, User
from openmappa.core.access import Permission, Role
from openmappa.core.inspection.establishment import over, posts_on, roles_with_posts, vacant
from openmappa.people.models import Establishment
from openmappa.people.queries.people import managed_units


def units_with_posts(user: User) -> QuerySet[Unit]:
    """The units whose posts this person sets: an administrator's agency's; those that a line manager answers for."""
    if not user.may(Permission.SET_POSTS):
        return Unit.objects.none()
    units = Unit.objects.filter(agency_id=user.agency_id) if user.may(Permission.MANAGE_PEOPLE) else managed_units(user)
    return units.select_related("agency", "area").order_by("name", "pk")


@dataclass(frozen=True)
class PostsOfRole:
    """A role in a unit today: its posts (None where none are recorded, or they ended) and who holds one."""

    role: Role
    posts: Decimal | None
    in_post: int

    @property
    def vacant(self) -> Decimal | None:
        """Posts that stand empty."""
        return None if self.posts is None else vacant(self.posts, self.in_post)

    @property
    def over(self) -> Decimal | None:
        """People beyond the posts."""
        return None if self.posts is None else over(self.posts, self.in_post)


@dataclass(frozen=True)
class UnitPosts:
    """A unit with every role that has posts or people there."""

    unit: Unit
    roles: Sequence[PostsOfRole]


def posts_of_units(units: Sequence[Unit], today: date) -> list[UnitPosts]:
    """Posts beside people today, for each unit and each role that has either. Two queries."""
    entered: dict[tuple[int, str], list[Establishment]] = {}
    for row in Establishment.objects.standing().filter(unit__in=units):
        entered.setdefault((row.unit_id, row.role), []).append(row)
    people = Counter(
        User.objects.filter(unit__in=units, is_active=True).order_by().values_list("unit_id", "role"),
    )
    return [
        UnitPosts(
            unit,
            [
                PostsOfRole(role, posts_on([row.posts_from for row in rows], today), people[unit.pk, role.value])
                for role in roles_with_posts(unit.agency.kind)
                if (rows := entered.get((unit.pk, role.value), [])) or people[unit.pk, role.value]
            ],
        )
        for unit in units
    ]


def entries_of_unit(unit: Unit) -> list[Establishment]:
    """Everything that was entered about a unit's posts, the latest first day first; voided ones as well. One query."""
    return list(Establishment.objects.filter(unit=unit).select_related("entered_by", "voided_by"))


def version_of_posts(entries: Sequence[Establishment]) -> int:
    """How much has been entered and voided of a unit so far: it grows by one with each."""
    return len(entries) + sum(entry.is_voided for entry in entries)


def last_hand(entries: Sequence[Establishment]) -> str:
    """Who entered or voided last; empty where nobody did."""
    acts = [(entry.entered_at, entry.entered_by.full_name) for entry in entries]
    acts += [(entry.voided_at, entry.voided_by.full_name) for entry in entries if entry.voided_at and entry.voided_by]
    return max(acts)[1] if acts else ""


def entry_seen_by(user: User, pk: int) -> Establishment | None:
    """The entry of this number, if the reader sets the posts of its unit. Two queries at most."""
    rows = Establishment.objects.filter(pk=pk, unit__in=units_with_posts(user).order_by().values("pk"))
    return rows.select_related("unit__agency", "unit__area", "entered_by").first()
