"""What a sample of some size will be able to say, worked out before anybody draws it.

**How sure a percentage will be.** ``expected_interval`` is the 95 % interval that the sample will have if the answer
turns out to be (say) 50 %: Wilson's, of the *effective* number of cases. Two things make that number differ from the
cases drawn:

- *Seen from few.* Twenty of forty say more of the forty than twenty of a thousand say of the thousand: the part of the
  cases that was not drawn, 1 - n/N, divides the number (the finite population correction; W. G. Cochran, Sampling
  Techniques, 3rd ed. 1977, section 2.6, with N for N - 1). Where all were drawn, nothing is left to chance.
- *Areas of different size.* Twenty from each area are fewer than they look when one area has ten times the cases of
  another: by L. Kish (Survey Sampling, 1965, section 11.7) the number is (sum of weights) squared ÷ sum of squares.

``estimates`` uses the same two, so that a sample is as sure afterwards as was said before.

**Which differences could be seen at all.** ``smallest_difference`` is the smallest true difference of two proportions
that a two-sided test at 5 % would find four times out of five (power 80 %): J. L. Fleiss, Statistical Methods for Rates
and Proportions, 2nd ed. 1981, section 3.2, without correction for continuity. A smaller one may well be there, and the
sample would most likely not show it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isinf, sqrt
from statistics import NormalDist

from openmappa.core.inspection.proportions import CONFIDENCE, Interval, normal_quantile, wilson_of_part

HALVINGS = 50
"""How often a stretch is halved to find a place in it: to within 1e-15."""
EXPECTED = (0.5, 0.8, 0.95)
"""What a page says the precision of: half is the least sure, and towards all (or none) it is surer."""
POWER = 0.8
"""How often a difference that is really there is to be found."""


@dataclass(frozen=True, slots=True)
class Part:
    """How many cases a stratum or group of the frame has, and how many of them are drawn.

    ValueError unless at least one is drawn, and no more than there are.
    """

    size: int
    drawn: int

    def __post_init__(self) -> None:
        if not 1 <= self.drawn <= self.size:
            raise ValueError(f"{self.drawn} of {self.size} cannot be drawn: from 1 up to all of them can.")

    @property
    def weight(self) -> float:
        """How many cases of the frame each drawn one stands for."""
        return self.size / self.drawn


def effective_number(parts: Iterable[Part]) -> float:
    """As sure as how many cases drawn by plain chance from very many; infinite where every case is drawn.

    One area alone, or all of them. ValueError where there is no part.
    """
    return effective_of_weights(part.weight for part in parts for _ in range(part.drawn))


def effective_of_weights(weights: Iterable[float]) -> float:
    """The same from the weights of the cases drawn: (sum of w)² ÷ sum of w(w - 1).

    With w = N/n for n cases that is n ÷ (1 - n/N); with very large weights it is Kish's number. ValueError where there
    is no case, or a weight is under 1: a case stands for itself at least.
    """
    total = spread = 0.0
    for weight in weights:
        if weight < 1:
            raise ValueError(f"A weight of {weight} makes no sense: a drawn case stands for itself at least.")
        total += weight
        spread += weight * (weight - 1)
    if not total:
        raise ValueError("Of nought cases there is no effective number.")
    return total * total / spread if spread else inf


def expected_interval(parts: Iterable[Part], expected: float, confidence: float = CONFIDENCE) -> Interval:
    """The interval that the sample will have where a part of ``expected`` (0 to 1) is found in it."""
    return wilson_of_part(expected, effective_number(parts), confidence)


def half_width(parts: Iterable[Part], expected: float, confidence: float = CONFIDENCE) -> float:
    """Half the width of that interval, as a part of one: 0.21 is "give or take 21 points"."""
    interval = expected_interval(parts, expected, confidence)
    return (interval.high - interval.low) / 2


@dataclass(frozen=True, slots=True)
class Promise:
    """How sure an area, or all of them, will be: half the width of the interval for some proportions that may come out.

    ``half_widths`` are in parts of one, by the proportion expected.
    """

    size: int
    drawn: int
    effective: float
    half_widths: Mapping[float, float]

    @property
    def words(self) -> str:
        """The promise in a sentence: "20 of 53 cases: at 50%, give or take 16 points; …"."""
        told = [f"at {round(100 * at)}%, give or take {_points(half)}" for at, half in self.half_widths.items()]
        return f"{self.drawn} of {self.size} cases: {'; '.join(told)}."


def promise(parts: Iterable[Part], expected: Sequence[float] = EXPECTED, confidence: float = CONFIDENCE) -> Promise:
    """How sure these parts of a frame will be together. ValueError where there is no part."""
    some = list(parts)
    return Promise(
        sum(part.size for part in some),
        sum(part.drawn for part in some),
        effective_number(some),
        {each: half_width(some, each, confidence) for each in expected},
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """The nearest proportions below and above one that could be told from it; None where even 0 or 1 could not."""

    below: float | None
    above: float | None


def smallest_difference(
    base: float, one: float, other: float, *, confidence: float = CONFIDENCE, power: float = POWER
) -> Seen:
    """Where one proportion is ``base``: how low or how high the other has to be for the difference to be found.

    ``one`` and ``other`` are the (effective) numbers of cases of two areas, or two years. ValueError where a number is
    not above 0, ``base`` not from 0 to 1, or ``power`` not from a half to under 1.
    """
    if not 0 <= base <= 1 or not (one > 0 and other > 0) or not 0.5 <= power < 1:
        raise ValueError(
            f"With {base} of {one} and {other} cases and a power of {power} nothing can be worked out: the first is "
            "from 0 to 1, numbers are above 0, the power is from 0.5 to under 1."
        )
    if isinf(one) and isinf(other):
        return Seen(base, base)
    z, z_power = normal_quantile(confidence), NormalDist().inv_cdf(power)

    def is_seen(second: float) -> bool:
        both = _pooled(base, second, one, other)
        chance = z * sqrt(both * (1 - both) * (1 / one + 1 / other))
        apart = sqrt(base * (1 - base) / one + second * (1 - second) / other)
        return abs(second - base) >= chance + z_power * apart

    return Seen(_nearest(base, 0.0, is_seen), _nearest(base, 1.0, is_seen))


def _pooled(base: float, second: float, one: float, other: float) -> float:
    share = 1 / (1 + other / one)
    return base * share + second * (1 - share)


def _nearest(base: float, end: float, is_seen: Callable[[float], bool]) -> float | None:
    """The place between base and end from where on a difference is seen: there is one at most, for what is asked for
    grows less than the difference does once it has been reached (it is concave in the second proportion)."""
    if base == end or not is_seen(end):
        return None
    unseen, seen = base, end
    for _ in range(HALVINGS):
        middle = (unseen + seen) / 2
        unseen, seen = (unseen, middle) if is_seen(middle) else (middle, seen)
    return seen


def _points(part: float) -> str:
    points = round(100 * part)
    return "1 point" if points == 1 else f"{points} points"
