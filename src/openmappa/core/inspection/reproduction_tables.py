"""The tables of a report, drawn by counting the answers of cases, with the printed figures beside the counts.

Nothing here knows how the cases were made: they could be anybody's. Each count has the number it is of, its percentage,
and Wilson's 95 % interval. The benchmark is percentages alone: the difference to it has no interval, and the notes say
so. Notes say as well where printed figures cannot be had from whole cases, or do not add up, and which number of cases
is our choice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from openmappa.core.inspection.framework import Framework
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.reproduction import (
    ABOVE,
    BELOW,
    GeneratedCase,
    Kind,
    Measure,
    Printed,
    PrintedReport,
)
from openmappa.core.inspection.reproduction_cases import YEAR
from openmappa.core.inspection.reproduction_notes import notes
from openmappa.core.inspection.scores import Answer
from openmappa.core.inspection.visits import row_of
from openmappa.core.mappa.frequency import Band, frequency

ON_THE_LINE = {ABOVE: "Above the line", BELOW: "Below the line", Answer.EXCELLENT: "Excellent"}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was counted, of which cases, and what the report prints."""

    measure: Measure
    printed: Printed
    item: str
    answer: str
    of_whom: str
    proportion: Proportion

    @property
    def holds(self) -> bool:
        """Whether the count gives what is printed: the same number of cases, or the same percentage when rounded."""
        if self.printed.count is not None:
            return self.proportion.k == self.printed.count
        return self.proportion.percentage == self.printed.percent

    @property
    def points_to_benchmark(self) -> int | None:
        """Percentage points above the benchmark, both rounded; None where there is no benchmark, or of nought."""
        if self.printed.benchmark is None or self.proportion.percentage is None:
            return None
        return self.proportion.percentage - self.printed.benchmark


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """One table: number 0 has the findings in the text."""

    number: int
    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the table is called."""
        return f"Table {self.number}" if self.number else "Findings"


def drawn(
    report: PrintedReport, framework: Framework, cases: Sequence[GeneratedCase], bands: Sequence[Band]
) -> tuple[DrawnTable, ...]:
    """The tables in their order, then the findings in the text. ``bands`` say which gap is which rhythm of reviews."""
    numbers = sorted({measure.table for measure in report.measures}, key=lambda number: (not number, number))
    return tuple(_drawn(number, report, framework, cases, bands) for number in numbers)


def _drawn(
    number: int,
    report: PrintedReport,
    framework: Framework,
    cases: Sequence[GeneratedCase],
    bands: Sequence[Band],
) -> DrawnTable:
    measures = [measure for measure in report.measures if measure.table == number]
    rows = [row for measure in measures for row in _rows(measure, report, framework, cases, bands)]
    sizes = {row.measure.code: row.proportion.n for row in rows}
    return DrawnTable(number, report.tables[number], tuple(rows), tuple(notes(report, measures, sizes)))


def _rows(
    measure: Measure,
    report: PrintedReport,
    framework: Framework,
    cases: Iterable[GeneratedCase],
    bands: Sequence[Band],
) -> Iterator[Row]:
    given = [answers for case in cases if (answers := _given(case, measure, report, bands)) is not None]
    in_framework = measure.kind in (Kind.SCORE, Kind.CHOICE)
    question = framework.question(measure.code) if in_framework else None
    titles = {choice.code: choice.title for choice in question.choices} if question else {}
    for printed in measure.printed:
        yield Row(
            measure=measure,
            printed=printed,
            item=question.text if question else measure.title,
            answer=printed.title or titles.get(printed.answer) or ON_THE_LINE[printed.answer],
            of_whom=report.title_of(measure.group),
            proportion=Proportion(sum(printed.answer in answers for answers in given), len(given)),
        )


def _given(
    case: GeneratedCase, measure: Measure, report: PrintedReport, bands: Sequence[Band]
) -> frozenset[str] | None:
    """What counts as answered of a case; None where the measure does not apply to it."""
    if measure.kind is Kind.REVIEWS:
        since = report.until - timedelta(days=YEAR)
        days = case.meetings
        return frozenset({frequency(days, bands, since=since, until=report.until)}) if days else None
    if measure.kind is Kind.ACTUAL_VISITS:
        return _visited_every(case, measure) if len(case.visits) > 1 else None
    given = case.answers.get(measure.code)
    if given is None or measure.kind is not Kind.SCORE:
        return given
    return given | {ABOVE if Answer(*given).is_above_the_line else BELOW}


def _visited_every(case: GeneratedCase, measure: Measure) -> frozenset[str]:
    """The months between visits, on average, as the nearest of those that the table has; none where it is longer."""
    rows = [printed.answer for printed in measure.printed]
    gap = (case.visits[-1] - case.visits[0]).days / (len(case.visits) - 1)
    place = row_of(gap, [float(months) for months in rows])
    return frozenset(rows[place : place + 1])
