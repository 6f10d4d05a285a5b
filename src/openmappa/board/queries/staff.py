"""What stands beside a standard that is kept less often: posts, people in post, absences, caseload (6.4, 8.2).

It explains nothing by itself: it is what somebody who explains a fall looks at first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from openmappa.accounts.models import Area
from openmappa.board.queries.on_time import counted
from openmappa.board.queries.rows import RowsBy, standards
from openmappa.core.access import Role
from openmappa.core.dates import add_months
from openmappa.core.inspection.establishment import (
    Beside,
    Filled,
    InPost,
    Moved,
    PostsFrom,
    filled,
    in_post_on,
    posts_on,
    together,
)
from openmappa.core.inspection.on_time import NONE, Counts, Span, Step, first_of, spans
from openmappa.core.inspection.proportions import Difference, difference, published
from openmappa.core.packs.load import packs_in_service
from openmappa.past.queries.days import Past

QUARTERS = 8
STAFF = (
    "SELECT place, in_post, away_days, cases "
    "FROM board_staff(%s::bigint[], %s, %s::date[], %s::date[], %s::timestamptz, %s::date)"
)
IN_POST = "SELECT unit_id, unit_name, from_on, until_on, people FROM board_in_post(%s::bigint[], %s)"
POSTS = "SELECT unit_id, unit_name, from_on, posts FROM board_posts(%s::bigint[], %s, %s::timestamptz, %s::date)"
WHOSE = {"case_manager": Role.CASE_MANAGER, "police_officer": Role.POLICE_OFFICER}
"""Whose work is held against caseload. Other duties are of managers, coordinators or offenders, who hold no cases."""


@dataclass(frozen=True)
class StaffLine:
    """One quarter: how often the standard was kept, and who was there to do it.

    ``in_post`` and ``cases`` are those of its last day, ``away_days`` the days of it on which somebody was covered for;
    ``posts`` has both the last day and the whole of it.
    """

    span: Span
    counts: Counts
    change: Difference | None
    in_post: int
    away_days: int
    cases: int
    posts: Filled

    @property
    def fell(self) -> bool:
        """Whether it is clearly less than in the quarter before."""
        return self.change is not None and self.change.is_clear and self.change.estimate < 0

    @property
    def leaves(self) -> bool:
        """Whether the count may stand on paper."""
        return published(self.counts.on_time) is not None

    @property
    def cases_leave(self) -> bool:
        """Whether the number of cases may stand on paper."""
        return self.cases >= 5

    @property
    def each(self) -> float | None:
        """Cases for each person in post; None where nobody is."""
        return self.cases / self.in_post if self.in_post else None

    @property
    def away(self) -> float | None:
        """Of the days of the quarter that the people in post have, the percentage away and covered for."""
        days = self.in_post * ((self.span.until - self.span.since).days + 1)
        return 100 * self.away_days / days if days else None

    @property
    def vacant_to_compare(self) -> float | None:
        """The share of post-days vacant, where posts are recorded on every day of the quarter."""
        return self.posts.share if self.posts.is_whole else None


@dataclass(frozen=True)
class Fall:
    """A quarter with a clear fall, and how each figure beside it moved from the quarter before."""

    line: StaffLine
    before: StaffLine

    @property
    def moved(self) -> Sequence[Moved]:
        """Vacancies, absence and caseload, each in both quarters."""
        return [
            Moved(Beside.VACANT, self.before.vacant_to_compare, self.line.vacant_to_compare),
            Moved(Beside.AWAY, self.before.away, self.line.away),
            Moved(Beside.EACH, self.before.each, self.line.each),
        ]

    @property
    def leaves(self) -> bool:
        """Whether it may be told on paper."""
        return self.line.leaves and self.before.leaves and self.line.cases_leave and self.before.cases_leave


@dataclass(frozen=True)
class Staff:
    """A standard over the last quarters beside those whose work it is.

    ``not_recorded`` names the units that have people of the role on the last day, and no posts recorded for it;
    ``without_unit`` counts people of the role in no unit, who fill no post.
    """

    standard: str
    title: str
    role: Role
    lines: Sequence[StaffLine]
    not_recorded: Sequence[str]
    without_unit: int

    @property
    def has_posts(self) -> bool:
        """Whether any posts are recorded in any of the quarters."""
        return any(line.posts.days for line in self.lines)

    @property
    def falls(self) -> Sequence[Fall]:
        """The quarters that were clearly less than the one before, the latest first."""
        pairs = zip(self.lines[1:], self.lines, strict=False)
        return [Fall(line, before) for line, before in pairs if line.fell][::-1]


@dataclass(frozen=True)
class _Unit:
    name: str
    posts: list[PostsFrom]
    stays: list[InPost]


def standards_of_staff() -> Mapping[str, str]:
    """The standards that are the work of people who hold cases: their titles by their ids."""
    return {id_: title for id_, title in standards().items() if _role_of(id_) is not None}


def staff(area: Area, standard: str, today: date, past: Past | None = None) -> Staff:
    """The standard in the last quarters, the present one included; with ``past`` as of that day, which ``today`` is.

    Four queries. KeyError for another standard.
    """
    role = _role_of(standard)
    if role is None:
        raise KeyError(standard)
    quarters = spans(add_months(first_of(today, Step.QUARTER), -3 * (QUARTERS - 1)), today, Step.QUARTER)
    starts, ends = [each.since for each in quarters], [each.until for each in quarters]
    reading = (past.began_at, past.on if past.known else None) if past else (None, None)
    cells = counted([area], [standard], RowsBy.ALL, starts, today, today, past)
    with connection.cursor() as cursor:
        cursor.execute(STAFF, [[area.pk], role.value, starts, ends, *reading])
        beside = {place: (in_post, away, cases) for place, in_post, away, cases in cursor.fetchall()}
    units = _units(area, role, reading)
    lines: list[StaffLine] = []
    for place, span in enumerate(quarters):
        counts = cells.get(("", place), NONE)
        change = difference(counts.on_time, lines[-1].counts.on_time) if lines else None
        posts = together([filled(unit.posts, unit.stays, span.since, span.until) for unit in units.values()])
        lines.append(StaffLine(span, counts, change, *beside.get(place, (0, 0, 0)), posts))
    there = [(key, unit) for key, unit in units.items() if in_post_on(unit.stays, today)]
    not_recorded = sorted(unit.name for key, unit in there if key is not None and posts_on(unit.posts, today) is None)
    without = sum(in_post_on(unit.stays, today) for key, unit in there if key is None)
    return Staff(standard, standards()[standard], role, lines, not_recorded, without)


def _units(area: Area, role: Role, reading: tuple[Any, Any]) -> Mapping[int | None, _Unit]:
    """Posts and people of each unit; those without a unit under None. Two queries."""
    units: dict[int | None, _Unit] = {}
    with connection.cursor() as cursor:
        cursor.execute(IN_POST, [[area.pk], role.value])
        for key, name, from_on, until_on, people in cursor.fetchall():
            units.setdefault(key, _Unit(name or "", [], [])).stays.append(InPost(from_on, until_on, people))
        cursor.execute(POSTS, [[area.pk], role.value, *reading])
        for key, name, from_on, posts in cursor.fetchall():
            units.setdefault(key, _Unit(name, [], [])).posts.append(PostsFrom(from_on, posts))
    return units


def _role_of(standard: str) -> Role | None:
    found = (one.of.name for pack in packs_in_service() for one in pack.standards if one.id == standard)
    return WHOSE.get(next(found, ""))
