"""The results of an inspection, ready for a page, a file or a report. The core counts; nothing is stored.

Cost: the sample (three queries) and the answers, whatever their number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from openmappa.core.inspection.benchmark_sets import (
    ESI,
    REPORT,
    BenchmarkSet,
    Held,
    earlier_set,
    esi_set,
    held_against,
    report_set,
)
from openmappa.core.inspection.comparisons import Compared
from openmappa.core.inspection.estimates import Estimate
from openmappa.core.inspection.framework import Chapter, Framework
from openmappa.core.inspection.line_chart import Figure, LineChart, line_chart
from openmappa.core.inspection.question_results import (
    Answers,
    Leaving,
    QuestionResult,
    by_area,
    leaving,
    question_results,
    questions_counted,
)
from openmappa.core.inspection.reproduction import PrintedReport
from openmappa.core.inspection.sample import Sample
from openmappa.core.packs.load import IN_SERVICE, load_inspection_report
from openmappa.findings.models import ReportVersion
from openmappa.findings.queries.inspected import answers_of, framework_of
from openmappa.samples.models import Exercise
from openmappa.samples.queries import drawn_of, sample_of

TABLES = (3, 4, 5, 8)
WIDE, NARROW = 760, 300


@dataclass(frozen=True)
class Line:
    """One question on a page: its number there, its readings, and its figure beside the benchmark, if there is one."""

    number: int
    result: QuestionResult
    compared: Compared | None


@dataclass(frozen=True)
class Part:
    """The questions of one chapter or one table, with the chart of them, wide and narrow."""

    title: str
    lines: Sequence[Line]

    @cached_property
    def charts(self) -> tuple[LineChart | None, LineChart | None]:
        """The drawing for a wide page, and for a narrow one."""
        figures = [_figure(line) for line in self.lines]
        return line_chart(figures, width=WIDE), line_chart(figures, width=NARROW)


@dataclass(frozen=True)
class Results:
    """Everything that was answered of a sample, counted."""

    exercise: Exercise
    framework: Framework
    sample: Sample
    answers: Answers

    @cached_property
    def lines(self) -> tuple[QuestionResult, ...]:
        """Each question that is counted, in the order they are asked."""
        return question_results(self.sample, questions_counted(self.framework), self.answers)

    @cached_property
    def by_code(self) -> Mapping[str, QuestionResult]:
        """The same by the code of the question."""
        return {line.question.code: line for line in self.lines}

    @property
    def judged(self) -> int:
        """How many answers are judgements."""
        return sum(line.judged for line in self.lines)

    def chapters(self, held: Held | None) -> list[Part]:
        """Chapter by chapter, numbered through; a chapter whose questions are not counted is left out."""
        places = {line.question.code: at for at, line in enumerate(self.lines, start=1)}
        found = []
        for chapter in self.framework.chapters:
            codes = [code for code in _codes(chapter) if code in places]
            if codes:
                lines = [self._line(places[code], code, held) for code in codes]
                found.append(Part(chapter.title, lines))
        return found

    def tables(self, printed: PrintedReport) -> list[tuple[int, Part]]:
        """Tables 3, 4, 5 and 8 of the report, from these answers; a table without a question here is left out."""
        found = []
        for number in TABLES:
            codes = [each.code for each in self.framework.in_table(number) if each.code in self.by_code]
            if codes:
                lines = [self._line(at, code, None) for at, code in enumerate(codes, start=1)]
                found.append((number, Part(printed.tables[number], lines)))
        return found

    def areas(self, code: str) -> Mapping[str, Estimate]:
        """One question in each area."""
        return by_area(self.sample, self.answers.get(code, {}))

    def leaving(self, code: str) -> Leaving:
        """What of one question may leave the service."""
        return leaving(self.sample, self.answers.get(code, {}))

    def _line(self, number: int, code: str, held: Held | None) -> Line:
        return Line(number, self.by_code[code], held.lines.get(code) if held else None)


def results_of(exercise: Exercise) -> Results | None:
    """Its results; None where no sample is drawn."""
    drawn = drawn_of(exercise)
    if drawn is None:
        return None
    return Results(exercise, framework_of(exercise), sample_of(drawn), answers_of(exercise))


def printed() -> PrintedReport:
    """The figures of the report of 2005."""
    return load_inspection_report(IN_SERVICE[0])


def benchmark_sets(exercise: Exercise) -> list[BenchmarkSet]:
    """What results can be held against: the report, the set it used, and what was published here before. One query."""
    rows = ReportVersion.objects.exclude(exercise=exercise).order_by("exercise_id", "-number")
    latest: dict[int, ReportVersion] = {}
    for row in rows.defer("content"):
        latest.setdefault(row.exercise_id, row)
    earlier = [earlier_set(f"report-{row.pk}", row.title, row.figures) for row in latest.values()]
    return [report_set(printed()), esi_set(printed()), *earlier]


def chosen_set(sets: Iterable[BenchmarkSet], code: str) -> BenchmarkSet | None:
    """The set of this code; None where none is chosen."""
    return next((each for each in sets if each.code == code), None)


def held(results: Results, chosen: BenchmarkSet | None) -> Held | None:
    """The results held against a set; None where none is chosen."""
    return held_against(results.lines, chosen) if chosen else None


def beside(results: Results) -> tuple[Held, Held]:
    """The results held against the report's own figures, and against the set that it used."""
    own, esi = (chosen_set([report_set(printed()), esi_set(printed())], code) for code in (REPORT, ESI))
    assert own is not None and esi is not None
    return held_against(results.lines, own), held_against(results.lines, esi)


def _codes(chapter: Chapter) -> list[str]:
    return [question.code for criterion in chapter.criteria for question in criterion.questions]


def _figure(line: Line) -> Figure:
    found = line.result.apart
    benchmark = line.compared.benchmark.percent if line.compared else None
    if found.part is None or found.interval is None:
        return Figure(line.number, None, None, None, benchmark)
    low, high = found.interval.low * 100, found.interval.high * 100
    return Figure(line.number, found.part * 100, low, high, benchmark)
