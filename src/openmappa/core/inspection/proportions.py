"""Counts out of a number, with honest uncertainty: k of n, what that may mean beyond these cases, and what may leave.

**One proportion.** ``Proportion(k, n)`` keeps the two counts; a percentage is never there without them. Its interval is
Wilson's score interval (E. B. Wilson, 1927; method 3 of R. G. Newcombe, Statistics in Medicine 17, 1998, 857-872)
without a correction for continuity: the true proportions that a two-sided score test at 5 % would not reject. It never
leaves 0 to 1, is there for k = 0 and k = n, and is right for the small numbers of an area, where the usual
"plus or minus" is not.

**Two proportions.** ``difference`` gives the first less the second, with Newcombe's hybrid score interval (method 10 of
R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890): the two Wilson intervals put together by squares. The two
must be of different cases or different periods; for the same cases asked twice it is too wide.

**What the intervals are not.** They say how much chance alone may move a proportion of this size. They say nothing of
cases that were left out or of facts that nobody wrote down. Where a whole area was counted, not a sample, they say what
an area with the same habits might have shown with other cases.

**What leaves the service.** ``published`` and ``published_parts`` hide counts under ``SMALLEST``, and whatever would
give a hidden count away: its complement, its percentage and interval, and the last part of a whole. Nought is hidden as
well: "none of the twelve was told" says something of each of the twelve.

Counts are of cases, or of meetings where a figure says so. Nothing here rounds but ``percentage`` and ``per_cent``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isinf, sqrt
from statistics import NormalDist

SMALLEST = 5
"""The smallest count that leaves the service."""
CONFIDENCE = 0.95
"""The level of every interval that a page shows."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From a lower to an upper end, both as parts of one (of a difference: from -1 to 1)."""

    low: float
    high: float

    @property
    def per_cent(self) -> tuple[int, int]:
        """Both ends to the nearest per cent, as pages show them."""
        return _per_cent(self.low), _per_cent(self.high)

    def holds(self, value: float) -> bool:
        """Whether a value lies within it, its ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Proportion:
    """k of n. ValueError unless both are counts and k is no more than n. Of nought there is no percentage."""

    k: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n:
            raise ValueError(f"{self.k} of {self.n} is no proportion: the first is from 0 to the second.")

    @property
    def others(self) -> int:
        """How many of the n are not among the k."""
        return self.n - self.k

    @property
    def percentage(self) -> int | None:
        """k of n to the nearest per cent, halves up; None of nought. Never shown without its counts."""
        return (200 * self.k + self.n) // (2 * self.n) if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval; None of nought."""
        return wilson(self.k, self.n) if self.n else None

    def plus(self, other: "Proportion") -> "Proportion":
        """Both together: counts of different cases."""
        return Proportion(self.k + other.k, self.n + other.n)


@dataclass(frozen=True, slots=True)
class Difference:
    """One proportion less another, and the interval of that."""

    estimate: float
    interval: Interval

    @property
    def points(self) -> int:
        """The difference in percentage points, to the nearest."""
        return _per_cent(self.estimate)

    @property
    def is_clear(self) -> bool:
        """Whether chance alone would hardly give it: nought lies outside the interval."""
        return not self.interval.holds(0.0)


def normal_quantile(confidence: float) -> float:
    """How many standard deviations hold this much of a normal distribution: 1.96 for 0.95. ValueError beyond 0 to 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence of {confidence} makes no sense; it lies between 0 and 1, as 0.95 does.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(k: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval for k of n. ValueError for counts that make no sense, and for n = 0.

    With p = k/n and z the normal quantile: (2np + z² ± z√(z² + 4np(1 - p))) / 2(n + z²). At 0 and 1 the end
    is exact where k is 0 or n.
    """
    if n == 0:
        raise ValueError("Of nought cases there is no proportion, and no interval.")
    Proportion(k, n)
    return _score_interval(k, n, confidence)


def wilson_of_part(part: float, effective: float, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's interval where the number of cases is an effective one, which need not be whole: as sure as so many
    cases drawn by plain chance.

    ``part`` is a proportion from 0 to 1, ``effective`` is above 0; where it is infinite (every case was seen), the
    interval is the proportion itself. ValueError beyond.
    """
    if not 0 <= part <= 1 or not effective > 0:
        raise ValueError(f"{part} of {effective} cases is no proportion: from 0 to 1, of more than nought.")
    if isinf(effective):
        return Interval(part, part)
    return _score_interval(part * effective, effective, confidence)


def hybrid_interval(p: float, one: Interval, q: float, other: Interval) -> Interval:
    """Newcombe's interval of p - q (method 10) from the intervals of p and of q: put together by squares."""
    below = sqrt((p - one.low) ** 2 + (other.high - q) ** 2)
    above = sqrt((one.high - p) ** 2 + (q - other.low) ** 2)
    return Interval(max(-1.0, p - q - below), min(1.0, p - q + above))


def difference(first: Proportion, second: Proportion, confidence: float = CONFIDENCE) -> Difference | None:
    """The first less the second with Newcombe's interval (method 10); None where either is of nought."""
    if not first.n or not second.n:
        return None
    one, other = wilson(first.k, first.n, confidence), wilson(second.k, second.n, confidence)
    p, q = first.k / first.n, second.k / second.n
    return Difference(p - q, hybrid_interval(p, one, q, other))


def is_small(count: int) -> bool:
    """Whether a count may not leave the service."""
    return count < SMALLEST


def published(proportion: Proportion) -> Proportion | None:
    """The proportion as it may leave the service: itself, or None where it, or what it leaves over, is too small."""
    return None if is_small(proportion.k) or is_small(proportion.others) else proportion


def published_parts(parts: Mapping[str, int]) -> Mapping[str, int | None]:
    """The parts of one whole, as they may leave the service beside their total; None stands for a hidden count.

    Every count under SMALLEST is hidden. One hidden count, or several that together are under SMALLEST, would follow
    from the total, so the next smallest are hidden until that is no longer so. Equal counts go by their place.
    """
    by_size: Sequence[str] = sorted(parts, key=lambda name: parts[name])
    hidden = [name for name in by_size if is_small(parts[name])]
    rest = by_size[len(hidden) :]
    for name in rest:
        if not hidden or (len(hidden) > 1 and not is_small(sum(parts[each] for each in hidden))):
            break
        hidden.append(name)
    return {name: None if name in hidden else count for name, count in parts.items()}


def _score_interval(k: float, n: float, confidence: float) -> Interval:
    z = normal_quantile(confidence)
    middle = 2 * k + z * z
    spread = z * sqrt(z * z + 4 * k * (n - k) / n)
    over = 2 * (n + z * z)
    return Interval(
        0.0 if k == 0 else (middle - spread) / over,
        1.0 if k == n else (middle + spread) / over,
    )


def _per_cent(part: float) -> int:
    return round(part * 100)
