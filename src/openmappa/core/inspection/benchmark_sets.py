"""Sets of figures that an inspection is held against: the report's own, the set it used, or an earlier inspection here.

The report of 2005 gives its own percentages of 100 cases where a question is of all of them; where it is of some, the
number is hardly ever printed. Those of general sex offender cases in 29 areas (ESI; 3.8) have no number at all. Where
there is none, no interval of a difference is drawn, and the page says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isinf

from openmappa.core.inspection.comparisons import Benchmark, Compared, Many, compare, many
from openmappa.core.inspection.estimates import Estimate
from openmappa.core.inspection.question_results import QuestionResult
from openmappa.core.inspection.reproduction import BELOW, EVERY, Kind, Measure, Printed, PrintedReport
from openmappa.core.sources import Certainty

REPORT, ESI = "report", "esi"


@dataclass(frozen=True, slots=True)
class BenchmarkSet:
    """Figures by the code of their question. ``says`` tells in a sentence what they are of."""

    code: str
    title: str
    says: str
    figures: Mapping[str, Benchmark]


@dataclass(frozen=True, slots=True)
class Held:
    """Results held against a set: each question that it has a figure for, and what may be said of all together."""

    lines: Mapping[str, Compared]
    together: Many


def report_set(report: PrintedReport) -> BenchmarkSet:
    """What the report printed of its own cases."""
    figures = {
        measure.code: Benchmark(report.title, _above(printed, printed.percent), _number(report, measure))
        for measure, printed in _lines(report)
        if printed.percent is not None
    }
    says = (
        "Its percentages are rounded. Where a question was of some of its 100 cases alone, their number is not printed."
    )
    return BenchmarkSet(REPORT, report.title, says, figures)


def esi_set(report: PrintedReport) -> BenchmarkSet:
    """The set that the report held itself against: percentages alone."""
    figures = {
        measure.code: Benchmark(report.benchmark.title, _above(printed, printed.benchmark))
        for measure, printed in _lines(report)
        if printed.benchmark is not None
    }
    says = (
        f"Sex offender cases of {report.benchmark.areas} areas, given as percentages. Their number is not known, so no "
        "interval can be drawn of a difference from them."
    )
    return BenchmarkSet(ESI, f"{report.benchmark.title} ({report.benchmark.name})", says, figures)


def earlier_set(code: str, title: str, kept: Mapping[str, Mapping[str, float]]) -> BenchmarkSet:
    """An earlier inspection, from the figures that were kept of it (``kept_figures``)."""
    figures = {name: Benchmark(title, each["percent"], int(each["n"])) for name, each in kept.items()}
    says = "Each number is how many cases drawn by plain chance would be as sure as its sample was."
    return BenchmarkSet(code, title, says, figures)


def kept_figures(results: Iterable[QuestionResult]) -> dict[str, dict[str, float]]:
    """The estimates of an inspection to be kept as a benchmark, by question: the percentage, and the effective number.

    Where every case was seen, that number is the number of cases. A question of which nothing was judged is left out.
    """
    return {
        each.question.code: {"percent": each.apart.part * 100, "n": _effective(each.apart)}
        for each in results
        if each.apart.part is not None
    }


def held_against(results: Iterable[QuestionResult], chosen: BenchmarkSet) -> Held:
    """Each result beside its figure of the set, and all comparisons judged together."""
    lines = {
        each.question.code: compare(each.apart, chosen.figures[each.question.code])
        for each in results
        if each.question.code in chosen.figures
    }
    return Held(lines, many({code: line.probability for code, line in lines.items()}))


def _lines(report: PrintedReport) -> Iterable[tuple[Measure, Printed]]:
    for measure in report.measures:
        if measure.kind is Kind.SCORE:
            yield measure, measure.printed[0]


def _above(printed: Printed, percent: int | None) -> float:
    assert percent is not None
    return 100 - percent if printed.answer == BELOW else percent


def _number(report: PrintedReport, measure: Measure) -> int | None:
    """How many cases it is of, where the report says so itself."""
    if measure.group == EVERY:
        return len(report.areas) * report.cases_an_area
    group = report.group(measure.group)
    return group.cases if group.cases and group.source.certainty is Certainty.READ else None


def _effective(found: Estimate) -> int:
    return max(1, found.tally.judged if isinf(found.effective) else int(found.effective))
