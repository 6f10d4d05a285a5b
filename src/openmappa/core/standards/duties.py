"""The engine: a case's facts, a standards pack and a day give the case's duties (standards, sections 3 to 5).

Pure: the same facts, pack and day give the same duties, whoever asks and whenever. The steps of a day are numbered as
on the page that defines them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from openmappa.core.dates import add_months
from openmappa.core.packs.model import Pack
from openmappa.core.standards.clocks import PLACE, Clock, Plan, plan_for
from openmappa.core.standards.facts import Fact, Value
from openmappa.core.standards.following import Followed, Met
from openmappa.core.standards.state import FIELDS

CONDITION = "condition"
"""What ``because_kind`` is when no fact started the clock, but a condition that became true."""


class Outcome(StrEnum):
    """What became of a duty by a given day (standards, section 5)."""

    MET = "met"
    MET_LATE = "met_late"
    DUE = "due"
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    MISSED = "missed"


def outcome_on(day: date, due_on: date, met_on: date | None, closed_on: date | None) -> Outcome:
    """The outcome on ``day`` of a duty with these dates, none of which is after ``day``."""
    if met_on is not None:
        return Outcome.MET if met_on <= due_on else Outcome.MET_LATE
    if closed_on is not None:
        return Outcome.LAPSED if closed_on <= due_on else Outcome.MISSED
    return Outcome.DUE if day <= due_on else Outcome.OVERDUE


class Duty(NamedTuple):
    """Something that is, or was, due. ``because_position`` is the place, in the facts that were given, of the fact that
    started the clock; None for a condition."""

    standard: str
    of: str
    opened_on: date
    due_on: date
    met_on: date | None
    closed_on: date | None
    because_kind: str
    because_on: date
    because_position: int | None
    source: str

    def outcome(self, on: date) -> Outcome:
        """What had become of it by the end of ``on``: the day it was worked out for, or later without new facts."""
        return outcome_on(on, self.due_on, self.met_on, self.closed_on)


class _Case:
    """One case being judged, day by day."""

    def __init__(self, plan: Plan, force: str, facts: Sequence[Fact]) -> None:
        self.plan = plan
        self.force = force
        self.facts = facts
        self.state: list[Value] = [FIELDS[name] for name in PLACE]
        self.followed: list[Followed] = []
        self.open: list[list[Followed]] = [[] for _ in range(plan.groups)]

    def day(self, day: date, positions: Iterable[int], turning: bool = False) -> None:
        """Everything that one day does, in the order of section 4."""
        positions = tuple(positions)
        before = self.state.copy()
        continued, changed_by = self._facts_of_the_day(day, positions)
        affected: tuple[Clock, ...] = ()
        places: frozenset[int] = frozenset()
        if changed_by:
            places = frozenset([place for place in changed_by if before[place] != self.state[place]])
            affected = self.plan.affected(places)
            self._close_and_move(day, affected)
        opened = self._start_on_facts(day, positions)
        for clock in affected:
            if clock.on_change >= 0:
                self._start_on_change(clock, day, before, places, changed_by, opened)
            elif (
                clock.standard.when and clock.may_start_on(day) and clock.holds(self.state) and not clock.holds(before)
            ):
                self._open(clock, day, None, None, opened)
        if affected or continued or turning:
            for clock in self._may_cycle(affected, continued, turning):
                self._start_cycle(clock, day, continued)
        if opened:
            self._meet_same_day(day, positions, opened)

    def _facts_of_the_day(self, day: date, positions: tuple[int, ...]) -> tuple[dict[int, Met], dict[int, int]]:
        """Steps 1 and 2: facts meet the duties that were open; then they change the state.

        Returns the cycles that were met, by group, and for each field the last fact that changed it.
        """
        continued: dict[int, Met] = {}
        changed_by: dict[int, int] = {}
        state = self.state
        for position in positions:
            fact = self.facts[position]
            for clock in self.plan.meets.get(fact.kind, ()):
                waiting = self.open[clock.group]
                if not waiting or not clock.fits(fact):
                    continue
                still = []
                for duty in waiting:
                    if duty.clock is clock and duty.shares_key_with(fact):
                        duty.met_on = day
                        if clock.every:
                            continued[clock.group] = Met(clock, fact, position)
                    else:
                        still.append(duty)
                self.open[clock.group] = still
            for place, detail, value, kept in self.plan.effects.get(fact.kind, ()):
                if detail:
                    if kept and detail not in fact.details:
                        continue
                    value = fact.details.get(detail)
                if state[place] != value:
                    state[place] = value
                    changed_by[place] = position
        return continued, changed_by

    def _close_and_move(self, day: date, affected: tuple[Clock, ...]) -> None:
        """Steps 3 and 4: close what no longer holds; move the due date of cycles whose interval has changed."""
        for clock in affected:
            waiting = self.open[clock.group]
            mine = [duty for duty in waiting if duty.clock is clock]
            if not mine:
                continue
            holds = clock.holds(self.state)
            interval = clock.interval(self.state, self.force) if holds and clock.every and clock.table else None
            for duty in mine:
                if holds and (not clock.every or clock.table is None or interval == duty.interval):
                    continue
                if holds and interval is not None:
                    duty.due_on = _moved(duty, day, interval)
                    duty.interval = interval
                    continue
                duty.closed_on = day
                waiting.remove(duty)

    def _may_cycle(self, affected: tuple[Clock, ...], continued: dict[int, Met], turning: bool) -> Iterable[Clock]:
        """The every-clocks that may open today. A cycle that was met may go on under another pack's version."""
        if turning:
            return self.plan.every
        touched = [clock for clock in affected if clock.every]
        for group in continued:
            touched.extend(self.plan.versions[group])
        return touched

    def _start_on_facts(self, day: date, positions: tuple[int, ...]) -> list[Followed]:
        """Step 5, once-clocks that start on a fact."""
        opened: list[Followed] = []
        for position in positions:
            fact = self.facts[position]
            for clock in self.plan.starts.get(fact.kind, ()):
                match = clock.starts_on
                if (
                    match is not None
                    and match.fits(fact.details)
                    and clock.may_start_on(day)
                    and clock.holds(self.state)
                ):
                    self._open(clock, day, fact, position, opened)
        return opened

    def _start_on_change(
        self,
        clock: Clock,
        day: date,
        before: list[Value],
        places: frozenset[int],
        changed_by: dict[int, int],
        opened: list[Followed],
    ) -> None:
        """Step 5, once-clocks that start when a field changes from one known value to another."""
        place = clock.on_change
        known = place in places and before[place] is not None and self.state[place] is not None
        if known and clock.may_start_on(day) and clock.holds(self.state):
            position = changed_by[place]
            self._open(clock, day, self.facts[position], position, opened)

    def _start_cycle(self, clock: Clock, day: date, continued: dict[int, Met]) -> None:
        """Step 5, every-clocks: where ``while`` holds, no cycle is open, and an interval is known."""
        if self.open[clock.group] or not clock.may_start_on(day) or not clock.holds(self.state):
            return
        interval = clock.interval(self.state, self.force)
        if interval is None:
            return
        last = continued.get(clock.group)
        duty = Followed(clock, day, interval, last.fact if last else None, last.position if last else None)
        self.followed.append(duty)
        self.open[clock.group].append(duty)

    def _open(self, clock: Clock, day: date, start: Fact | None, position: int | None, opened: list[Followed]) -> None:
        interval = clock.interval(self.state, self.force)
        if interval is None:
            return
        duty = Followed(clock, day, interval, start, position)
        self.followed.append(duty)
        self.open[clock.group].append(duty)
        opened.append(duty)

    def _meet_same_day(self, day: date, positions: tuple[int, ...], opened: list[Followed]) -> None:
        """Step 6: a once duty that opened today is met today if a matching fact of today exists."""
        for duty in opened:
            for position in positions:
                fact = self.facts[position]
                if duty.clock.fits(fact) and duty.shares_key_with(fact):
                    duty.met_on = day
                    self.open[duty.clock.group].remove(duty)
                    break


def _as_duty(followed: Followed) -> Duty:
    """The duty as others see it."""
    standard, start = followed.clock.standard, followed.start
    of = standard.of.name
    if not of and start is not None:
        of = str(start.details[standard.of.detail])
    return Duty(
        standard.id,
        of,
        followed.opened_on,
        followed.due_on,
        followed.met_on,
        followed.closed_on,
        CONDITION if start is None else start.kind,
        followed.opened_on if start is None else start.on,
        followed.position,
        standard.source,
    )


def duties(
    facts: Sequence[Fact],
    pack: Pack | tuple[Pack, ...],
    *,
    force: str,
    as_of: date,
    known_on: date | None = None,
) -> list[Duty]:
    """The duties of a case as of a day, by standard, day of opening, due date and position of the starting fact.

    One pack judges everything; several judge each clock by the pack in force on the day it started. With ``known_on``,
    facts written down after that day do not exist. Raises UnknownForce.
    """
    plan = plan_for(pack)
    plan.check_force(force)
    existing = [
        position
        for position, fact in enumerate(facts)
        if fact.on <= as_of and (known_on is None or fact.recorded_on <= known_on)
    ]
    existing.sort(key=lambda position: facts[position].on)
    case = _Case(plan, force, facts)
    turning = [day for day in plan.turning_days if day <= as_of]
    for day, positions in groupby(existing, key=lambda position: facts[position].on):
        while turning and turning[0] < day:
            case.day(turning.pop(0), (), turning=True)
        case.day(day, positions, turning=bool(turning) and turning[0] == day)
    for day in turning:
        case.day(day, (), turning=True)
    found = [_as_duty(duty) for duty in case.followed]
    found.sort(key=lambda duty: (duty.standard, duty.opened_on, duty.due_on, duty.because_position or 0))
    return found


def _moved(duty: Followed, day: date, interval: int) -> date:
    """The due date of an open cycle whose interval has changed: loosened from its opening, or tightened from today."""
    loosened = add_months(duty.opened_on, interval)
    return loosened if loosened >= duty.due_on else min(duty.due_on, add_months(day, interval))
