"""A case going through its days: the steps of a day, numbered as on the page that defines them (standards, section 4).

``duties`` goes through the days that have happened; ``core.workload`` goes on from there with days that are assumed.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from openmappa.core.dates import add_months
from openmappa.core.standards.clocks import PLACE, Clock, Plan
from openmappa.core.standards.facts import Fact, Value
from openmappa.core.standards.following import Followed, Met
from openmappa.core.standards.state import FIELDS


class CaseSoFar:
    """One case being judged, day by day: every duty so far (``followed``), and those that are open, by group."""

    def __init__(self, plan: Plan, force: str, facts: Sequence[Fact]) -> None:
        self.plan = plan
        self.force = force
        self.facts = facts
        self.state: list[Value] = [FIELDS[name] for name in PLACE]
        self.followed: list[Followed] = []
        self.open: list[list[Followed]] = [[] for _ in range(plan.groups)]

    def day(self, day: date, positions: Sequence[int], turning: bool = False) -> None:
        """Everything that one day does, in the order of section 4."""
        continued: dict[int, Met] = {}
        if not turning and self._is_quiet(positions):
            for position in positions:
                self._meet(day, position, continued)
            for group in continued:
                for clock in self.plan.versions[group]:
                    self._start_cycle(clock, day, continued)
            return
        before = self.state
        changed_by = self._facts_of_the_day(day, positions, continued)
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

    def _is_quiet(self, positions: Sequence[int]) -> bool:
        """Whether facts of the day can only meet duties: none of them changes the state or starts a clock."""
        facts, quiet = self.facts, self.plan.quiet
        for position in positions:  # noqa: SIM110 (asked of every day, and all() costs twice as much)
            if facts[position].kind not in quiet:
                return False
        return True

    def _facts_of_the_day(self, day: date, positions: Sequence[int], continued: dict[int, Met]) -> dict[int, int]:
        """Steps 1 and 2: facts meet the duties that were open; then they change the state, which becomes a new one.

        Returns for each field the last fact that changed it.
        """
        changed_by: dict[int, int] = {}
        state, effects = self.state, self.plan.effects
        for position in positions:
            self._meet(day, position, continued)
            fact = self.facts[position]
            for place, detail, value, kept in effects.get(fact.kind, ()):
                if detail:
                    if kept and detail not in fact.details:
                        continue
                    value = fact.details.get(detail)
                if state[place] != value:
                    if state is self.state:
                        state = state.copy()
                    state[place] = value
                    changed_by[place] = position
        self.state = state
        return changed_by

    def _meet(self, day: date, position: int, continued: dict[int, Met]) -> None:
        """Step 1: a fact meets the duties that were open; ``continued`` takes up the cycles among them, by group."""
        fact, open_ = self.facts[position], self.open
        for clock in self.plan.meets.get(fact.kind, ()):
            waiting = open_[clock.group]
            if not waiting or not clock.fits(fact):
                continue
            open_[clock.group] = still = []
            for duty in waiting:
                if duty.clock is clock and (not clock.key or duty.shares_key_with(fact)):
                    duty.met_on = day
                    if clock.every:
                        continued[clock.group] = Met(clock, fact, position)
                else:
                    still.append(duty)

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

    def _start_on_facts(self, day: date, positions: Sequence[int]) -> list[Followed]:
        """Step 5, once-clocks that start on a fact."""
        opened: list[Followed] = []
        starts = self.plan.starts
        for position in positions:
            fact = self.facts[position]
            for clock in starts.get(fact.kind, ()):
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
        if self.open[clock.group] or (clock.dated and not clock.may_start_on(day)) or not clock.holds(self.state):
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

    def _meet_same_day(self, day: date, positions: Sequence[int], opened: list[Followed]) -> None:
        """Step 6: a once duty that opened today is met today if a matching fact of today exists."""
        for duty in opened:
            for position in positions:
                fact = self.facts[position]
                if duty.clock.fits(fact) and duty.shares_key_with(fact):
                    duty.met_on = day
                    self.open[duty.clock.group].remove(duty)
                    break


def case_so_far(
    facts: Sequence[Fact], plan: Plan, *, force: str, as_of: date, known_on: date | None = None
) -> CaseSoFar:
    """The case at the end of a day. With ``known_on``, facts written down after that day do not exist."""
    days = [fact.on for fact in facts]
    existing = [
        position
        for position, on in enumerate(days)
        if on <= as_of and (known_on is None or facts[position].recorded_on <= known_on)
    ]
    existing.sort(key=days.__getitem__)
    case = CaseSoFar(plan, force, facts)
    turning = [day for day in plan.turning_days if day <= as_of]
    for day, positions in groupby(existing, key=days.__getitem__):
        while turning and turning[0] < day:
            case.day(turning.pop(0), (), turning=True)
        case.day(day, tuple(positions), turning=bool(turning) and turning[0] == day)
    for day in turning:
        case.day(day, (), turning=True)
    return case


def _moved(duty: Followed, day: date, interval: int) -> date:
    """The due date of an open cycle whose interval has changed: loosened from its opening, or tightened from today."""
    loosened = add_months(duty.opened_on, interval)
    return loosened if loosened >= duty.due_on else min(duty.due_on, add_months(day, interval))
