"""Drawn tables as text to read and as CSV to work with, and generated cases as CSV to count again."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.reproduction import GeneratedCase, Kind, PrintedReport
from openmappa.core.inspection.reproduction_tables import DrawnTable, Row

LABEL, WIDE = 56, 112
COLUMNS = ("table", "paragraph", "measure", "item", "answer", "cases", "count", "of", "percent", "low", "high")
BESIDE = ("report_percent", "report_count", "benchmark_percent", "difference_points", "holds", "finding")
ABOUT = (
    "Counted from generated cases. Questions are in our own words, and of what is above the line (excellent or "
    "sufficient) unless an answer is named. The interval is Wilson's."
)
VISITS = (Kind.PLANNED_VISITS, Kind.ACTUAL_VISITS)


def tables_as_csv(tables: Iterable[DrawnTable]) -> str:
    """Every figure of the tables, one line each, percentages as whole numbers; the interval is Wilson's at 95 %."""
    return _csv((*COLUMNS, *BESIDE), (_csv_row(table, row) for table in tables for row in table.rows))


def cases_as_csv(report: PrintedReport, cases: Iterable[GeneratedCase]) -> str:
    """One line a case: its answers to each measure (several with `;`), and the days of its meetings and visits."""
    codes = [each.code for each in report.measures if each.kind not in (Kind.REVIEWS, Kind.ACTUAL_VISITS)]
    head = ("reference", "area", *codes, "meetings", "visits")
    return _csv(head, (_case_row(case, codes) for case in cases))


def table_as_text(table: DrawnTable, benchmark: str) -> str:
    """One table to read, 112 characters wide."""
    lines = [f"{table.name}. {table.title}" if table.number else table.title, *wrap(ABOUT, WIDE), ""]
    lines += _side_by_side(table.rows) if table.rows[0].measure.kind in VISITS else _listed(table.rows, benchmark)
    for note in table.notes:
        lines += ["", *wrap(note, WIDE, initial_indent="Note: ", subsequent_indent="      ")]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return file.getvalue()


def _csv_row(table: DrawnTable, row: Row) -> Sequence[object]:
    proportion, printed = row.proportion, row.printed
    return (
        *(table.number or "", row.measure.source.text, row.measure.code, row.item, row.answer, row.of_whom),
        *(proportion.k, proportion.n, _or_nothing(proportion.percentage), *_ends(proportion)),
        *map(_or_nothing, (printed.percent, printed.count, printed.benchmark, row.points_to_benchmark)),
        *("yes" if row.holds else "no", printed.finding),
    )


def _ends(proportion: Proportion) -> tuple[object, object]:
    return proportion.interval.per_cent if proportion.interval else ("", "")


def _or_nothing(number: int | None) -> object:
    return "" if number is None else number


def _case_row(case: GeneratedCase, codes: Iterable[str]) -> Sequence[str]:
    answers = (";".join(sorted(case.answers.get(code, ()))) for code in codes)
    return (case.reference, case.area, *answers, *(" ".join(map(str, days)) for days in (case.meetings, case.visits)))


def _listed(rows: Sequence[Row], benchmark: str) -> Iterator[str]:
    compared = any(row.printed.benchmark is not None for row in rows)
    yield f"{'':{LABEL}}  {'Counted':>10}  {'%':>4}  {'95% interval':>12}  {'Report':>6}" + (
        f"  {benchmark:>4}  {'Points':>6}" if compared else ""
    )
    of_whom = ""
    for _, each in groupby(rows, key=lambda row: row.measure.code):
        same = list(each)
        if same[0].of_whom != of_whom:
            of_whom = same[0].of_whom
            yield f"({of_whom})"
        if len(same) == 1:
            yield from _line(_label(same[0]), same[0], compared)
            continue
        yield from wrap(_heading(same[0]), LABEL)
        for row in same:
            yield from _line(f"  {row.answer}", row, compared)


def _label(row: Row) -> str:
    """A figure that stands alone. Tables are of what is above the line; only the text has to say which it is."""
    if row.measure.table and row.measure.kind is Kind.SCORE:
        return row.item
    place = "" if row.measure.table else f"{row.measure.source.text}  "
    if row.printed.answer == "yes":
        return place + row.item
    return f"{place}{row.item} {row.answer}" if row.item.endswith("?") else f"{place}{row.item}: {row.answer.lower()}"


def _heading(row: Row) -> str:
    """What stands above the answers of one measure."""
    place = "" if row.measure.table else f"{row.measure.source.text}  "
    return place + (row.item if row.item.endswith("?") else f"{row.item}:")


def _line(label: str, row: Row, compared: bool) -> Iterator[str]:
    *before, last = wrap(label, LABEL, subsequent_indent=" " * (len(label) - len(label.lstrip())))
    yield from before
    beside = ""
    if compared and row.printed.benchmark is not None:
        beside = f"  {row.printed.benchmark:>3}%  {row.points_to_benchmark:>+6}"
    yield f"{last:{LABEL}}  {_figures(row)}{beside}"


def _figures(row: Row) -> str:
    counted = f"{row.proportion.k} of {row.proportion.n}"
    printed = f"{row.printed.percent}%" if row.printed.count is None else str(row.printed.count)
    low, high = _ends(row.proportion)
    percent, interval = (f"{row.proportion.percentage}%", f"{low} to {high}%") if row.proportion.n else ("–", "–")
    return f"{counted:>10}  {percent:>4}  {interval:>12}  {printed:>6}" + ("" if row.holds else " !")


def _side_by_side(rows: Sequence[Row]) -> Iterator[str]:
    """Two measures with the same answers: planned and made."""
    first, second = (list(each) for _, each in groupby(rows, key=lambda row: row.measure.code))
    gap = " " * 4
    width = len(_figures(first[0]))
    head = f"{'Counted':>10}  {'%':>4}  {'95% interval':>12}  {'Report':>6}"
    yield f"{'':10}{first[0].item:<{width}}{gap}{second[0].item}"
    yield f"{'Every':10}{head}{gap}{head}"
    for one, other in zip(first, second, strict=True):
        yield f"{one.answer:10}{_figures(one)}{gap}{_figures(other)}"
