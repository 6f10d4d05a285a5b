"""Live tables: duties met on time, counted from the record as it stands, and for some the cases behind a row.

The database counts, by a function of its owner's that checks who asks (``migrations/0001``): of a case that the reader
may not open, no row comes here, only how many. docs/how-to/live-tables.md says in words what a table can say.

Cost: one aggregate over the duties that were due between the two days, by an index that holds all it needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from openmappa.accounts.models import Area, User
from openmappa.board.queries.rows import EVERYTHING, Names, RowsBy, rows_named, standards
from openmappa.cases.models import Case
from openmappa.core.inspection.on_time import AGES_FROM, NONE, Counts, Span, Step, Table, spans
from openmappa.core.inspection.on_time_chart import TrendChart, trend_chart
from openmappa.core.inspection.proportions import Difference, Proportion
from openmappa.core.inspection.withheld import withheld
from openmappa.past.queries.days import Past, past

COUNTS = "SELECT row_key, place, met, met_late, missed, overdue FROM board_on_time(%s, %s, %s, %s::date[], %s, %s, %s)"
THEN = (
    "SELECT row_key, place, met, met_late, missed, overdue "
    "FROM board_on_time_then(%s::bigint[], %s::bigint[], %s::text[], %s, %s::date[], %s, %s, %s::integer[])"
)
BEHIND = """
SELECT j.case_id, count(*) FROM board_judged(%s::bigint[], %s::text[], %s, %s, %s, %s, %s::integer[]) j
WHERE coalesce(j.row_word, j.row_number::text, '') = %s AND (j.outcome = 1) = %s GROUP BY j.case_id
"""
BEHIND_THEN = """
SELECT j.case_id, count(*)
FROM board_judged_then(%s::bigint[], %s::bigint[], %s::text[], %s, %s, %s, %s, %s::integer[]) j
WHERE coalesce(j.row_word, j.row_number::text, '') = %s AND (j.outcome = 1) = %s GROUP BY j.case_id
"""
WIDE, NARROW = 900, 310
OTHERS = "All the others"


@dataclass(frozen=True)
class Asked:
    """What a table was asked for. ``standard`` "" means every one; ``on`` is the day as of which it stands.

    ``live`` says that this day is the present one. ``chosen`` is the key of the row to draw over time; None draws all
    rows together. ``known`` asks for what was known on the day; with ``past`` the table is counted from the record of
    that past day, which ``on`` then is.
    """

    areas: Sequence[Area]
    every_area: bool
    standard: str
    by: RowsBy
    step: Step
    since: date
    until: date
    on: date
    live: bool = True
    chosen: str | None = None
    known: bool = False
    past: Past | None = None

    @property
    def standards(self) -> list[str] | None:
        """The ids of the standards that are counted; None for every one."""
        return [self.standard] if self.standard else None

    @property
    def title(self) -> str:
        """The standard's name."""
        return standards()[self.standard] if self.standard else "All standards"

    @property
    def spans(self) -> tuple[Span, ...]:
        """The periods, in order."""
        return spans(self.since, self.until, self.step)

    @property
    def address(self) -> str:
        """The query string that asks for the same again, without the row."""
        return "?" + urlencode(self.answers)

    @property
    def answers(self) -> dict[str, str]:
        """What the form that asks for this table holds. The present day is left out: asked again, it is another."""
        days = {"since": self.since, "until": self.until} | ({} if self.live else {"on": self.on})
        boxes = {
            f"{name}-{part}": str(getattr(day, part)) for name, day in days.items() for part in ("day", "month", "year")
        }
        more = {} if self.every_area else {"area": self.areas[0].code}
        if not self.live:
            more["reading"] = "known" if self.known else "stood"
        return {"standard": self.standard, "by": self.by.value, "step": self.step.value, **more, **boxes}


@dataclass(frozen=True)
class RowLine:
    """One row over all periods. ``leaves`` says whether it may stand on paper and in files."""

    key: str
    name: str
    counts: Counts
    against_the_others: Difference | None
    leaves: bool
    cells: Sequence[tuple[str, Proportion, bool]]


@dataclass(frozen=True)
class SpanLine:
    """One period of what is drawn over time."""

    span: Span
    counts: Counts
    from_before: Difference | None
    leaves: bool


@dataclass(frozen=True)
class LiveTable:
    """A table with what was asked for and what its rows are called."""

    asked: Asked
    table: Table
    names: Names

    @cached_property
    def withheld(self) -> frozenset[tuple[int, int]]:
        """The cells that may not leave, by the places of row and period; the totals stand past the last."""
        places = {key: place for place, key in enumerate(self.table.rows)}
        cells = {(places[row], span): counts.on_time for (row, span), counts in self.table.cells.items()}
        return withheld(cells, len(self.table.rows), len(self.table.spans))

    @cached_property
    def rows(self) -> list[RowLine]:
        """Every row with its cells."""
        last = len(self.table.spans)
        return [
            RowLine(
                key,
                self.names[key],
                self.table.of_row(key),
                self.table.against_the_others(key),
                (place, last) not in self.withheld,
                [
                    (span.name, self.table.cell(key, at).on_time, (place, at) not in self.withheld)
                    for at, span in enumerate(self.table.spans)
                ],
            )
            for place, key in enumerate(self.table.rows)
        ]

    @property
    def whole_leaves(self) -> bool:
        """Whether the total may stand on paper and in files."""
        return (len(self.table.rows), len(self.table.spans)) not in self.withheld

    @property
    def drawn(self) -> str:
        """What is drawn over time."""
        return EVERYTHING if self._row is None else self.names[self._row]

    @cached_property
    def over_time(self) -> list[SpanLine]:
        """Each period of the row that was chosen, or of all rows together."""
        row = len(self.table.rows) if self._row is None else list(self.table.rows).index(self._row)
        return [
            SpanLine(
                span,
                self.table.of_span(at) if self._row is None else self.table.cell(self._row, at),
                self.table.from_the_period_before(at, self._row),
                (row, at) not in self.withheld,
            )
            for at, span in enumerate(self.table.spans)
        ]

    @property
    def charts(self) -> tuple[TrendChart | None, TrendChart | None]:
        """What is drawn, beside all the other rows where one was chosen; for wide screens and for narrow ones."""
        lines = [(self.drawn, [each.counts.on_time for each in self.over_time])]
        if self._row is not None and len(self.table.rows) > 1:
            others = [self.table.of_span(at).less(each.counts).on_time for at, each in enumerate(self.over_time)]
            lines.append((OTHERS, others))
        names = [span.name for span in self.table.spans]
        return trend_chart(names, lines, width=WIDE), trend_chart(names, lines, width=NARROW)

    @property
    def chart_leaves(self) -> bool:
        """Whether the chart may be printed: not where a point of it is withheld."""
        return not self.withheld

    @property
    def comparisons(self) -> int:
        """How many differences the page looks at."""
        between_rows = [each for each in self.rows if each.against_the_others is not None]
        return len(between_rows) + len([each for each in self.over_time if each.from_before is not None])

    @property
    def _row(self) -> str | None:
        return self.asked.chosen if self.asked.chosen in self.names else None


def past_of(asked: Asked | None) -> Past | None:
    """The past day that a table is asked for, as far as it was worked out; None for the present. One query."""
    return None if asked is None or asked.live else past(asked.areas, asked.on, known=asked.known)


def live_table(asked: Asked) -> LiveTable:
    """The table that was asked for. One query, one more where the rows are units."""
    starts = [span.since for span in asked.spans]
    cells = counted(asked.areas, asked.standards, asked.by, starts, asked.until, asked.on, asked.past)
    names = rows_named(asked.by, {row for row, _ in cells}, asked.areas)
    return LiveTable(asked, Table(tuple(names), asked.spans, cells), names)


def counted(
    areas: Sequence[Area],
    ids: Sequence[str] | None,
    by: RowsBy,
    starts: Sequence[date],
    until: date,
    on: date,
    past: Past | None = None,
) -> dict[tuple[str, int], Counts]:
    """What became, by the end of a day, of duties that were due from the first of ``starts`` to ``until``.

    Of these standards, None for every one. By row and by the place of the last start that is not after the day they
    were due. With ``past``, from the record of
    that past day, which is ``on``. One query.
    """
    values: list[Any] = [
        [area.pk for area in areas],
        ids and list(ids),
        by.value,
        list(starts),
        until,
        on,
        list(AGES_FROM),
    ]
    with connection.cursor() as cursor:
        if past is None:
            cursor.execute(COUNTS, values)
        else:
            cursor.execute(THEN, [past.ids, *values])
        cells: dict[tuple[str, int], Counts] = {}
        for row, place, *counts in cursor.fetchall():
            cell = (row or "", int(place))  # what is not known may stand there as nothing or as no text
            cells[cell] = cells.get(cell, NONE).plus(Counts(*map(int, counts)))
    return cells


def cases_behind(user: User, asked: Asked, row: str, *, on_time: bool) -> list[tuple[int, int]]:
    """The cases that this person sees with duties of a row that were met on time, or were not; and how many of each.

    Two queries; restricted cases are left out by who may see them, in the database and again here.
    """
    values: list[Any] = [*_scope(asked), asked.since, asked.until, asked.on, list(AGES_FROM), row, on_time]
    with connection.cursor() as cursor:
        if asked.past is None:
            cursor.execute(BEHIND, values)
        else:
            cursor.execute(BEHIND_THEN, [asked.past.ids, *values])
        counts = {int(case): int(count) for case, count in cursor.fetchall()}
    seen = Case.objects.visible_to(user).filter(pk__in=counts).order_by("reference").values_list("pk", flat=True)
    return [(pk, counts[pk]) for pk in seen]


def _scope(asked: Asked) -> list[Any]:
    return [[area.pk for area in asked.areas], asked.standards, asked.by.value]
