"""A pack made ready for the engine: which facts and which fields of the state each standard listens to.

Made once for a pack; judging a case then touches only the standards that the facts of the day concern.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from openmappa.core.dates import add_days, add_months, add_weeks, add_working_days
from openmappa.core.errors import CoreError
from openmappa.core.packs.model import ClockKind, Pack, Standard, Table, Unit
from openmappa.core.standards.facts import KINDS, Fact, Value
from openmappa.core.standards.state import EFFECTS, KEPT_WHEN_NOT_SAID

ENGINE_FIELDS = (
    "supervised",
    "in_custody",
    "registered",
    "closed",
    "band",
    "harm",
    "mappa_level",
    "mappa_category",
    "visit_months",
)
"""The fields of the state that standards may depend on, in the engine's order."""

Details = tuple[tuple[str, frozenset[Value]], ...]
"""What a fact's details must be: for each that is named, the values that it may have."""

PLACE = {name: place for place, name in enumerate(ENGINE_FIELDS)}
CLOSED = PLACE["closed"]


class UnknownForce(CoreError):
    """The case's force has no row in the pack's table."""

    def __init__(self, force: str, known: Sequence[str]) -> None:
        super().__init__(f"The force {force!r} has no visit policy in this pack. It knows: {', '.join(known)}.")
        self.force = force
        self.known = tuple(known)


COUNTED: Mapping[Unit, Callable[[date, int], date]] = {
    Unit.DAYS: add_days,
    Unit.WEEKS: add_weeks,
    Unit.MONTHS: add_months,
    Unit.TABLE: add_months,
    Unit.WORKING_DAYS: add_working_days,
}
"""How an allowance counts from a day; one that a fact gives does not count."""


class Clock:
    """One standard of one pack, ready to run. Fields of the state are places in a list."""

    __slots__ = (
        "amount", "conditions", "counted", "dated", "every", "first", "group", "in_force_from", "in_force_until", "key",
        "meeting", "on_change", "places", "standard", "starts_on", "table",
    )  # fmt: skip

    def __init__(self, standard: Standard, pack: Pack, group: int, *, dated: bool) -> None:
        self.standard = standard
        self.group = group
        self.every = standard.clock is ClockKind.EVERY
        self.key = standard.key
        self.starts_on = standard.starts_on
        self.counted = COUNTED.get(standard.allowed.unit)
        self.amount = standard.allowed.amount
        self.on_change = PLACE[standard.on_change] if standard.on_change else -1
        self.conditions = tuple((PLACE[one.field], one.allowed) for one in standard.while_)
        self.meeting: dict[str, list[Details]] = {}
        for match in standard.met_by:
            self.meeting.setdefault(match.kind, []).append(match.details)
        table = pack.tables[standard.allowed.name] if standard.allowed.unit is Unit.TABLE else None
        self.table: Table | None = table
        self.first = PLACE[table.first] if table is not None and table.first else -1
        listens = {place for place, _ in self.conditions} | {CLOSED}
        if table is not None:
            listens |= {PLACE[name] for name in (*table.by, table.first) if name in PLACE}
        self.places = frozenset(listens | ({self.on_change} if self.on_change >= 0 else set()))
        self.dated = dated
        self.in_force_from = pack.in_force_from if dated else None
        self.in_force_until = pack.in_force_until if dated else None

    def may_start_on(self, day: date) -> bool:
        """Whether a clock that starts on this day is judged by this version of the standard."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_until is None or day <= self.in_force_until
        )

    def holds(self, state: Sequence[Value]) -> bool:
        """Whether ``while`` is true in this state."""
        if state[CLOSED]:
            return False
        for place, allowed in self.conditions:
            value = state[place]
            if (value is None) if allowed is None else (value not in allowed):
                return False
        return True

    def fits(self, fact: Fact) -> bool:
        """Whether the fact meets a duty of this standard, its key apart."""
        details = fact.details
        for wanted in self.meeting.get(fact.kind, ()):
            for name, values in wanted:
                if details.get(name) not in values:
                    break
            else:
                return True
        return False

    def interval(self, state: Sequence[Value], force: str) -> int | None:
        """The months that the table gives in this state, or None; for other allowances, their amount."""
        if self.table is None:
            return self.amount
        if self.first >= 0:
            own = state[self.first]
            if own is not None:
                return own  # type: ignore[return-value]  # months, as facts have them
        key = tuple([force if name == "force" else state[PLACE[name]] for name in self.table.by])
        return self.table.rows.get(key)

    def due(self, day: date, interval: int, start: Fact | None) -> date:
        """The due date of a duty that opens on ``day``."""
        if self.counted is not None:
            return self.counted(day, interval)
        due = start.details[self.standard.allowed.name] if start is not None else None
        return due if isinstance(due, date) else day


class Plan:
    """The clocks of one or several packs, by what they listen to."""

    def __init__(self, packs: Sequence[Pack], *, dated: bool) -> None:
        ids = sorted({standard.id for pack in packs for standard in pack.standards})
        group = {standard_id: place for place, standard_id in enumerate(ids)}
        self.groups = len(ids)
        self.clocks = tuple(
            Clock(standard, pack, group[standard.id], dated=dated) for pack in packs for standard in pack.standards
        )
        self.every = tuple(clock for clock in self.clocks if clock.every)
        self.versions = tuple(
            tuple(clock for clock in self.every if clock.group == place) for place in range(self.groups)
        )
        self.meets = _by_kind((kind, clock) for clock in self.clocks for kind in clock.meeting)
        self.starts = _by_kind(
            (clock.standard.starts_on.kind, clock) for clock in self.clocks if clock.standard.starts_on is not None
        )
        self.effects = {kind: found for kind in EFFECTS if (found := _engine_effects(kind))}
        self.quiet = frozenset(KINDS) - set(self.effects) - set(self.starts)
        self.forces = frozenset[str]().union(*(pack.forces() for pack in packs))
        self.turning_days = tuple(sorted({clock.in_force_from for clock in self.clocks if clock.in_force_from}))
        self._affected: dict[frozenset[int], tuple[Clock, ...]] = {}

    def affected(self, places: frozenset[int]) -> tuple[Clock, ...]:
        """The clocks that listen to any of these fields of the state."""
        found = self._affected.get(places)
        if found is None:
            found = self._affected[places] = tuple(clock for clock in self.clocks if clock.places & places)
        return found

    def check_force(self, force: str) -> None:
        """Raise UnknownForce where a table asks for the force and does not know this one."""
        if self.forces and force not in self.forces:
            raise UnknownForce(force, sorted(self.forces))


@lru_cache(maxsize=32)
def plan_for(packs: Pack | tuple[Pack, ...]) -> Plan:
    """The plan of one pack, whatever its dates; or of several, each on its own days. Kept: packs never change."""
    if isinstance(packs, Pack):
        return Plan((packs,), dated=False)
    return Plan(packs, dated=True)


def _by_kind(pairs: Iterable[tuple[str, Clock]]) -> Mapping[str, tuple[Clock, ...]]:
    found: dict[str, list[Clock]] = {}
    for kind, clock in pairs:
        found.setdefault(kind, []).append(clock)
    return {kind: tuple(clocks) for kind, clocks in found.items()}


def _engine_effects(kind: str) -> tuple[tuple[int, str, Value, bool], ...]:
    """Effects as (place, detail, value, kept when not said), for the fields that the engine knows."""
    return tuple(
        (PLACE[effect.field], effect.detail, effect.value, effect.field in KEPT_WHEN_NOT_SAID)
        for effect in EFFECTS[kind]
        if effect.field in PLACE
    )
