"""Home visits by the police as planned and as made (Tables 1 and 7; 7.14, 7.15), and the cases behind a count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

from openmappa.accounts.models import User
from openmappa.board.queries.on_time import counted
from openmappa.board.queries.printed import rows_printed
from openmappa.board.queries.rows import RowsBy
from openmappa.board.queries.scope import Scope
from openmappa.cases.models import Case
from openmappa.core.bands import LikelihoodBand
from openmappa.core.inspection.on_time import NONE
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.visits import MONTH, ends_of
from openmappa.core.packs.load import packs_in_service
from openmappa.core.packs.model import Table

STANDARD = "home-visit"
POLICY = "visit-interval"
PLANNED, MADE = "home_visits_planned", "home_visits_made"
BEYOND = {"18": "18 months", "24": "24 months"}
"""Rows that the report does not have, after its own: plans may be longer than a year."""
VALUES = "(%s::bigint[], %s::bigint[], %s, %s, %s::text[], %s::text[], %s::integer[], %s::float, %s::float[])"
OF_CASES = f"board_visits_of_cases{VALUES}"
COUNTS = f"SELECT band, planned, own, every, cases FROM board_visits{VALUES}"  # noqa: S608 - our own words  # nosec B608
LISTS = {
    "planned": "planned = %s",
    "made": "every = %s AND planned IS NOT NULL",
    "kept": "band = %s AND every <= planned",
    "late": "band = %s AND every > planned",
    "no-plan": "band = %s AND planned IS NULL",
}


@dataclass(frozen=True)
class Counted:
    """So many cases of the same band, plan and rhythm, both the places of rows.

    ``planned`` is None where the force's table gives no interval and nobody set one; ``every`` is None where there are
    no two visits to measure between.
    """

    band: str
    planned: int | None
    own: bool
    every: int | None
    cases: int

    @property
    def is_measured(self) -> bool:
        """Whether plan and rhythm can be set beside each other."""
        return self.planned is not None and self.every is not None

    @property
    def is_kept(self) -> bool:
        """Whether they were seen as often as planned, or more often."""
        return self.planned is not None and self.every is not None and self.every <= self.planned


@dataclass(frozen=True)
class BandLine:
    """One band (Table 1): how often the forces' table asks for visits, and how often they were made."""

    band: LikelihoodBand
    policy: Sequence[tuple[str, str]]
    cases: int
    own: int
    without: int
    kept: Proportion
    on_time: Proportion


@dataclass(frozen=True)
class RhythmLine:
    """One row of Table 7, with what the report printed; None where it has no such row."""

    place: int
    title: str
    planned: Proportion
    made: Proportion
    report_planned: int | None
    report_made: int | None


@dataclass(frozen=True)
class Visits:
    """Both tables. Cases are those that the police visit on the last day: registered, in the community, scored."""

    scope: Scope
    found: Sequence[Counted]
    on_time: Mapping[str, Proportion]

    @cached_property
    def bands(self) -> list[BandLine]:
        """Each band of likelihood, the highest first."""
        return [self._band(band) for band in reversed(LikelihoodBand)]

    @cached_property
    def rhythms(self) -> list[RhythmLine]:
        """Each row of months. Rows that the report does not have are there only with cases in them."""
        planned = [each for each in self.found if each.planned is not None]
        made = [each for each in planned if each.every is not None]
        printed, titles = len(rows_printed(PLANNED)), [*titles_of_rows(), "Longer"]
        report = [[percent for _, _, percent in rows_printed(measure)] for measure in (PLANNED, MADE)]
        lines = [
            RhythmLine(
                place,
                title,
                Proportion(_cases(each for each in planned if each.planned == place), _cases(planned)),
                Proportion(_cases(each for each in made if each.every == place), _cases(made)),
                *(percents[place] if place < printed else None for percents in report),
            )
            for place, title in enumerate(titles)
        ]
        return [line for line in lines if line.place < printed or line.planned.k or line.made.k]

    @property
    def cases(self) -> int:
        """How many cases are visited by plan."""
        return _cases(self.found)

    @property
    def without_a_plan(self) -> int:
        """How many of them have no interval: the force's table gives none, and nobody set one for the case."""
        return _cases(each for each in self.found if each.planned is None)

    @property
    def not_measured(self) -> int:
        """How many with an interval have no two visits to measure between."""
        return _cases(each for each in self.found if each.planned is not None and each.every is None)

    @property
    def kept(self) -> Proportion:
        """Those seen as often as planned, of all that can be measured."""
        measured = [each for each in self.found if each.is_measured]
        return Proportion(_cases(each for each in measured if each.is_kept), _cases(measured))

    def _band(self, band: LikelihoodBand) -> BandLine:
        mine = [each for each in self.found if each.band == band.value]
        measured = [each for each in mine if each.is_measured]
        return BandLine(
            band,
            policy_of(sorted({area.force for area in self.scope.areas}), band),
            _cases(mine),
            _cases(each for each in mine if each.own),
            _cases(each for each in mine if each.planned is None),
            Proportion(_cases(each for each in measured if each.is_kept), _cases(measured)),
            self.on_time.get(band.value, NONE.on_time),
        )


def visits(scope: Scope) -> Visits:
    """Planned and made visits over some areas. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, _values(scope))
        found = [Counted(*row) for row in cursor.fetchall()]
    cells = counted(scope.areas, [STANDARD], RowsBy.BAND, [scope.since], scope.until, scope.until, past=scope.past)
    return Visits(scope, found, {row: counts.on_time for (row, _), counts in cells.items()})


def cases_behind(user: User, scope: Scope, which: str, key: str) -> list[int]:
    """The cases that this person sees behind a count: ``which`` names the list, ``key`` the band or a row's place.

    KeyError where there is no such list; ValueError where the key is none. Two queries.
    """
    condition = LISTS[which]
    value: Any = LikelihoodBand(key).value if condition.startswith("band") else int(key)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT case_id FROM {OF_CASES} v WHERE {condition}", [*_values(scope), value])  # noqa: S608 - our own words  # nosec B608
        ids = [row[0] for row in cursor.fetchall()]
    return list(Case.objects.visible_to(user).filter(pk__in=ids).order_by("reference").values_list("pk", flat=True))


def titles_of_rows() -> list[str]:
    """What each row of months is called: those of the report, and longer ones."""
    return [*(title for _, title, _ in rows_printed(PLANNED)), *BEYOND.values()]


def policy_of(forces: Sequence[str], band: LikelihoodBand) -> list[tuple[str, str]]:
    """What the pack's table says of a band for each of these forces: the months in words, and a note."""
    table = _policy()
    found = []
    for force in forces:
        key = (force, band.value)
        months = table.rows.get(key)
        found.append(
            (f"{months} {'month' if months == 1 else 'months'}" if months else "none", table.notes.get(key, ""))
        )
    return found


def _policy() -> Table:
    return packs_in_service()[-1].tables[POLICY]


def _values(scope: Scope) -> list[Any]:
    rows = [(str(force), str(band), months) for (force, band), months in _policy().rows.items()]
    forces, bands, months = (list(column) for column in zip(*rows, strict=True))
    each = [float(answer) for answer, _, _ in rows_printed(PLANNED)] + [float(months) for months in BEYOND]
    return [*scope.values, scope.since, scope.until, forces, bands, months, MONTH, list(ends_of(each))]


def _cases(found: Iterable[Counted]) -> int:
    return sum(each.cases for each in found)
