"""The engine once more, slow and literal: every calendar day, every standard, straight from the page that defines them.

It shares nothing with the real one but the pack and the counting of days, so that one can be held against the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from openmappa.core.dates import add_months, add_working_days
from openmappa.core.packs.model import ClockKind, Pack, Standard, Unit
from openmappa.core.standards.facts import Fact

State = Mapping[str, Any]
Row = tuple[Any, ...]


@dataclass
class Followed:
    """A duty in the making."""

    standard: Standard
    opened_on: date
    due_on: date
    start: Fact | None
    position: int | None
    interval: int | None
    met_on: date | None = None
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.closed_on is None


def state_after(facts: Sequence[Fact], force: str) -> State:
    """Section 2, fact by fact."""
    now: dict[str, Any] = dict.fromkeys(("band", "harm", "mappa_level", "mappa_category", "visit_months"))
    now |= {"supervised": False, "in_custody": False, "registered": False, "closed": False, "force": force}
    for fact in facts:
        if fact.kind in ("order_started", "order_ended"):
            now["supervised"] = fact.kind == "order_started"
        if fact.kind in ("custody_started", "custody_ended"):
            now["in_custody"] = fact.kind == "custody_started"
        if fact.kind in ("registered", "registration_ended"):
            now["registered"] = fact.kind == "registered"
        if fact.kind == "rm2000_completed":
            now["band"] = fact.details["band"]
        if fact.kind == "oasys_completed" and "harm" in fact.details:
            now["harm"] = fact.details["harm"]
        if fact.kind == "harm_level_set":
            now["harm"] = fact.details["level"]
        if fact.kind == "mappa_level_set":
            now["mappa_level"], now["mappa_category"] = fact.details["level"], fact.details["category"]
        if fact.kind == "visit_interval_set":
            now["visit_months"] = fact.details["months"]
        if fact.kind == "case_closed":
            now["closed"] = True
    return now


def holds(standard: Standard, state: State) -> bool:
    """``while``, and not closed."""
    if state["closed"]:
        return False
    for name, allowed in standard.while_:
        if state[name] is None or (allowed is not None and state[name] not in allowed):
            return False
    return True


def interval_of(standard: Standard, state: State, pack: Pack) -> int | None:
    """What the table gives; 0 for every other allowance, which does not depend on the state."""
    if standard.allowed.unit is not Unit.TABLE:
        return 0
    table = pack.tables[standard.allowed.name]
    if table.first and state[table.first] is not None:
        return int(state[table.first])
    return table.rows.get(tuple(state[name] for name in table.by))


def due(standard: Standard, day: date, interval: int, start: Fact | None) -> date:
    allowed = standard.allowed
    if allowed.unit is Unit.FACT:
        assert start is not None
        agreed = start.details[allowed.name]
        assert isinstance(agreed, date)
        return agreed
    if allowed.unit is Unit.WORKING_DAYS:
        return add_working_days(day, allowed.amount)
    if allowed.unit is Unit.DAYS:
        return day + timedelta(days=allowed.amount)
    if allowed.unit is Unit.WEEKS:
        return day + timedelta(weeks=allowed.amount)
    return add_months(day, allowed.amount if allowed.unit is Unit.MONTHS else interval)


def matches(standard: Standard, start: Fact | None, fact: Fact) -> bool:
    """Whether a fact meets a duty."""
    if standard.key and (start is None or start.details[standard.key] != fact.details.get(standard.key)):
        return False
    return any(
        match.kind == fact.kind and all(fact.details.get(name) in values for name, values in match.details)
        for match in standard.met_by
    )


def outcome(duty: Followed, day: date) -> str:
    """Section 5."""
    if duty.met_on:
        return "met" if duty.met_on <= duty.due_on else "met_late"
    if duty.closed_on:
        return "lapsed" if duty.closed_on <= duty.due_on else "missed"
    return "due" if day <= duty.due_on else "overdue"


class Reference:
    """One case under one standard."""

    def __init__(self, standard: Standard, pack: Pack, force: str) -> None:
        self.standard, self.pack, self.force = standard, pack, force
        self.duties: list[Followed] = []

    def day(self, day: date, before: list[tuple[int, Fact]], today: list[tuple[int, Fact]]) -> None:
        """Section 4, step by step. ``before`` are the facts of earlier days."""
        standard = self.standard
        yesterday = state_after([fact for _, fact in before], self.force)
        now = state_after([fact for _, fact in [*before, *today]], self.force)
        continued = None
        for duty in self.duties:  # 1
            if duty.is_open:
                met_by = [(position, fact) for position, fact in today if matches(standard, duty.start, fact)]
                if met_by:
                    duty.met_on, continued = day, met_by[0]
        for duty in self.duties:  # 3
            if duty.is_open and not holds(standard, now):
                duty.closed_on = day
        if standard.clock is ClockKind.EVERY:
            self._move(day, now)
            self._open_cycle(day, now, continued)
            return
        opened = [
            Followed(standard, day, due(standard, day, 0, start), start, position, 0)
            for position, start in self._starts(day, yesterday, now, before, today)
            if holds(standard, now)
        ]
        for duty in opened:  # 6
            if any(matches(standard, duty.start, fact) for _, fact in today):
                duty.met_on = day
        self.duties += opened

    def _move(self, day: date, now: State) -> None:  # 4
        interval = interval_of(self.standard, now, self.pack)
        for duty in self.duties:
            if not duty.is_open or interval == duty.interval:
                continue
            if interval is None:
                duty.closed_on = day
                continue
            loosened = add_months(duty.opened_on, interval)
            duty.due_on = loosened if loosened >= duty.due_on else min(duty.due_on, add_months(day, interval))
            duty.interval = interval

    def _open_cycle(self, day: date, now: State, continued: tuple[int, Fact] | None) -> None:  # 5, every
        interval = interval_of(self.standard, now, self.pack)
        if interval is None or not holds(self.standard, now) or any(duty.is_open for duty in self.duties):
            return
        position, start = continued or (None, None)
        self.duties.append(
            Followed(self.standard, day, due(self.standard, day, interval, start), start, position, interval)
        )

    def _starts(
        self, day: date, yesterday: State, now: State, before: list[tuple[int, Fact]], today: list[tuple[int, Fact]]
    ) -> list[tuple[int | None, Fact | None]]:  # 5, once
        standard = self.standard
        if standard.when:
            return [(None, None)] if holds(standard, now) and not holds(standard, yesterday) else []
        if standard.on_change:
            field = standard.on_change
            if yesterday[field] is None or now[field] is None or yesterday[field] == now[field]:
                return []
            changed_by = None
            for place, (_position, _fact) in enumerate(today):
                was = state_after([fact for _, fact in [*before, *today[:place]]], self.force)[field]
                is_now = state_after([fact for _, fact in [*before, *today[: place + 1]]], self.force)[field]
                if was != is_now:
                    changed_by = today[place]
            return [changed_by] if changed_by else []
        match = standard.starts_on
        assert match is not None
        return [
            (position, fact)
            for position, fact in today
            if fact.kind == match.kind and all(fact.details.get(name) in values for name, values in match.details)
        ]


def reference_duties(
    facts: Sequence[Fact], pack: Pack, *, force: str, as_of: date, known_on: date | None = None
) -> list[Row]:
    """Every duty as a row: standard, of, the four days, outcome, because (kind, day, position), source."""
    known = [
        (position, fact)
        for position, fact in enumerate(facts)
        if fact.on <= as_of and (known_on is None or fact.recorded_on <= known_on)
    ]
    rows: list[tuple[tuple[Any, ...], Row]] = []
    if not known:
        return []
    first = min(fact.on for _, fact in known)
    for standard in pack.standards:
        case = Reference(standard, pack, force)
        for ordinal in range(first.toordinal(), as_of.toordinal() + 1):
            day = date.fromordinal(ordinal)
            before = sorted((pair for pair in known if pair[1].on < day), key=lambda pair: pair[1].on)
            case.day(day, before, [pair for pair in known if pair[1].on == day])
        for duty in case.duties:
            start = duty.start
            of = standard.of.name or (str(start.details[standard.of.detail]) if start else "")
            because = ("condition", duty.opened_on, None) if start is None else (start.kind, start.on, duty.position)
            row = (
                standard.id, of, duty.opened_on, duty.due_on, duty.met_on, duty.closed_on,
                outcome(duty, as_of), *because, standard.source,
            )  # fmt: skip
            rows.append(((standard.id, duty.opened_on, duty.due_on, duty.position or 0), row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]
