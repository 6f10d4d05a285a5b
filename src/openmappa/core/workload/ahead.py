"""The work ahead of many cases, each situation worked out once.

What comes to a case by one strand of standards depends on few things: the duties that are open, some fields of the
state, ends that are known. Thousands of cases share them, so the engine goes through each such situation once and the
answer is kept. ``tests/core/workload/test_ahead.py`` holds that this is what going through each case whole gives.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from openmappa.core.packs.model import Pack
from openmappa.core.standards.clocks import PLACE, Clock, Plan, plan_for
from openmappa.core.standards.days import CaseSoFar
from openmappa.core.standards.facts import KINDS, Fact, Value
from openmappa.core.standards.following import Followed
from openmappa.core.standards.state import EFFECTS
from openmappa.core.workload.forecast import ENDS, carried_on, expected
from openmappa.core.workload.strands import places_changed, places_said

MOST_KEPT = 100_000
"""Situations of one strand that are remembered at most; then it forgets them all and begins again."""

ENDED = {
    ending: frozenset(PLACE[effect.field] for effect in EFFECTS[ending] if effect.field in PLACE)
    for _, ending in ENDS.values()
}
"""Facts that end something in a forecast, with the fields of the state that they change."""

TEXTS = {kind.name: frozenset(one.name for one in kind.details if one.type == "text") for kind in KINDS.values()}
"""The details of each kind of fact that are free text: standards compare them with each other and with nothing else."""


class Share(NamedTuple):
    """Work that comes: the standard, whose it is, the month, how much of it, and how much of that was overdue."""

    standard: str
    of: str
    month: int
    number: int
    late: int


Work = tuple[Share, ...]
NOTHING = 0
"""The number of the work that is none."""


class Works:
    """Kinds of work ahead, each with a number: of many thousand situations most lead to one of a few hundred."""

    def __init__(self) -> None:
        self._numbers: dict[Work, int] = {(): NOTHING}

    def number(self, work: Work) -> int:
        """The number of this work, which stays the same."""
        return self._numbers.setdefault(work, len(self._numbers))

    def numbered(self) -> tuple[Work, ...]:
        """All of them, by their numbers."""
        return tuple(self._numbers)


@dataclass(frozen=True)
class Days:
    """The days ahead: the last one that is known, the last one that is asked for, and the month that each lies in."""

    after: date
    until: date
    months: Mapping[date, int]


class _Coming(NamedTuple):
    """Work in a situation, in order of its days; and the number of all of it together."""

    days: tuple[tuple[date, str, str, bool], ...]
    number: int


class Strand:
    """Standards that are gone through together, by the packs that are in force in the days ahead.

    ``base`` is the plan that cases have been gone through by until now.
    """

    def __init__(self, names: frozenset[str], packs: Sequence[Pack], base: Plan, days: Days, works: Works) -> None:
        self._days, self._works = days, works
        only = tuple(replace(pack, standards=tuple(one for one in pack.standards if one.id in names)) for pack in packs)
        dated = len(only) > 1
        plan = self._plan = plan_for(only if dated else only[0])
        self._clocks: dict[str, Clock] = {
            clock.standard.id: clock for clock in plan.clocks if clock.in_force_until is not None or not dated
        }
        self._groups = tuple(sorted({clock.group for clock in base.clocks if clock.standard.id in self._clocks}))
        self._later = days.until + timedelta(days=1)
        self._turns = any(days.after < day <= days.until for day in plan.turning_days)
        self._changes = any(places_changed(clock.standard) for clock in plan.clocks)
        self._kept = tuple(sorted({place for clock in plan.clocks for place in places_said(clock.standard)}))
        listens = {*plan.meets, *plan.starts}
        places = frozenset[int]().union(*(clock.places for clock in plan.clocks))
        self._concerned = frozenset(kind for kind, ended in ENDED.items() if kind in listens or ended & places)
        self._dying = frozenset(
            kind for kind in self._concerned - listens if all(_ends_with(clock, ENDED[kind]) for clock in plan.clocks)
        )
        self._known: dict[Hashable, _Coming] = {}

    def work(self, case: CaseSoFar, ends: Sequence[Fact]) -> int:
        """The number of what comes to this case, which stays as it is."""
        open_ = case.open
        waiting = [duty for group in self._groups for duty in open_[group]]
        mine = [end for end in ends if end.kind in self._concerned] if ends else []
        stops = not self._changes and (not mine or mine[0].kind in self._dying)
        if not waiting and stops and not self._turns:
            return NOTHING
        if not stops:
            return self._works.number(_added_up(self._gone_through(case, mine), self._days.months))
        situation = self._situation(case, waiting)
        coming = self._known.get(situation)
        if coming is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            days = self._gone_through(case, ())
            coming = _Coming(days, self._works.number(_added_up(days, self._days.months)))
            self._known[situation] = coming
        if not mine or not coming.days or coming.days[-1][0] <= mine[0].on:
            return coming.number
        until_then = [one for one in coming.days if one[0] <= mine[0].on]
        return self._works.number(_added_up(until_then, self._days.months))

    def _gone_through(self, case: CaseSoFar, ends: Sequence[Fact]) -> tuple[tuple[date, str, str, bool], ...]:
        going_on = carried_on(case, self._plan, self._clocks)
        coming = expected(going_on, after=self._days.after, until=self._days.until, ends=ends)
        return tuple([(one.on, one.standard, one.of, one.was_overdue) for one in coming])

    def _situation(self, case: CaseSoFar, waiting: Sequence[Followed]) -> Hashable:
        """All that the days ahead of these standards depend on while the state of the case stays what it is."""
        state, force = case.state, case.force
        runs = tuple([clock.interval(state, force) if clock.holds(state) else None for clock in self._plan.clocks])
        kept = tuple([state[place] for place in self._kept])
        if len(waiting) == 1:
            (duty,) = waiting
            return duty.clock.group, self._place(duty), duty.of, _key(duty, {}), runs, kept
        overdue = sorted({duty.due_on for duty in waiting if duty.due_on <= self._days.after})
        texts: dict[Value, int] = {}
        duties = [
            (
                duty.clock.group,
                overdue.index(duty.due_on) if duty.due_on <= self._days.after else self._place(duty),
                duty.of,
                _key(duty, texts),
            )
            for duty in waiting
        ]
        return tuple(duties), runs, kept

    def _place(self, duty: Followed) -> date:
        """When it comes: overdue, it is done on the first day; due after the last day, it stays open."""
        return min(max(duty.due_on, self._days.after), self._later)


def _added_up(days: Iterable[tuple[date, str, str, bool]], months: Mapping[date, int]) -> Work:
    counts = Counter([(standard, of, months[on], late) for on, standard, of, late in days])
    return tuple(
        Share(standard, of, month, number, number * late)
        for (standard, of, month, late), number in sorted(counts.items())
    )


def _ends_with(clock: Clock, places: frozenset[int]) -> bool:
    """Whether a clock stops, and cannot start, once these fields are false."""
    return any(place in places and allowed is not None and False not in allowed for place, allowed in clock.conditions)


def _key(duty: Followed, texts: dict[Value, int]) -> Value:
    """What a duty compares facts by: of free text only which duties have the same, and whether it is empty."""
    key, start = duty.clock.key, duty.start
    if not key or start is None:
        return None
    value = start.details.get(key)
    return texts.setdefault(value, len(texts)) if value and key in TEXTS[start.kind] else value
