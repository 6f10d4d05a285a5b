"""Answers to an RM2000 that give the band of a fact: searched with the instrument's own scoring, drawn by the seed."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.instruments.rm2000.scale_s import scale_s
from openmappa.core.packs.rm2000.shapes import Rm2000SRules
from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.dealing import Dice, T

SEXUAL = {1: 0.58, 2: 0.22, 3: 0.15, 5: 0.05}
CRIMINAL = {1: 0.75, 5: 0.25}
"""How usual each count of appearances is. Believable weights, not findings; a key stands for its range."""
SEXUAL_TOPS, CRIMINAL_TOPS = {1: 1, 2: 2, 3: 4, 5: 7}, {1: 4, 5: 12}
MALE, STRANGER, SINGLE, NON_CONTACT = 0.2, 0.3, 0.3, 0.25
VIOLENT = {0: 0.65, 1: 0.2, 2: 0.08, 3: 0.04, 5: 0.03}
BURGLARY = 0.15
UNUSUAL_WHEN_YOUNG = 0.05  # five sentencing occasions before the age of 25
KEPT = 0.06  # by how much each answer that differs from the score before makes a set of answers less likely


class Pattern(NamedTuple):
    """Answers with the counts as the lowest of their range, and how usual they are."""

    sexual: int
    criminal: int
    factors: tuple[bool, ...]
    weight: float


class RmPatterns:
    """Every pattern of answers by age and band: 112 for each range of ages that scores alike, made when asked for."""

    def __init__(self, rules: Rm2000SRules) -> None:
        self._rules = rules
        self._ages = [points.lowest for points in rules.items[0].ranges]
        self._by_age: dict[int, Mapping[str, list[Pattern]]] = {}

    def giving(self, age: int, band: str) -> list[Pattern]:
        """The patterns that give this band at this age; none where no answers do."""
        alike = max((lowest for lowest in self._ages if lowest <= age), default=None)
        if alike is None:
            return []
        if alike not in self._by_age:
            self._by_age[alike] = self._of_age(alike)
        return self._by_age[alike].get(band, [])

    def _of_age(self, age: int) -> Mapping[str, list[Pattern]]:
        found: dict[str, list[Pattern]] = defaultdict(list)
        for sexual, criminal in product(SEXUAL, CRIMINAL):
            if sexual > 4 and criminal < 5:
                continue
            for factors in product((False, True), repeat=4):
                items = Rm2000SItems(age, sexual, max(sexual, criminal), *factors)
                weight = _usual(age, sexual, criminal, factors)
                found[scale_s(items, self._rules).band.value].append(Pattern(sexual, criminal, factors, weight))
        return found


def _usual(age: int, sexual: int, criminal: int, factors: tuple[bool, ...]) -> float:
    weight = SEXUAL[sexual] * CRIMINAL[criminal]
    if age < 25 and sexual > 2:
        weight *= UNUSUAL_WHEN_YOUNG
    for present, share in zip(factors, (MALE, STRANGER, SINGLE, NON_CONTACT), strict=True):
        weight *= share if present else 1 - share
    return weight


class Score(NamedTuple):
    """The answers behind an RM2000: `fact` is its place among the case's facts."""

    fact: int
    items: Rm2000SItems
    v_items: Rm2000VItems


def scores_of(known: Known, patterns: RmPatterns, seed: str) -> list[Score]:
    """Answers for every RM2000 of a case. Left out: one that no answers could give, such as low below 35."""
    age = known.age_at_risk
    dice = Dice(seed, known.reference, "rm2000")
    of_v = Dice(seed, known.reference, "rm2000 v")
    violent = weighted(list(VIOLENT.items()), of_v)
    burglary = of_v.roll() < BURGLARY
    scores: list[Score] = []
    for place, fact in known.of_kind("rm2000_completed"):
        before = scores[-1].items if scores else None
        items = items_for(str(fact.details["band"]), age, before, patterns, dice)
        if items is not None and known.sex == "male":
            v_items = Rm2000VItems(age, min(violent, items.criminal_appearances), burglary)
            scores.append(Score(place, items, v_items))
    return scores


def items_for(
    band: str, age: int, before: Rm2000SItems | None, patterns: RmPatterns, dice: Dice
) -> Rm2000SItems | None:
    """Answers that give the band at this age at risk; None where there are none (a man under 35 is never low).

    With the answers of the score before, few of them change: the same band keeps them all.
    """
    fitting = patterns.giving(age, band)
    if not fitting:
        return None
    if before is not None:
        if not all(_changes(pattern, before) for pattern in fitting):
            return before
        fitting = [pattern._replace(weight=pattern.weight * KEPT ** _changes(pattern, before)) for pattern in fitting]
    chosen = weighted([(pattern, pattern.weight) for pattern in fitting], dice)
    sexual = _count(chosen.sexual, SEXUAL_TOPS, before.sexual_appearances if before else None, dice)
    criminal = _count(chosen.criminal, CRIMINAL_TOPS, before.criminal_appearances if before else None, dice)
    return Rm2000SItems(age, sexual, max(sexual, criminal), *chosen.factors)


def weighted(things: list[tuple[T, float]], dice: Dice) -> T:
    """One of the things, as likely as its weight says."""
    rolled = dice.roll() * sum(weight for _, weight in things)
    for thing, weight in things:
        rolled -= weight
        if rolled < 0:
            return thing
    return things[-1][0]


def _changes(pattern: Pattern, before: Rm2000SItems) -> int:
    given = (before.male_victim, before.stranger_victim, before.single, before.non_contact)
    changed = sum(now != then for now, then in zip(pattern.factors, given, strict=True))
    steps = list(SEXUAL)
    changed += abs(steps.index(_lowest(SEXUAL, before.sexual_appearances)) - steps.index(pattern.sexual))
    return changed + (_lowest(CRIMINAL, before.criminal_appearances) != pattern.criminal)


def _lowest(ranges: Mapping[int, object], count: int) -> int:
    return max(lowest for lowest in ranges if lowest <= count)


def _count(lowest: int, tops: Mapping[int, int], before: int | None, dice: Dice) -> int:
    """A count in the range that begins with `lowest`; the one before where it lies in the same range."""
    if before is not None and _lowest(tops, before) == lowest:
        return before
    return dice.between(lowest, tops[lowest])
