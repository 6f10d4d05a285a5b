"""What stands beside a standard that is kept less often: staff in post, absences, caseload in the same quarters (8.2).

It explains nothing by itself: it is what somebody who explains a fall looks at first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from openmappa.accounts.models import Area
from openmappa.board.queries.on_time import counted
from openmappa.board.queries.rows import RowsBy, standards
from openmappa.core.access import Role
from openmappa.core.dates import add_months
from openmappa.core.inspection.on_time import NONE, Counts, Span, Step, first_of, spans
from openmappa.core.inspection.proportions import Difference, difference, published
from openmappa.core.packs.load import packs_in_service

QUARTERS = 8
STAFF = "SELECT place, in_post, away_days, cases FROM board_staff(%s::bigint[], %s, %s::date[], %s::date[])"
WHOSE = {"case_manager": Role.CASE_MANAGER, "police_officer": Role.POLICE_OFFICER}
"""Whose work is held against caseload. Other duties are of managers, coordinators or offenders, who hold no cases."""


@dataclass(frozen=True)
class StaffLine:
    """One quarter: how often the standard was kept, and who was there to do it.

    ``in_post`` and ``cases`` are those of its last day, ``away_days`` the days of it on which somebody was covered for.
    """

    span: Span
    counts: Counts
    change: Difference | None
    in_post: int
    away_days: int
    cases: int

    @property
    def fell(self) -> bool:
        """Whether it is clearly less than in the quarter before."""
        return self.change is not None and self.change.is_clear and self.change.estimate < 0

    @property
    def leaves(self) -> bool:
        """Whether the count may stand on paper."""
        return published(self.counts.on_time) is not None

    @property
    def each(self) -> float | None:
        """Cases for each person in post; None where nobody is."""
        return self.cases / self.in_post if self.in_post else None

    @property
    def away(self) -> float | None:
        """Of the days of the quarter that the people in post have, the percentage away and covered for."""
        days = self.in_post * ((self.span.until - self.span.since).days + 1)
        return 100 * self.away_days / days if days else None


@dataclass(frozen=True)
class Staff:
    """A standard over the last quarters beside those whose work it is."""

    standard: str
    title: str
    role: Role
    lines: Sequence[StaffLine]


def standards_of_staff() -> Mapping[str, str]:
    """The standards that are the work of people who hold cases: their titles by their ids."""
    return {id_: title for id_, title in standards().items() if _role_of(id_) is not None}


def staff(area: Area, standard: str, today: date) -> Staff:
    """The standard in the last quarters, the present one included. Two queries. KeyError for another standard."""
    role = _role_of(standard)
    if role is None:
        raise KeyError(standard)
    quarters = spans(add_months(first_of(today, Step.QUARTER), -3 * (QUARTERS - 1)), today, Step.QUARTER)
    starts, ends = [each.since for each in quarters], [each.until for each in quarters]
    cells = counted([area], [standard], RowsBy.ALL, starts, today, today)
    with connection.cursor() as cursor:
        cursor.execute(STAFF, [[area.pk], role.value, starts, ends])
        beside = {place: (in_post, away, cases) for place, in_post, away, cases in cursor.fetchall()}
    lines: list[StaffLine] = []
    for place, span in enumerate(quarters):
        counts = cells.get(("", place), NONE)
        change = difference(counts.on_time, lines[-1].counts.on_time) if lines else None
        lines.append(StaffLine(span, counts, change, *beside.get(place, (0, 0, 0))))
    return Staff(standard, standards()[standard], role, lines)


def _role_of(standard: str) -> Role | None:
    found = (one.of.name for pack in packs_in_service() for one in pack.standards if one.id == standard)
    return WHOSE.get(next(found, ""))
