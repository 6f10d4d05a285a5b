"""Who has a seat on the board of an area, and what the board lacks."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from openmappa.accounts.models import Agency, Area, User
from openmappa.board.models.seats import Member, MemberQuerySet
from openmappa.board.queries.rules import rules
from openmappa.core.access import Role
from openmappa.core.board.seats import SeatKind, gaps


@dataclass(frozen=True)
class Board:
    """The seats of an area as they stand on a day."""

    on: date
    members: Sequence[Member]
    former: Sequence[Member]
    lacks: Sequence[str]

    @property
    def by_kind(self) -> list[tuple[str, list[Member]]]:
        """Those who have a seat, by why they have it; kinds without a seat are left out."""
        found = [(kind.label, [one for one in self.members if one.kind == kind]) for kind in SeatKind]
        return [(label, some) for label, some in found if some]


def board_of(area: Area, on: date) -> Board:
    """The board of an area on a day, those still to come among its members. One query."""
    rows = list(_seats(area))
    members = [one for one in rows if one.until_on is None or one.until_on >= on]
    former = [one for one in rows if one.until_on is not None and one.until_on < on]
    return Board(on, members, former, gaps((one.seat for one in rows), rules().seats, on))


def seated_on(area: Area, on: date) -> list[Member]:
    """Those who have their seat on a day, the chair first. One query."""
    return list(_seats(area).seated_on(on))


def member_of(area: Area, key: uuid.UUID) -> Member:
    """One seat on the board of this area. Raises Http404. One query."""
    row = _seats(area).filter(key=key).first()
    if row is None:
        raise Http404("No such seat on this board")
    return row


def people_for_a_seat(area: Area) -> list[User]:
    """People with a sign-in who may have a seat here: members of boards and managers of the area. One query."""
    near = Q(area=area) | Q(area__isnull=True, role=Role.SMB_MEMBER)
    roles = [Role.SMB_MEMBER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR]
    people = User.objects.filter(near, role__in=roles, is_active=True).select_related("agency")
    return list(people.order_by("agency__name", "full_name"))


def every_agency() -> list[Agency]:
    """The agencies that there are. One query."""
    return list(Agency.objects.order_by("name"))


def _seats(area: Area) -> MemberQuerySet:
    return Member.objects.filter(area=area).select_related("agency", "person")
