"""Generated cases whose answers, counted, give the printed figures of a report.

For each printed percentage it is worked out how many of its n cases must have the answer (``rounding``); so many are
dealt out over areas and cases, evenly, in an order that a seed makes the same on every machine. Where no whole number
gives the percentage, the nearest is taken, and the tables say so. Meetings and home visits are dealt as days, so that
their tables are counted from a record, by the same rule as live ones.

Only each figure by itself is the report's. What goes together in one case is chance: no table of two of them means
anything.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from openmappa.core.inspection.reproduction import ABOVE, EVERY, GeneratedCase, Kind, Measure, Printed, PrintedReport
from openmappa.core.inspection.rounding import counts_of_parts, nearest_count, shared_out
from openmappa.core.inspection.scores import Answer
from openmappa.core.inspection.visits import MONTH
from openmappa.core.mappa.frequency import Frequency
from openmappa.core.synthetic.dealing import Dice

OTHER = "other"
"""The answer of a fact that the report does not print."""
YEAR = 365
LATEST = 7
"""The last visit was up to so many days before the fieldwork."""
GAPS = {
    Frequency.NONE: (),
    Frequency.MONTHLY: (30,) * 11,
    Frequency.QUARTERLY: (91,) * 3,
    Frequency.SIX_MONTHLY: (182,),
    Frequency.IRREGULAR: (28, 150, 40),
}
"""The days between the MAPPA meetings of the past year, from the last back, for each answer of Table 6."""
HUNDRED = 100


def generated(report: PrintedReport) -> tuple[GeneratedCase, ...]:
    """The cases, area by area. The same report gives the same cases."""
    return _Dealer(report).cases


class _Dealer:
    """Deals the answers of one report. Cases are numbers here: place 0 of the first area, of the second, and so on."""

    def __init__(self, report: PrintedReport) -> None:
        self._report = report
        self._areas = len(report.areas)
        self._members: dict[str, list[int]] = {EVERY: list(range(self._areas * report.cases_an_area))}
        self._dealt: dict[str, dict[int, frozenset[str]]] = {}

    @cached_property
    def cases(self) -> tuple[GeneratedCase, ...]:
        """Every case with its answers and its record."""
        dealt = {measure.code: self._deal(measure) for measure in self._report.measures}
        return tuple(self._case(number, dealt) for number in sorted(self._members[EVERY], key=self._place))

    def _place(self, number: int) -> tuple[int, int]:
        return number % self._areas, number

    def _case(self, number: int, dealt: dict[str, dict[int, frozenset[str]]]) -> GeneratedCase:
        area = self._report.areas[number % self._areas]
        answers: dict[str, frozenset[str]] = {}
        meetings: tuple[date, ...] = ()
        visits: tuple[date, ...] = ()
        dice = Dice(self._report.title, "days", number)
        for measure in self._report.measures:
            given = dealt[measure.code].get(number)
            if given is None:
                continue
            if measure.kind is Kind.REVIEWS:
                meetings = _meetings(Frequency(*given), self._report.until, dice)
            elif measure.kind is Kind.ACTUAL_VISITS:
                visits = _visits(float(*given), self._report.until, dice)
            else:
                answers[measure.code] = given
        return GeneratedCase(f"{area.prefix}-{number // self._areas + 1:02}", area.name, answers, meetings, visits)

    def _deal(self, measure: Measure) -> dict[int, frozenset[str]]:
        if measure.code not in self._dealt:
            group = self._group(measure.group)
            hands = self._group(measure.among)
            if measure.kind is Kind.SEVERAL:
                self._dealt[measure.code] = self._deal_several(measure, group, hands)
            else:
                answers = _answers(measure, len(group), self._report)
                given = dict.fromkeys(group, frozenset({OTHER}))
                given.update(zip(self._spread(hands, measure.code), map(_one, answers), strict=False))
                self._dealt[measure.code] = given
        return self._dealt[measure.code]

    def _deal_several(self, measure: Measure, group: Sequence[int], hands: Sequence[int]) -> dict[int, frozenset[str]]:
        """Each answer by itself; where they may fall to some of the group only, one after the other, so that each of
        those has one before anybody has two.
        """
        given: dict[int, set[str]] = {number: set() for number in group}
        turn = 0
        for printed in measure.printed:
            apart = measure.among == measure.group
            order = self._spread(hands, measure.code, printed.answer if apart else "")
            for _ in range(_count(printed, len(group))):
                given[order[turn % len(order)]].add(printed.answer)
                turn += 1
            turn = 0 if apart else turn
        return {number: frozenset(answers) for number, answers in given.items()}

    def _group(self, code: str) -> list[int]:
        if code not in self._members:
            group = self._report.group(code)
            if group.measure:
                given = self._deal(self._report.measure(group.measure))
                self._members[code] = [number for number, answers in given.items() if answers & set(group.answers)]
            else:
                outside = set(self._group(group.outside)) if group.outside else set()
                pool = [number for number in self._group(group.within) if number not in outside]
                self._members[code] = sorted(self._spread(pool, "group", code)[: group.cases])
        return self._members[code]

    def _spread(self, numbers: Sequence[int], *seed: str) -> list[int]:
        """The cases in an order in which any so many of the first are of all areas alike, as far as there are cases."""
        dice = Dice(self._report.title, *seed)
        piles = dice.shuffled([dice.shuffled([n for n in numbers if n % self._areas == a]) for a in range(self._areas)])
        longest = max(map(len, piles), default=0)
        return [pile[turn] for turn in range(longest) for pile in piles if turn < len(pile)]


def _one(answer: str) -> frozenset[str]:
    return frozenset({answer})


def _count(printed: Printed, n: int) -> int:
    return nearest_count(printed.percent or 0, n) if printed.count is None else printed.count


def _answers(measure: Measure, n: int, report: PrintedReport) -> Sequence[str]:
    """One answer for each case that has a printed one, alike ones together."""
    if not n:
        return ()
    if measure.kind is Kind.SCORE:
        return _scores(measure, n, report)
    if measure.whole:
        counts = counts_of_parts(measure.percentages, n) or shared_out(measure.percentages, n)
    else:
        counts = tuple(_count(printed, n) for printed in measure.printed)
    return [printed.answer for printed, count in zip(measure.printed, counts, strict=True) for _ in range(count)]


def _scores(measure: Measure, n: int, report: PrintedReport) -> Sequence[str]:
    """The points of the scale for n cases: the line as printed, the halves split as the report's file says."""
    counts = {printed.answer: _count(printed, n) for printed in measure.printed}
    above = counts[ABOVE] if ABOVE in counts else n - counts["below"]
    excellent = counts.get(Answer.EXCELLENT, above * report.split.excellent // HUNDRED)
    poor = (n - above) * report.split.poor // HUNDRED
    return (
        [Answer.EXCELLENT] * excellent
        + [Answer.SUFFICIENT] * (above - excellent)
        + [Answer.NOT_SUFFICIENT] * (n - above - poor)
        + [Answer.POOR] * poor
    )


def _meetings(frequency: Frequency, until: date, dice: Dice) -> tuple[date, ...]:
    """The days of the meetings of a case that was reviewed so often: a first one, and the reviews."""
    day = until - timedelta(days=dice.between(1, LATEST))
    days = [day]
    for gap in GAPS[frequency]:
        day -= timedelta(days=gap)
        days.append(day)
    return tuple(sorted(days))


def _visits(months: float, until: date, dice: Dice) -> tuple[date, ...]:
    """The days of the home visits of a year, so many months apart, and of the one before."""
    gap = round(months * MONTH)
    last = until - timedelta(days=dice.between(1, LATEST))
    return tuple(last - timedelta(days=gap * turn) for turn in range(YEAR // gap + 1, -1, -1))
