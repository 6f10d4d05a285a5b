"""What an inspection printed, as a pack gives it for reproduction: read and checked against the framework."""

from collections.abc import Collection, Iterable

from openmappa.core.inspection.framework import Framework
from openmappa.core.inspection.reproduction import (
    ABOVE,
    BELOW,
    EVERY,
    Area,
    Benchmark,
    Group,
    Kind,
    Measure,
    Printed,
    PrintedReport,
    Split,
)
from openmappa.core.inspection.scores import Answer
from openmappa.core.mappa.frequency import Frequency
from openmappa.core.packs.reading import PackTable, hint

OF_FRAMEWORK = (Kind.SCORE, Kind.CHOICE)
ALWAYS_WHOLE = (Kind.CHOICE, Kind.REVIEWS, Kind.PLANNED_VISITS, Kind.ACTUAL_VISITS)
MOST = 100


def read_inspection_report(table: PackTable, framework: Framework) -> PrintedReport:
    """The printed report from the table of a whole file. Raises PackError with everything that is wrong with it."""
    groups = tuple(_read_group(table, row) for row in table.tables("group"))
    measures = tuple(_read_measure(table, row, framework) for row in table.tables("measure"))
    report = PrintedReport(
        title=table.text("title"),
        until=table.day("until"),
        areas=tuple(Area(row.text("name"), row.text("prefix")) for row in table.tables("areas")),
        cases_an_area=_at_least_one(table, "cases_an_area"),
        split=_read_split(table.table("scale")),
        benchmark=_read_benchmark(table.table("benchmark")),
        tables={row.whole("number"): row.text("title") for row in table.tables("table")},
        groups=groups,
        measures=measures,
        source=table.source(),
    )
    _once(table, "groups", (group.code for group in groups))
    _once(table, "measures", (measure.code for measure in measures))
    _check_names(table, report)
    table.finish()
    return report


def _read_split(row: PackTable) -> Split:
    split = Split(row.whole("excellent"), row.whole("poor"), row.source())
    if max(split.excellent, split.poor) > MOST:
        row.problem("`excellent` and `poor` are of a hundred; write 100 or less.")
    return split


def _read_benchmark(row: PackTable) -> Benchmark:
    return Benchmark(row.text("name"), row.text("title"), row.whole("areas"), row.source())


def _read_group(table: PackTable, row: PackTable) -> Group:
    code = row.text("code")
    row.where = f"{table.where}, group {code or '?'}"
    by_measure = row.has("measure")
    if by_measure == row.has("cases"):
        row.problem("a group has either `cases` or `measure` with `answers`; write one of them.")
    return Group(
        code=code,
        title=row.text("title"),
        cases=_at_least_one(row, "cases") if row.has("cases") else 0,
        within=row.text("within") if row.has("within") else EVERY,
        outside=row.text("outside") if row.has("outside") else "",
        measure=row.text("measure") if by_measure else "",
        answers=tuple(row.words("answers")) if by_measure else (),
        source=row.source(),
    )


def _read_measure(table: PackTable, row: PackTable, framework: Framework) -> Measure:
    code, kind = row.text("code"), row.choice("kind", Kind)
    row.where = f"{table.where}, measure {code or '?'}"
    group = row.text("group")
    measure = Measure(
        code=code,
        title=row.text("title") if kind not in OF_FRAMEWORK else "",
        kind=kind,
        group=group,
        among=row.text("among") if row.has("among") else group,
        whole=row.yes("whole"),
        table=row.whole("table") if row.has("table") else 0,
        printed=tuple(_read_printed(each) for each in row.tables("printed")),
        note=row.text("note") if row.has("note") else "",
        source=row.source(),
    )
    _check_answers(row, measure, framework)
    return measure


def _read_printed(row: PackTable) -> Printed:
    percent = row.whole("percent") if row.has("percent") else None
    count = row.whole("count") if row.has("count") else None
    if (percent is None) == (count is None):
        row.problem("write either `percent` or `count`.")
    if max(percent or 0, count or 0) > MOST:
        row.problem("`percent` and `count` are 100 or less.")
    return Printed(
        answer=row.text("answer"),
        title=row.text("title") if row.has("title") else "",
        percent=percent,
        count=count,
        finding=row.text("finding") if row.has("finding") else "",
        benchmark=row.whole("benchmark") if row.has("benchmark") else None,
    )


def _check_answers(row: PackTable, measure: Measure, framework: Framework) -> None:
    answers = [printed.answer for printed in measure.printed]
    known: Collection[str] = answers
    if measure.kind in OF_FRAMEWORK:
        question = next((each for each in framework.questions if each.code == measure.code), None)
        if question is None or question.is_scored != (measure.kind is Kind.SCORE):
            row.problem(f"the framework has no question {measure.code!r} that is answered so.")
        elif question.is_scored:
            known = (ABOVE, BELOW, Answer.EXCELLENT)
            if (ABOVE in answers) == (BELOW in answers):
                row.problem('`printed` has one figure for "above" or for "below" the line.')
        else:
            known = question.answers
    elif measure.kind is Kind.REVIEWS:
        known = list(Frequency)
    elif measure.kind in (Kind.PLANNED_VISITS, Kind.ACTUAL_VISITS):
        known = [answer for answer in answers if _is_positive(answer)]
    for answer in answers:
        if answer not in known:
            row.problem(f"`printed` has the answer {answer!r}, which nobody can give; {hint(answer, list(known))}.")
    if measure.kind in ALWAYS_WHOLE and not measure.whole:
        row.problem(f"answers of the kind {measure.kind} are all there are; write `whole = true`.")
    if measure.whole and len(measure.percentages) < len(measure.printed):
        row.problem("`whole` is for percentages; give `percent` for each answer.")
    if measure.whole and not any(measure.percentages):
        row.problem("the answers of a whole are 0% each; give at least one of them more.")
    _once(row, "printed answers", answers)


def _is_positive(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and float(text) > 0


def _at_least_one(row: PackTable, key: str) -> int:
    number = row.whole(key)
    if number == 0:
        row.problem(f"`{key}` must be 1 or more.")
    return number


def _check_names(table: PackTable, report: PrintedReport) -> None:
    for measure in report.measures:
        if measure.table not in report.tables:
            table.problem(f"measure {measure.code} is of table {measure.table}, which has no title under `table`.")
    groups = [EVERY, *(group.code for group in report.groups)]
    measures = [measure.code for measure in report.measures]
    used = [(f"measure {each.code}", name) for each in report.measures for name in (each.group, each.among)]
    used += [(f"group {each.code}", name) for each in report.groups for name in (each.within, each.outside) if name]
    for where, name in dict.fromkeys(used):
        if name not in groups:
            table.problem(f"{where} names the group {name!r}, which is not there; {hint(name, groups)}.")
    for group in report.groups:
        if group.measure and group.measure not in measures:
            table.problem(f"group {group.code} names the measure {group.measure!r}; {hint(group.measure, measures)}.")


def _once(table: PackTable, key: str, codes: Iterable[str]) -> None:
    given = [code for code in codes if code]
    for code in sorted({code for code in given if given.count(code) > 1}):
        table.problem(f"two of the {key} are called {code!r}; give each its own.")
