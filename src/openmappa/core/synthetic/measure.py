"""What came out: the report's figures measured on a generated caseload, by the same engine that judges real cases."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from openmappa.core.caseload import CaseRecord
from openmappa.core.dates import add_months
from openmappa.core.packs.model import Pack
from openmappa.core.standards.duties import Duty, Outcome, duties
from openmappa.core.standards.facts import Fact, Value
from openmappa.core.synthetic.shape import Figure, Shape
from openmappa.core.synthetic.visiting import MONTH, Policy, policy_of

MEETINGS_NEED = 100  # days at Level 2 or 3 before the frequency of review can be told
REVIEWED = (("monthly", 20, 50), ("quarterly", 60, 130), ("six_monthly", 140, 220))  # days between meetings
REGULAR = 1.6  # the longest interval of regular meetings is at most so many times the shortest


class Row(NamedTuple):
    """One answer of one figure: its share (0 to 1) in the report, and as generated among `out_of` cases or duties."""

    figure: str
    answer: str
    title: str
    source: str
    target: float
    generated: float
    out_of: int


@dataclass(frozen=True)
class Judged:
    """A generated case with what the engine makes of it on one day."""

    case: CaseRecord
    pack: Pack
    policy: Policy
    as_of: date

    @cached_property
    def duties(self) -> list[Duty]:
        """Every duty of the case."""
        return duties(self.case.facts, self.pack, force=self.case.force, as_of=self.as_of)

    def all(self, kind: str, **details: Value) -> list[Fact]:
        """The facts of a kind with these details."""
        return [
            fact
            for fact in self.case.facts
            if fact.kind == kind and all(fact.details.get(name) == value for name, value in details.items())
        ]

    def last(self, kind: str) -> Fact | None:
        """The latest fact of a kind."""
        return next(iter(self.all(kind)[::-1]), None)

    @property
    def supervised(self) -> bool:
        """Whether an order or licence is running."""
        return not self.all("order_ended") and not self.all("case_closed")

    def on_time(self, standard: str) -> list[bool]:
        """For each duty of a standard that has come to an end or is overdue: whether it was met in time."""
        outcomes = [duty.outcome(self.as_of) for duty in self.duties if duty.standard == standard]
        return [outcome is Outcome.MET for outcome in outcomes if outcome not in (Outcome.DUE, Outcome.LAPSED)]


Measure = Callable[[Judged], Iterable[str]]


def measure(cases: Iterable[CaseRecord], shape: Shape, pack: Pack, as_of: date) -> list[Row]:
    """A row for each answer that the shape says to show, in the shape's order."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in MEASURES}
    policy = policy_of(pack)
    for case in cases:
        judged = Judged(case, pack, policy, as_of)
        for name, answers in MEASURES.items():
            counts[name].update(answers(judged))
    return list(rows_of(shape.figures, counts))


def rows_of(figures: Mapping[str, Figure], counts: Mapping[str, Counter[str]]) -> Iterator[Row]:
    """The rows of those figures that were counted, from how often each answer was found."""
    for figure in figures.values():
        if figure.name not in counts:
            continue
        for answer in figure.show:
            found = counts[figure.name]
            count = found.total()
            share = found[answer] / count if count else 0.0
            yield Row(figure.name, answer, figure.title, figure.source, figure.reported(answer), share, count)


def _yes(when: bool, yes: str = "yes", no: str = "no") -> list[str]:
    return [yes if when else no]


def _each(standard: str, yes: str = "on_time") -> Measure:
    """An answer for each duty of a standard."""
    return lambda judged: [yes if met else "not" for met in judged.on_time(standard)]


def _all(standard: str) -> Measure:
    """One answer for a case: whether every duty of a standard was met in time."""

    def answer(judged: Judged) -> Iterable[str]:
        met = judged.on_time(standard)
        return _yes(all(met), "kept") if met else ()

    return answer


def _order(judged: Judged) -> Iterable[str]:
    return [str(fact.details["order"]) for fact in judged.all("order_started")[-1:]]


def _registered(judged: Judged) -> Iterable[str]:
    return _yes(bool(judged.all("registered"))) if judged.supervised else ()


def _age(judged: Judged) -> Iterable[str]:
    person = judged.case.person
    if person is None:
        return ()
    born = person.born_on
    return _yes(add_months(born, 31 * 12) <= judged.as_of < add_months(born, 51 * 12), "31_to_50")


def _rm2000_done(judged: Judged) -> Iterable[str]:
    return _yes(bool(judged.all("rm2000_completed"))) if judged.all("registered") else ()


def _rm2000_delay(judged: Judged) -> Iterable[str]:
    done = judged.all("rm2000_completed")
    if not done:
        return ()
    start = judged.all("registered")[0].on
    if (done[0].on - start).days <= 7:
        return ["within_a_week"]
    if done[0].on <= add_months(start, 1):
        return ["within_a_month"]
    return _yes(done[0].on <= add_months(start, 3), "within_three_months", "over_three_months")


def _rank(judged: Judged) -> Iterable[str]:
    return [str(fact.details["rank"]) for fact in judged.all("rm2000_completed")[:1]]


def _changes(levels: list[Value]) -> int:
    return sum(before != after for before, after in pairwise(levels))


def _harm_levels(judged: Judged) -> list[Value]:
    levels = (fact.details.get("harm", fact.details.get("level")) for fact in judged.case.facts if _tells_harm(fact))
    return [level for level in levels if level is not None]


def _tells_harm(fact: Fact) -> bool:
    return fact.kind in ("oasys_completed", "harm_level_set")


def _band_change_passed_on(judged: Judged) -> Iterable[str]:
    bands = [fact.details["band"] for fact in judged.all("rm2000_completed")]
    return _yes(bool(judged.all("risk_change_acknowledged", service="probation"))) if _changes(bands) else ()


def _harm_change_passed_on(judged: Judged) -> Iterable[str]:
    changed = _changes(_harm_levels(judged))
    return _yes(bool(judged.all("risk_change_acknowledged", service="police"))) if changed else ()


def _planned_visits(judged: Judged) -> Iterable[str]:
    band, interval = judged.last("rm2000_completed"), judged.last("visit_interval_set")
    if band is None or judged.all("case_closed"):
        return ()
    months = judged.policy[judged.case.force, str(band.details["band"])]
    planned = months if interval is None else interval.details["months"]
    return () if planned is None else [str(planned)]


def _actual_visits(judged: Judged) -> Iterable[str]:
    """The usual gap between visits that found the person in, to the nearest month; time in prison is left out."""
    seen = judged.all("home_visit", service="police", outcome="seen", announced=False)
    inside = [fact.on for fact in judged.all("custody_started")]
    gaps = [
        (after.on - before.on).days
        for before, after in pairwise(seen)
        if not any(before.on <= day <= after.on for day in inside)
    ]
    return [str(max(1, round(median(gaps) / MONTH)))] if gaps else ()


def _joint_visits(judged: Judged) -> Iterable[str]:
    visits = judged.all("home_visit", service="police", outcome="seen")
    return _yes(any(visit.details["joint"] for visit in visits)) if visits else ()


def _probation_visits(judged: Judged) -> Iterable[str]:
    return _yes(bool(judged.all("home_visit", service="probation")))


def _mappa_level(judged: Judged) -> Iterable[str]:
    level = judged.last("mappa_level_set")
    return [str(level.details["level"])] if level and judged.supervised else ()


def _spell(judged: Judged) -> tuple[date, date] | None:
    """From the day the case came to Level 2 or 3 to the day it left it, or today."""
    levels = judged.all("mappa_level_set")
    above = [fact.on for fact in levels if fact.details["level"] != 1]
    if not above:
        return None
    back = [fact.on for fact in levels if fact.details["level"] == 1 and fact.on > above[0]]
    ended = [fact.on for fact in judged.all("case_closed")]
    return above[0], min([*back, *ended, judged.as_of])


def _mappa_review(judged: Judged) -> Iterable[str]:
    spell = _spell(judged)
    if spell is None or (spell[1] - spell[0]).days < MEETINGS_NEED:
        return ()
    days = [spell[0], *(fact.on for fact in judged.all("mappa_meeting_held"))]
    gaps = [(after - before).days for before, after in pairwise(days)]
    if not gaps:
        return ["none"]
    usual = median(gaps)
    regular = [name for name, low, high in REVIEWED if low <= usual <= high and max(gaps) <= REGULAR * min(gaps)]
    return regular or ["irregular"]


def _if_met(kind: str, **details: Value) -> Measure:
    """Whether a fact of a kind followed, among cases with a meeting three weeks old or more."""

    def answer(judged: Judged) -> Iterable[str]:
        meetings = judged.all("mappa_meeting_held")
        return _yes(bool(judged.all(kind, **details))) if meetings else ()

    return answer


MEASURES: Mapping[str, Measure] = {
    "order": _order,
    "registered": _registered,
    "age": _age,
    "rm2000_done": _rm2000_done,
    "rm2000_delay": _rm2000_delay,
    "rm2000_rank": _rank,
    "band_change_passed_on": _band_change_passed_on,
    "planned_visits": _planned_visits,
    "actual_visits": _actual_visits,
    "joint_visits": _joint_visits,
    "probation_visits": _probation_visits,
    "oasys_start": _each("oasys-start"),
    "oasys_review": _all("oasys-review"),
    "oasys_incident": _each("oasys-after-incident"),
    "isp": _each("isp-start"),
    "plan_review": _all("plan-review"),
    "harm_change": lambda judged: _yes(bool(_changes(_harm_levels(judged))), "changed"),
    "harm_change_passed_on": _harm_change_passed_on,
    "rmp": _each("rmp-start"),
    "rmp_review": lambda judged: _all("rmp-review")(judged) if judged.all("rmp_completed") else (),
    "programme": lambda judged: _yes(bool(judged.all("programme_required")), "required"),
    "programme_start": _each("programme-start"),
    "mappa_level": _mappa_level,
    "mappa_review": _mappa_review,
    "minutes_probation": _if_met("minutes_filed", service="probation"),
    "minutes_police": _if_met("minutes_filed", service="police"),
    "offender_informed": _if_met("offender_informed"),
    "breach": lambda judged: _yes(bool(judged.all("breach_found"))),
    "enforcement": _each("enforcement"),
}
