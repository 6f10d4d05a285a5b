"""The figures of an inspection that was printed, and generated cases whose answers give them again.

The report of 2005 prints percentages, and its cases are not ours to have. To show that what counts answers here counts
them as its authors did, cases are generated (``reproduction_cases``), and the tables are drawn from their answers
(``reproduction_tables``), never from the printed figures: those only stand beside the counts, to be held against.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openmappa.core.sources import Source

EVERY = "all"
"""The group of every case."""
ABOVE, BELOW = "above", "below"
"""What a printed figure says of answers on the scale."""


class Kind(StrEnum):
    """What is counted, and so what is generated for it."""

    SCORE = "score"
    CHOICE = "choice"
    FACT = "fact"
    SEVERAL = "several"
    REVIEWS = "reviews"
    PLANNED_VISITS = "planned_visits"
    ACTUAL_VISITS = "actual_visits"


@dataclass(frozen=True, slots=True)
class Area:
    """An invented area, and what the references of its cases begin with."""

    name: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Another inspection of which percentages alone are known: neither the number of its cases nor, so, an interval."""

    name: str
    title: str
    areas: int
    source: Source


@dataclass(frozen=True, slots=True)
class Split:
    """Of a hundred answers above the line, how many are excellent; of a hundred below, how many are poor."""

    excellent: int
    poor: int
    source: Source


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the cases: as many as are said, or those who gave one of the answers to a measure."""

    code: str
    title: str
    cases: int
    within: str
    outside: str
    measure: str
    answers: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Printed:
    """One figure as the report prints it: a percentage, or (``count``) a number of cases.

    ``finding`` names a figure of the text; "" for a line of a table.
    """

    answer: str
    title: str
    percent: int | None
    count: int | None
    finding: str
    benchmark: int | None


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted, of which cases, and what the report prints of it.

    ``code`` is a question of the framework for SCORE and CHOICE. ``among`` are those of the group to whom its answers
    may fall. ``whole``: the printed answers are all there are. ``table``: 0 for a finding in the text.
    """

    code: str
    title: str
    kind: Kind
    group: str
    among: str
    whole: bool
    table: int
    printed: tuple[Printed, ...]
    note: str
    source: Source

    @property
    def percentages(self) -> tuple[int, ...]:
        """The printed percentages, in order; counts are left out."""
        return tuple(each.percent for each in self.printed if each.percent is not None)


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """Everything that is reproduced. ``tables`` has the titles of the tables; 0 is that of the findings in the text."""

    title: str
    until: date
    areas: tuple[Area, ...]
    cases_an_area: int
    split: Split
    benchmark: Benchmark
    tables: Mapping[int, str]
    groups: tuple[Group, ...]
    measures: tuple[Measure, ...]
    source: Source

    def group(self, code: str) -> Group:
        """One group. KeyError where there is none of that code."""
        return {group.code: group for group in self.groups}[code]

    def title_of(self, group: str) -> str:
        """The cases of a group, as tables name them."""
        return "All cases" if group == EVERY else self.group(group).title

    def measure(self, code: str) -> Measure:
        """One measure. KeyError where there is none of that code."""
        return {measure.code: measure for measure in self.measures}[code]


@dataclass(frozen=True, slots=True)
class GeneratedCase:
    """A generated case of the sample: what was answered of it, and what its record holds.

    ``answers`` has, by measure, what was answered or recorded; a measure that is not there does not apply to the case.
    ``meetings`` are the days of its MAPPA meetings, ``visits`` those of home visits; none where there is no record.
    """

    reference: str
    area: str
    answers: Mapping[str, frozenset[str]]
    meetings: tuple[date, ...]
    visits: tuple[date, ...]
