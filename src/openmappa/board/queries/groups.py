"""Groups held against each other: how many times as often something happens in one as in another (disproportion)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from openmappa.board.queries.on_time import counted
from openmappa.board.queries.rows import RowsBy, rows_named, standards
from openmappa.board.queries.scope import Scope
from openmappa.core.inspection.on_time import AGES_FROM
from openmappa.core.inspection.proportions import Proportion, published
from openmappa.core.inspection.rates import Ratio, published_ratio

TOLD_APART = (RowsBy.ETHNICITY, RowsBy.SEX, RowsBy.AGE)
COUNTS = (
    "SELECT row_key, levelled, level_2_or_3, level_3, harmed, high_harm, banded, high_band, supervised, breached "
    "FROM board_groups(%s::bigint[], %s::bigint[], %s, %s, %s, %s::integer[])"
)


class Happening(StrEnum):
    """What may happen more often in one group than in another."""

    LATE = "late"
    LEVEL_2_OR_3 = "level-2-or-3"
    LEVEL_3 = "level-3"
    HIGH_HARM = "high-harm"
    HIGH_BAND = "high-band"
    BREACH = "breach"

    @property
    def label(self) -> str:
        """As the page names it."""
        return LABELS[self][0]

    @property
    def of_what(self) -> str:
        """Of what it is counted."""
        return LABELS[self][1]


LABELS = {
    Happening.LATE: ("A duty was not met on time", "duties that were due in the period"),
    Happening.LEVEL_2_OR_3: ("At MAPPA Level 2 or 3", "open cases with a level on the last day"),
    Happening.LEVEL_3: ("At MAPPA Level 3", "open cases with a level on the last day"),
    Happening.HIGH_HARM: ("High or very high risk of harm", "open cases with a level of harm on the last day"),
    Happening.HIGH_BAND: ("High or very high likelihood of reconviction", "open cases with an RM2000 on the last day"),
    Happening.BREACH: ("Found in breach", "cases that were under supervision in the period"),
}
PLACES = {
    Happening.LEVEL_2_OR_3: (2, 1),
    Happening.LEVEL_3: (3, 1),
    Happening.HIGH_HARM: (5, 4),
    Happening.HIGH_BAND: (7, 6),
    Happening.BREACH: (9, 8),
}
"""Where each stands among the columns that the database counts: how many, and of how many."""


@dataclass(frozen=True)
class GroupLine:
    """One group: how often it happens there, and how many times as often as in the group that it is held against.

    ``ratio`` is None for that group itself, and where a count behind it is under five.
    """

    key: str
    name: str
    found: Proportion
    ratio: Ratio | None
    is_against: bool

    @property
    def leaves(self) -> bool:
        """Whether the count may stand on paper."""
        return published(self.found) is not None


@dataclass(frozen=True)
class Groups:
    """All groups, and the one that the others are held against."""

    scope: Scope
    by: RowsBy
    happening: Happening
    standard: str
    lines: Sequence[GroupLine]
    against: GroupLine | None

    @property
    def standard_title(self) -> str:
        """The standard that LATE is about; empty for every one."""
        return standards()[self.standard] if self.standard else ""

    @property
    def compared(self) -> int:
        """How many ratios the page shows."""
        return sum(line.ratio is not None for line in self.lines)


def groups(scope: Scope, by: RowsBy, happening: Happening, standard: str, against: str) -> Groups:
    """Every group with its ratio to another: the one asked for, or the largest. One query.

    ``standard`` is what LATE is about; "" for every one.
    """
    found = _late(scope, by, standard) if happening is Happening.LATE else _cases(scope, by, happening)
    names = rows_named(by, [key for key, each in found.items() if each.n], scope.areas)
    known = [key for key in names if key]
    largest = max(known, key=lambda key: found[key].n, default="")
    base = against if against in names else largest
    lines = [
        GroupLine(
            key,
            name,
            found[key],
            None if key == base else published_ratio(found[key], found[base]),
            key == base,
        )
        for key, name in names.items()
    ]
    return Groups(scope, by, happening, standard, lines, next((line for line in lines if line.is_against), None))


def _late(scope: Scope, by: RowsBy, standard: str) -> Mapping[str, Proportion]:
    ids = [standard] if standard else list(standards())
    cells = counted(scope.areas, ids, by, [scope.since], scope.until, scope.until, past=scope.past)
    return {row: Proportion(counts.on_time.others, counts.on_time.n) for (row, _), counts in cells.items()}


def _cases(scope: Scope, by: RowsBy, happening: Happening) -> Mapping[str, Proportion]:
    k, n = PLACES[happening]
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [*scope.values, by.value, scope.since, scope.until, list(AGES_FROM)])
        rows = cursor.fetchall()
    found: dict[str, Proportion] = {}
    for row in rows:
        found[row[0] or ""] = found.get(row[0] or "", Proportion(0, 0)).plus(Proportion(row[k], row[n]))
    return found
