"""Reading temporary moves: of a case, into and out of an area, and what they mean for registration."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.mappa.movements import Point, Stay, registration_points
from openmappa.movements.models.move import TemporaryMove
from openmappa.movements.queries.rules import rules


@dataclass(frozen=True)
class Move:
    """A temporary move as it stands today, and what it means for registration."""

    move: TemporaryMove
    points: tuple[Point, ...]
    today: date

    @property
    def kind_label(self) -> str:
        """What kind of stay it is."""
        return kind_label(self.move.kind)

    @property
    def is_overdue(self) -> bool:
        """Whether the person should be back, and nobody has recorded that they are."""
        return self.move.is_overdue(self.today)

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        move = self.move
        if not move.is_standing:
            return "Withdrawn"
        if move.returned_on:
            return "Returned"
        if self.is_overdue:
            return "Return overdue"
        if move.is_away(self.today):
            return "Away now"
        return "To come"


def kind_label(kind: str) -> str:
    """What a kind of stay is called; its id where the pack does not know it."""
    return next((one.label for one in rules().kinds if one.id == kind), kind)


def moves_of_case(case: Case, *, registered: bool) -> list[Move]:
    """Every temporary move of a case, the newest first. One query."""
    today = timezone.localdate()
    rows = list(_to_show(TemporaryMove.objects.filter(case=case)).order_by("-from_on", "-id"))
    stays = {row.pk: _stay(row) for row in rows if row.is_standing}
    return [Move(row, _points(row, stays, registered), today) for row in rows]


def move_of(case: Case, key: uuid.UUID) -> TemporaryMove:
    """One temporary move of this case. Raises Http404. One query."""
    move = _to_show(TemporaryMove.objects.filter(case=case, key=key)).first()
    if move is None:
        raise Http404("No such temporary move")
    return move


def moves_of_area(user: User, area: Area) -> tuple[list[Move], list[Move]]:
    """Temporary moves into an area and out of it that are not over, of cases this person sees. One query."""
    today = timezone.localdate()
    standing = TemporaryMove.objects.standing().filter(returned_on__isnull=True)
    rows = _to_show(standing.filter(Q(to_area=area) | Q(case__area=area), case__in=Case.objects.visible_to(user)))
    shown = [Move(row, (), today) for row in rows.order_by("until_on", "id")]
    return [one for one in shown if one.move.to_area_id == area.pk], [
        one for one in shown if one.move.case.area_id == area.pk
    ]


def moves_overdue(user: User, area: Area) -> list[Move]:
    """Those into or out of an area from which the person should be back by now. One query."""
    there, away = moves_of_area(user, area)
    return [one for one in {each.move.pk: each for each in [*there, *away]}.values() if one.is_overdue]


def hosts_for(case: Case) -> list[User]:
    """The MAPPA coordinators of the other areas, by area."""
    people = User.objects.filter(role=Role.MAPPA_COORDINATOR, is_active=True, area__isnull=False)
    return list(people.exclude(area=case.area_id).select_related("area").order_by("area__name", "full_name"))


def _to_show(moves: QuerySet[TemporaryMove]) -> QuerySet[TemporaryMove]:
    return moves.select_related(
        "case__person", "case__area", "to_area", "host", "involvement", "given_by", "acknowledged_by", "returned_by"
    )


def _stay(move: TemporaryMove) -> Stay:
    last = move.returned_on or move.until_on
    return Stay(move.from_on, last, move.place, move.abroad)


def _points(move: TemporaryMove, stays: dict[int, Stay], registered: bool) -> tuple[Point, ...]:
    if move.pk not in stays:
        return ()
    earlier: Sequence[Stay] = [stay for pk, stay in stays.items() if pk != move.pk and stay.from_on < move.from_on]
    return registration_points(stays[move.pk], earlier, rules(), registered=registered)
