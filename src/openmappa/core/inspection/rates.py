"""Rates of disproportion: how many times as often something happens in one group as in another, and how sure that is.

**The ratio** is (k of n in the group) ÷ (k of n in the group it is set against). 1 means as often, 2 twice as often. It
says that groups differ, not why: groups differ in age, offence and area too, and nothing here takes account of that.

**Its interval** is Koopman's score interval (P. A. R. Koopman, Biometrics 40, 1984, 513-517): the ratios that a score
test at 5 % would not reject. Groups here are small. The more usual interval, on the log of the ratio (D. Katz et al.,
Biometrics 34, 1978, 469-474), has no ends where a group has no case, and is too narrow for small ones. Koopman's has
"no limit" above where the group set against has none, and 0 below where the group has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt

from openmappa.core.inspection.proportions import CONFIDENCE, Proportion, is_small, normal_quantile

WIDEST = 60.0
"""Ratios are looked for from e to the -60th to e to the 60th power: beyond any that counts of cases can give."""
HALVINGS = 80


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as often: ``estimate`` and ``high`` are None without limit (the other group has none)."""

    estimate: float | None
    low: float
    high: float | None

    @property
    def is_clear(self) -> bool:
        """Whether chance alone would hardly give it: 1 lies outside the interval."""
        return self.low > 1 or (self.high is not None and self.high < 1)

    @property
    def words(self) -> str:
        """The ratio and its interval in a sentence."""
        high = "without limit" if self.high is None else f"{self.high:.1f}"
        between = f"the interval goes from {self.low:.1f} to {high}"
        if self.estimate is None:
            return f"The other group has none, so there is no ratio; {between}."
        verdict = "chance alone would hardly give this" if self.is_clear else "this may be chance alone"
        return f"{self.estimate:.1f} times as often; {between}: {verdict}."


def ratio(group: Proportion, against: Proportion, confidence: float = CONFIDENCE) -> Ratio | None:
    """The rate of one group ÷ that of another, of different cases; None where either is of nought or both have none."""
    if not group.n or not against.n or not (group.k or against.k):
        return None
    limit = normal_quantile(confidence)
    estimate = (group.k / group.n) / (against.k / against.n) if against.k else None
    low = exp(_where(group, against, limit)) if group.k else 0.0
    high = exp(_where(group, against, -limit)) if against.k else None
    return Ratio(estimate, low, high)


def disproportion(groups: Mapping[str, Proportion], against: str) -> dict[str, Ratio | None]:
    """The ratio of every other group to the one named, in their order. ValueError where there is no such group."""
    if against not in groups:
        raise ValueError(f"There is no group “{against}” to set the others against; there are {', '.join(groups)}.")
    return {name: ratio(each, groups[against]) for name, each in groups.items() if name != against}


def published_ratio(group: Proportion, against: Proportion) -> Ratio | None:
    """The ratio as it may leave the service: None where a count behind it, or what is left over, is under five."""
    if any(is_small(count) for each in (group, against) for count in (each.k, each.others)):
        return None
    return ratio(group, against)


def _where(group: Proportion, against: Proportion, deviations: float) -> float:
    """The log of the ratio at which the score test gives so many deviations; they fall as the ratio grows."""
    low, high = -WIDEST, WIDEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _deviations(group, against, exp(middle)) > deviations else (low, middle)
    return (low + high) / 2


def _deviations(group: Proportion, against: Proportion, supposed: float) -> float:
    """How far the two are from a supposed ratio, in standard deviations under the rates most likely if it were true."""
    total = group.k + against.k
    half = (supposed * (group.n + against.k) + group.k + against.n) / 2
    second = total / (half + sqrt(max(0.0, half * half - supposed * (group.n + against.n) * total)))
    first = supposed * second
    spread = first * (1 - first) / group.n + supposed * supposed * second * (1 - second) / against.n
    apart = group.k / group.n - supposed * against.k / against.n
    return apart / sqrt(spread) if spread > 0 else 0.0
