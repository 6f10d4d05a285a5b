"""Figures beside other figures: a benchmark, an earlier inspection, another area; one comparison, and many at once.

**Benchmarks.** The joint inspection set its 100 cases beside general sex offender cases in 29 areas (ESI; paragraph
3.8, Tables 3, 4, 5 and 8), and printed their percentages without their numbers. A percentage without its number has no
interval, and so no difference from it has one: that is said in words, not made up. What can be said is whether our own
interval holds the benchmark's percentage.

**Many at once.** Of twenty comparisons in which nothing differs, one comes out "clear" at 5 % by chance alone. S. Holm
(Scandinavian Journal of Statistics 6, 1979, 65-70) puts the limit higher the more are made, so that the chance of even
one false alarm among all of them stays at 5 %. The probability of each comparison is the one that belongs to its
interval: at which confidence Newcombe's interval would just touch nought. So what is shown and what is counted agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

from openmappa.core.inspection.estimates import Estimate
from openmappa.core.inspection.proportions import (
    CONFIDENCE,
    Difference,
    Interval,
    hybrid_interval,
    wilson_of_part,
)

FARTHEST = 8.0
"""How many standard deviations are looked at: beyond, a probability is nought to any reader (1e-15)."""
HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A figure to be set beside ours: a percentage, and the number of cases it is of, where that is known.

    ``percent`` is as it was printed; most are rounded, so that half a point either way is not known. ValueError beyond
    0 to 100, or for a number under 1.
    """

    title: str
    percent: float
    n: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100 or (self.n is not None and self.n < 1):
            raise ValueError(
                f"The benchmark “{self.title}” is {self.percent}% of {self.n} cases. A percentage is from 0 to 100; "
                "a number of cases is 1 or more, or left out where it is not known."
            )

    @property
    def part(self) -> float:
        """As a part of one."""
        return self.percent / 100

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval; None where the number of cases is not known."""
        return wilson_of_part(self.part, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class Compared:
    """Our figure less the benchmark's, in parts of one; ``difference`` only where it has an interval."""

    found: Estimate
    benchmark: Benchmark
    difference: Difference | None

    @property
    def points(self) -> int | None:
        """The difference in percentage points, to the nearest; None where nothing of ours was judged."""
        return None if self.found.part is None else round(self.found.part * 100 - self.benchmark.percent)

    @property
    def is_clear(self) -> bool | None:
        """Whether the interval of the difference leaves nought out; None where there is no interval."""
        return self.difference.is_clear if self.difference else None

    @property
    def probability(self) -> float | None:
        """How likely chance alone would give this, by the same interval; None where there is none."""
        if self.found.part is None or self.benchmark.n is None:
            return None
        return probability(self.found.part, self.found.effective, self.benchmark.part, self.benchmark.n)

    @property
    def words(self) -> str:
        """What may be said of it, in one or two sentences."""
        if self.found.interval is None:
            return "No case was judged, so nothing can be compared."
        if self.difference is None:
            low, high = self.found.interval.per_cent
            holds = "holds" if self.found.interval.holds(self.benchmark.part) else "does not hold"
            return (
                f"“{self.benchmark.title}” gives no number of cases, so no interval can be drawn of the difference. "
                f"Our own interval, {low}% to {high}%, {holds} its {self.benchmark.percent:g}%."
            )
        return words_of(self.difference)


def compare(found: Estimate, benchmark: Benchmark) -> Compared:
    """Our figure beside a benchmark, which must be of other cases than ours."""
    if found.part is None or found.interval is None or benchmark.interval is None:
        return Compared(found, benchmark, None)
    interval = hybrid_interval(found.part, found.interval, benchmark.part, benchmark.interval)
    return Compared(found, benchmark, Difference(found.part - benchmark.part, interval))


def words_of(found: Difference) -> str:
    """A difference in a sentence: how many points, from where to where, and what chance has to do with it."""
    low, high = found.interval.per_cent
    said = f"{found.points:+d} points, from {low:+d} to {high:+d}"
    if found.is_clear:
        return f"{said}: chance alone would hardly give this."
    return f"{said}: this may be chance alone, and is not called a difference."


def probability(p: float, of_p: float, q: float, of_q: float) -> float:
    """How likely chance alone would set two proportions as far apart as this, by Newcombe's interval: from 0 to 1.

    ``of_p`` and ``of_q`` are (effective) numbers of cases. It is under 0.05 just where the 95 % interval leaves 0 out.
    """
    if p == q:
        return 1.0
    near, far = 0.0, FARTHEST
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        near, far = (near, middle) if _touches_nought(p, of_p, q, of_q, middle) else (middle, far)
    return 2 * (1 - NormalDist().cdf(near))


def _touches_nought(p: float, of_p: float, q: float, of_q: float, deviations: float) -> bool:
    confidence = 2 * NormalDist().cdf(deviations) - 1
    one, other = wilson_of_part(p, of_p, confidence), wilson_of_part(q, of_q, confidence)
    return hybrid_interval(p, one, q, other).holds(0.0)


def holm(probabilities: Mapping[str, float]) -> dict[str, float]:
    """Each probability, raised for how many there are (Holm 1979): the smallest times their number, the next times one
    less, and so on; none lower than one before it, none over 1. ValueError for what is no probability."""
    for name, chance in probabilities.items():
        if not 0 <= chance <= 1:
            raise ValueError(f"“{name}” has a probability of {chance}; a probability is from 0 to 1.")
    raised, highest = {}, 0.0
    for place, name in enumerate(sorted(probabilities, key=lambda each: probabilities[each])):
        highest = min(1.0, max(highest, probabilities[name] * (len(probabilities) - place)))
        raised[name] = highest
    return {name: raised[name] for name in probabilities}


@dataclass(frozen=True, slots=True)
class Many:
    """Several comparisons of one page: which are clear looked at alone, and which still are among so many."""

    made: int
    alone: tuple[str, ...]
    together: tuple[str, ...]

    @property
    def words(self) -> str:
        """The note that belongs under a table of comparisons; empty under a single one."""
        if self.made < 2:
            return ""
        return (
            f"{self.made} comparisons are made here. Where nothing differs, one in twenty looks clear by chance. "
            f"Looked at alone, {len(self.alone)} are clear; with all of them in view (Holm), {len(self.together)}."
        )


def many(probabilities: Mapping[str, float | None], limit: float = 1 - CONFIDENCE) -> Many:
    """Judge comparisons together. Those without a probability test nothing, and are not counted."""
    tested = {name: chance for name, chance in probabilities.items() if chance is not None}
    raised = holm(tested)
    return Many(
        len(tested),
        tuple(name for name, chance in tested.items() if chance < limit),
        tuple(name for name, chance in raised.items() if chance < limit),
    )
