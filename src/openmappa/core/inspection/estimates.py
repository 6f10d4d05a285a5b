"""What the answers of a sample say of all cases that it was drawn from: percentages weighted to the sample design.

**The estimate** of a question is the weight of the cases above the line ÷ the weight of the cases judged (Hájek's ratio
of two weighted sums). Cases to which the question does not apply, or that nobody has answered, are in neither sum; so a
question of licence cases only, or any other subgroup, is estimated in the same way as one of all cases: as a *domain*.

**The interval** is Wilson's, with an effective number of cases in place of the cases judged: (sum of w)² ÷ sum of
w(w - 1), as ``precision`` explains. Why this, and not the variance that the answers show in each area (E. L. Korn and
B. I. Graubard, Survey Methodology 24, 1998, 193-201):

- An area has twenty cases, and a subgroup of them a handful. A variance from so few is itself mostly chance; where all
  say the same it is nought, and where there is one case there is none. Kish's number rests on the weights alone.
- Wilson's interval with an effective number is among those that C. Franco, R. J. A. Little, T. A. Louis and E. V. Slud
  (Journal of Survey Statistics and Methodology 7, 2019, 334-364) found to hold what they promise for small samples.
- What it costs: where areas differ much, it is wider than it would have to be. A test holds what it covers.

**What is left out of it.** Which cases were replaced, whether those not answered differ from the others of their group
(which stand for them, ``results``), and whether inspectors judge alike: ``agreement`` is about the last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isinf

from openmappa.core.inspection.precision import effective_of_weights
from openmappa.core.inspection.proportions import (
    CONFIDENCE,
    Difference,
    Interval,
    hybrid_interval,
    wilson_of_part,
)
from openmappa.core.inspection.scores import Answer, Tally, tally

WIDE = 0.2
"""An interval wider than this, as a part of one, is shown with a warning. Twenty cases always have one, but at the
very ends; our choice."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The answer for one drawn case, and how many cases of the frame that case stands for (1 or more)."""

    answer: Answer
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A weighted proportion above the line. ``tally`` has the cases as they were counted; of none judged, no number.

    ``part``: above the line, from 0 to 1. ``effective``: as sure as so many cases drawn by plain chance; infinite where
    every case was seen, and then the interval is the proportion itself.
    """

    tally: Tally
    part: float | None
    effective: float
    interval: Interval | None

    @property
    def percentage(self) -> int | None:
        """To the nearest per cent, halves up. Never shown without ``tally.words``."""
        return None if self.part is None else int(100 * self.part + 0.5 + 1e-9)

    @property
    def warning(self) -> str:
        """What to beware of, in a sentence; empty where the interval is narrow enough."""
        if self.interval is None:
            return "No case was judged, so there is no percentage."
        if self.interval.high - self.interval.low <= WIDE:
            return ""
        low, high = self.interval.per_cent
        cases = "1 case" if self.tally.judged == 1 else f"{self.tally.judged} cases"
        return (
            f"Only {cases}: the interval is {high - low} points wide, from {low}% to {high}%. "
            "A difference from another area may be chance alone."
        )


def estimate(scored: Iterable[Scored], confidence: float = CONFIDENCE) -> Estimate:
    """What these cases say of all that they stand for. ValueError for a weight under 1."""
    cases = list(scored)
    judged = [case for case in cases if case.answer.is_judged]
    counted = tally(case.answer for case in cases)
    if not judged:
        return Estimate(counted, None, 0.0, None)
    effective = effective_of_weights(case.weight for case in judged)
    above = sum(case.weight for case in judged if case.answer.is_above_the_line)
    part = min(1.0, above / sum(case.weight for case in judged))
    return Estimate(counted, part, effective, wilson_of_part(part, effective, confidence))


def estimates(scored: Mapping[str, Iterable[Scored]], confidence: float = CONFIDENCE) -> dict[str, Estimate]:
    """An estimate for each area, question or subgroup, by its name."""
    return {name: estimate(cases, confidence) for name, cases in scored.items()}


def difference_of(first: Estimate, second: Estimate) -> Difference | None:
    """The first less the second, with Newcombe's interval from both intervals; None where either has no number.

    The two must be of different cases: two areas, two years. An area and the whole that it belongs to are not.
    """
    if first.part is None or first.interval is None or second.part is None or second.interval is None:
        return None
    return Difference(
        first.part - second.part, hybrid_interval(first.part, first.interval, second.part, second.interval)
    )


def design_effect(found: Estimate) -> float | None:
    """How many times more cases this design needed than plain chance would have, for an interval as narrow.

    Under 1 where much of the frame was drawn, over 1 where areas stand for very different numbers. None where nothing
    was judged, or every case was seen.
    """
    if found.part is None or isinf(found.effective):
        return None
    return found.tally.judged / found.effective
