"""Results of an audit of cases: how often each answer was given, by level and criterion, as they are kept.

An answer is one of the four points or that the criterion does not apply (``inspection.scores``); nothing else counts.
The cases were drawn apart by level, so those of one level are a sample of that level. Of all levels together the plain
count says how these cases fared; it speaks of the area only as far as the levels were drawn in proportion.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openmappa.core.inspection.proportions import Difference, difference
from openmappa.core.inspection.scores import Answer, Tally

Stored = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By stratum, criterion and answer: how many cases."""
EVERY = "every level"
NONE = Tally({})


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: the stratum that the case was drawn from, the criterion, the answer."""

    stratum: str
    criterion: str
    answer: Answer


def counted(answers: Iterable[Answered]) -> dict[str, dict[str, dict[str, int]]]:
    """How often each answer was given, as it is kept when an audit is closed."""
    found: dict[str, dict[str, Counter[str]]] = {}
    for each in answers:
        found.setdefault(each.stratum, {}).setdefault(each.criterion, Counter())[each.answer.value] += 1
    return {
        stratum: {criterion: dict(sorted(counts.items())) for criterion, counts in sorted(by.items())}
        for stratum, by in sorted(found.items())
    }


@dataclass(frozen=True, slots=True)
class Results:
    """The results of one audit, from what was kept."""

    stored: Stored

    @property
    def strata(self) -> tuple[str, ...]:
        """The strata that something was answered in, in order."""
        return tuple(sorted(self.stored))

    def tally(self, criterion: str, stratum: str = EVERY) -> Tally:
        """The answers to a criterion, in one stratum or in all together."""
        found = NONE
        for name in self.strata if stratum == EVERY else (stratum,):
            counts = self.stored.get(name, {}).get(criterion, {})
            found = found.plus(Tally({Answer(answer): count for answer, count in counts.items()}))
        return found


def change(now: Results, before: Results, criterion: str) -> Difference | None:
    """Above the line now less before, with Newcombe's interval; None where either judged no case."""
    return difference(now.tally(criterion).above_the_line, before.tally(criterion).above_the_line)


def together(some: Iterable[Results]) -> Results:
    """Several audits by the same version of the form as one: their counts added."""
    found: dict[str, dict[str, Counter[str]]] = {}
    for each in some:
        for stratum, by in each.stored.items():
            for criterion, counts in by.items():
                found.setdefault(stratum, {}).setdefault(criterion, Counter()).update(counts)
    return Results({stratum: {name: dict(counts) for name, counts in by.items()} for stratum, by in found.items()})
