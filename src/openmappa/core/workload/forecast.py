"""The work to come on a case: every duty met on its last day, and nothing else changing.

The engine itself goes on into the days to come, with facts that are assumed. So what follows from a piece of work
follows here as well: a review meeting brings minutes, the cycle that was met begins again, one OASys meets two duties.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from itertools import count
from typing import NamedTuple

from openmappa.core.standards.clocks import PLACE, Clock, Plan
from openmappa.core.standards.days import CaseSoFar
from openmappa.core.standards.duties import CONDITION
from openmappa.core.standards.facts import NO_DETAILS, Fact, Value
from openmappa.core.standards.following import Followed
from openmappa.core.workload.assumed import fact_that_meets

ASSUMPTIONS = (
    "Each duty is met on its last day. What is overdue already is done on the first day, so its next rounds fall due "
    "together: single months vary more than they will.",
    "Nothing else changes: no new cases, no change of level, likelihood, harm or custody, no incidents. Orders and "
    "registrations end on the day that the record gives, where it gives one that is still to come.",
    "A running cycle keeps its interval; the one that follows it is judged by the draft.",
    "One piece of work that meets several duties is counted once, under the duty that was due first.",
)
"""What every forecast rests on, in sentences for its reader."""

ENDS = {"order_started": ("supervised", "order_ended"), "registered": ("registered", "registration_ended")}
"""Facts that may say when something ends: the field that must still be true, and the fact that it would end with."""

A_DAY = timedelta(days=1)


class Expected(NamedTuple):
    """A piece of work to come: for which duty, whose, and why it is due; and the fact that is assumed to meet it."""

    standard: str
    of: str
    due_on: date
    opened_on: date
    because_kind: str
    fact: Fact

    @property
    def on(self) -> date:
        """The day on which it is assumed to be done."""
        return self.fact.on

    @property
    def was_overdue(self) -> bool:
        """Whether it was late before the forecast began."""
        return self.due_on < self.on


def known_ends(facts: Sequence[Fact], state: Sequence[Value], after: date) -> list[Fact]:
    """The ends to come that the facts give, as the facts that they will be, in order of their days."""
    last: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind in ENDS and fact.on <= after and (fact.kind not in last or fact.on >= last[fact.kind].on):
            last[fact.kind] = fact
    found = []
    for kind, fact in last.items():
        field, ending = ENDS[kind]
        ends = fact.details.get("ends")
        if state[PLACE[field]] and isinstance(ends, date) and ends > after:
            found.append(Fact(ending, ends, NO_DETAILS, ends))
    return sorted(found, key=lambda fact: fact.on)


def carried_on(case: CaseSoFar, plan: Plan, clocks: dict[str, Clock]) -> CaseSoFar:
    """The case as it stands, to go on under another plan; ``clocks`` are those that its open duties go on under.

    Open duties of other standards are left out. The case that is given stays as it is.
    """
    fresh = CaseSoFar(plan, case.force, [])
    fresh.state = case.state.copy()
    for waiting in case.open:
        for duty in waiting:
            clock = clocks.get(duty.clock.standard.id)
            if clock is not None:
                fresh.open[clock.group].append(duty.under(clock))
    return fresh


def expected(case: CaseSoFar, *, after: date, until: date, ends: Sequence[Fact] = ()) -> list[Expected]:
    """The work from the day after ``after`` to ``until``, in order of its days. The case goes on to ``until``."""
    found: list[Expected] = []
    ending = list(ends)
    turning = [day for day in case.plan.turning_days if after < day <= until]
    facts: list[Fact] = []
    case.facts = facts
    waiting = _Waiting(case)
    day = after
    while True:
        day = max(waiting.next_due(), day + A_DAY)
        day = min([day, *(fact.on for fact in ending[:1]), *turning[:1]])
        if day > until:
            return found
        facts.clear()
        for duty in waiting.due_by(day):
            if not any(duty.clock.fits(fact) and duty.shares_key_with(fact) for fact in facts):
                facts.append(fact_that_meets(duty, day, case.state))
                found.append(_as_expected(duty, facts[-1]))
        while ending and ending[0].on == day:
            facts.append(ending.pop(0))
        turns = turning[:1] == [day]
        del turning[: int(turns)]
        case.day(day, range(len(facts)), turning=turns)


class _Waiting:
    """The open duties of a case by their due dates. None of them moves while nothing changes; new ones are looked for
    at the end of what the case follows."""

    def __init__(self, case: CaseSoFar) -> None:
        self._followed = case.followed
        self._seen = len(case.followed)
        self._number = count()
        self._heap = [self._in_line(duty) for duties in case.open for duty in duties]
        heapify(self._heap)

    def next_due(self) -> date:
        """The first due date of a duty that is still open; the last day there is when none is."""
        for duty in self._followed[self._seen :]:
            heappush(self._heap, self._in_line(duty))
        self._seen = len(self._followed)
        while self._heap and not _is_open(self._heap[0][-1]):
            heappop(self._heap)
        return self._heap[0][0] if self._heap else date.max

    def due_by(self, day: date) -> Iterator[Followed]:
        """The open duties whose last day this is, or has been; those that were due first, first."""
        while self._heap and self._heap[0][0] <= day:
            duty = heappop(self._heap)[-1]
            if _is_open(duty):
                yield duty

    def _in_line(self, duty: Followed) -> tuple[date, str, int, Followed]:
        return duty.due_on, duty.clock.standard.id, next(self._number), duty


def _is_open(duty: Followed) -> bool:
    return duty.met_on is None and duty.closed_on is None


def _as_expected(duty: Followed, fact: Fact) -> Expected:
    start = duty.start
    because = CONDITION if start is None else start.kind
    return Expected(duty.clock.standard.id, duty.of, duty.due_on, duty.opened_on, because, fact)
