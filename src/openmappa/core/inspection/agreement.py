"""How far inspectors who score the same cases blind give the same answers: kappa for two, alpha for any number.

Both set the agreement found beside what chance alone would give; 1 is full agreement, 0 is chance, below 0 is worse
than chance. No words like "good" are put to a number: how much is enough depends on what rests on it.

**Weighted kappa** (J. Cohen, Psychological Bulletin 70, 1968, 213-220), for two inspectors and an ordered scale: next
door is a smaller disagreement than the other end. *Linear* weights count steps, *quadratic* ones their squares, and
*equal* ones count every disagreement alike. The interval is that of the large-sample variance (J. L. Fleiss, J. Cohen
and B. S. Everitt, Psychological Bulletin 72, 1969, 323-327), cut off at -1 and 1: it needs no random numbers, and any
statistics program gives the same. For fewer than ``FEWEST`` cases it is not shown.

**Alpha** (K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011), for two or more inspectors, of whom any
may have left a case out; *nominal* or *ordinal*. It has no such formula, so its interval is a bootstrap: the cases are
drawn again with replacement a thousand times, and the middle 95 % of the alphas is shown (A. Zapf et al., BMC Medical
Research Methodology 16:93, 2016). Answers that hang together, as those to several questions of one case do, are drawn
again together (a bootstrap of clusters: C. A. Field and A. H. Welsh, Journal of the Royal Statistical Society B 69,
2007, 369-390). The places come from SHA-256 of a recorded seed (``frame.places``), so anybody gets
the same interval.

Where a number makes no sense, none is given, and ``words`` say why: all agree, one answer only, too few cases.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from math import sqrt

from openmappa.core.inspection.frame import places
from openmappa.core.inspection.proportions import CONFIDENCE, Interval, Proportion, normal_quantile

FEWEST = 10
"""Of fewer cases judged twice no interval is shown; our choice."""
RESAMPLES = 1000
"""How often the cases are drawn again for an interval of alpha."""

Counts = Counter[tuple[int, int]]
Matrix = dict[tuple[int, int], float]


class Weights(StrEnum):
    """How much a disagreement of one, two or three steps counts."""

    EQUAL = "equal"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Level(StrEnum):
    """Whether the answers have an order."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient with its interval, each None where it makes no sense; ``reason`` then says why.

    ``same``: cases in which all who judged gave the same answer, of those judged by two or more. ``left_out``: cases
    judged by fewer, which tell nothing of agreement. ``counted``: what is counted so, where it is not cases.
    """

    name: str
    value: float | None
    interval: Interval | None
    same: Proportion
    left_out: int
    reason: str = ""
    counted: str = "cases"

    @property
    def words(self) -> str:
        """All of it in a few sentences, as a page shows it."""
        said = [f"The same answer in {self.same.k} of {self.same.n} {self.counted} that were judged by two or more."]
        if self.value is not None and self.interval is not None:
            said.append(f"{self.name}: {self.value:.2f} ({self.interval.low:.2f} to {self.interval.high:.2f}).")
        elif self.value is not None:
            said.append(f"{self.name}: {self.value:.2f}.")
        if self.reason:
            said.append(self.reason)
        if self.left_out:
            said.append(f"{self.left_out} more {'was' if self.left_out == 1 else 'were'} judged by fewer than two.")
        return " ".join(said)


def kappa(
    pairs: Iterable[tuple[str | None, str | None]],
    scale: Sequence[str],
    weights: Weights = Weights.LINEAR,
    confidence: float = CONFIDENCE,
) -> Agreement:
    """Cohen's weighted kappa of two inspectors, from their answers for each case; ``scale`` in its order.

    An answer that is None or not on the scale (not applicable, not answered) leaves the case out. ValueError for a
    scale of fewer than two answers.
    """
    step = _steps(scale)
    given = [(step.get(one or ""), step.get(other or "")) for one, other in pairs]
    counts: Counts = Counter((one, other) for one, other in given if one is not None and other is not None)
    n = counts.total()
    same = Proportion(sum(times for (one, other), times in counts.items() if one == other), n)
    name = f"Kappa with {weights.value} weights"
    left_out = len(given) - n
    if reason := _no_coefficient(same, {answer for pair in counts for answer in pair}):
        return Agreement(name, None, None, same, left_out, reason)
    if len({one for one, _ in counts}) == 1 or len({other for _, other in counts}) == 1:
        reason = "One inspector gave one answer only, and then kappa is 0 whatever the other gave."
        return Agreement(name, None, None, same, left_out, reason)
    value, variance = _kappa(counts, n, weights, len(scale) - 1)
    if reason := _no_interval(same, n):
        return Agreement(name, value, None, same, left_out, reason)
    half = normal_quantile(confidence) * sqrt(variance)
    return Agreement(name, value, Interval(max(-1.0, value - half), min(1.0, value + half)), same, left_out)


def alpha(
    cases: Iterable[Sequence[str | None]],
    scale: Sequence[str],
    level: Level = Level.ORDINAL,
    *,
    seed: str,
    confidence: float = CONFIDENCE,
    belongs_to: Sequence[str] = (),
    counted: str = "cases",
) -> Agreement:
    """Krippendorff's alpha, from the answers that each case was given, in any order of inspectors.

    None, and what is not on the scale, is an answer that is missing. The seed is to be kept with the result.
    ``belongs_to``: where what was answered are several questions of one case, the case of each; ``counted`` names them
    in words. ValueError for a scale of fewer than two answers.
    """
    step = _steps(scale)
    all_given = [[step[answer] for answer in case if answer in step] for case in cases]
    owners = list(belongs_to) or [str(at) for at in range(len(all_given))]
    told = [(owner, given) for owner, given in zip(owners, all_given, strict=True) if len(given) > 1]
    units = [given for _, given in told]
    same = Proportion(sum(1 for given in units if len(set(given)) == 1), len(units))
    name = f"Krippendorff’s alpha, {level.value}"
    left_out = len(all_given) - len(units)
    if reason := _no_coefficient(same, {answer for given in units for answer in given}):
        return Agreement(name, None, None, same, left_out, reason, counted)
    tables = _tables(told)
    value = _alpha(tables, level)
    if reason := _no_interval(same, len(tables)):
        return Agreement(name, value, None, same, left_out, reason, counted)
    drawn = places(seed, "agreement", len(tables))
    again = [_alpha([tables[place] for place in islice(drawn, len(tables))], level) for _ in range(RESAMPLES)]
    # Drawn again, the cases may hold one answer only, which has no alpha; with ten cases about one time in three.
    known = sorted(each for each in again if each is not None)
    cut = int(len(known) * (1 - confidence) / 2)
    return Agreement(name, value, Interval(known[cut], known[-1 - cut]), same, left_out, counted=counted)


def _steps(scale: Sequence[str]) -> dict[str, int]:
    if len(set(scale)) < 2 or len(set(scale)) < len(scale):
        raise ValueError("A scale has two answers or more, each once.")
    return {answer: place for place, answer in enumerate(scale)}


def _no_coefficient(same: Proportion, used: set[int]) -> str:
    """Why there is no coefficient; empty where there is one."""
    if not same.n:
        return "No case was judged by two, so nothing can be said of agreement."
    if len(used) == 1:
        return "Only one answer was ever given, so agreement cannot be told from chance."
    return ""


def _no_interval(same: Proportion, cases: int) -> str:
    """Why there is no interval; empty where there is one. ``cases`` are those judged by two or more."""
    if not same.others:
        return "All agree, and from that alone no interval follows."
    if cases < FEWEST:
        return f"With fewer than {FEWEST} cases no interval is shown: it would promise more than so few can tell."
    return ""


def _kappa(counts: Counts, n: int, weights: Weights, longest: int) -> tuple[float, float]:
    """Kappa, and its variance by Fleiss, Cohen and Everitt (1969)."""
    answers = range(longest + 1)
    weight = {(one, other): _weight(abs(one - other) / longest, weights) for one in answers for other in answers}
    first = [sum(counts[one, other] for other in answers) / n for one in answers]
    second = [sum(counts[one, other] for one in answers) / n for other in answers]
    found = sum(weight[pair] * times for pair, times in counts.items()) / n
    chance = sum(weight[one, other] * first[one] * second[other] for one in answers for other in answers)
    value = (found - chance) / (1 - chance)
    of_first = [sum(second[other] * weight[one, other] for other in answers) for one in answers]
    of_second = [sum(first[one] * weight[one, other] for one in answers) for other in answers]
    spread = sum(
        times / n * (weight[one, other] - (of_first[one] + of_second[other]) * (1 - value)) ** 2
        for (one, other), times in counts.items()
    )
    variance = (spread - (value - chance * (1 - value)) ** 2) / (n * (1 - chance) ** 2)
    return value, max(0.0, variance)


def _weight(apart: float, weights: Weights) -> float:
    """1 for the same answer, down to 0 for the two ends of the scale."""
    if weights is Weights.EQUAL:
        return float(apart == 0)
    return 1 - (apart if weights is Weights.LINEAR else apart**2)


def _coincidences(given: Sequence[int]) -> Matrix:
    """What one case adds to the table of coincidences: each answer paired with each other of the case."""
    times = Counter(given)
    share = 1 / (len(given) - 1)
    return {
        (one, other): times[one] * (times[other] - (one == other)) * share
        for one in times
        for other in times
        if one != other or times[one] > 1
    }


def _tables(told: Iterable[tuple[str, Sequence[int]]]) -> list[Matrix]:
    """What each owner of answers adds to the table of coincidences, in the order in which they come."""
    found: dict[str, Matrix] = {}
    for owner, given in told:
        table = found.setdefault(owner, {})
        for pair, times in _coincidences(given).items():
            table[pair] = table.get(pair, 0.0) + times
    return list(found.values())


def _alpha(tables: Sequence[Matrix], level: Level) -> float | None:
    """Alpha of these cases; None where they hold one answer only."""
    pairs: Matrix = {}
    for table in tables:
        for pair, times in table.items():
            pairs[pair] = pairs.get(pair, 0.0) + times
    margin: dict[int, float] = {}
    for (one, _), times in sorted(pairs.items()):
        margin[one] = margin.get(one, 0.0) + times
    if len(margin) < 2:
        return None
    apart = {(one, other): _apart(margin, one, other, level) for one in margin for other in margin if one != other}
    found = sum(times * apart[pair] for pair, times in pairs.items() if pair in apart)
    chance = sum(margin[one] * margin[other] * distance for (one, other), distance in apart.items())
    return 1 - (sum(margin.values()) - 1) * found / chance


def _apart(margin: dict[int, float], one: int, other: int, level: Level) -> float:
    """How far two answers are apart: 1 without an order; else by how many were given from the one to the other."""
    if level is Level.NOMINAL:
        return 1.0
    low, high = min(one, other), max(one, other)
    between = sum(times for answer, times in margin.items() if low <= answer <= high)
    return (between - (margin[one] + margin[other]) / 2) ** 2
