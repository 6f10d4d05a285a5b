"""How MAPPA meetings are held, as a pack gives it: frozen values, and how they are read and checked."""

from collections.abc import Iterable
from dataclasses import dataclass

from openmappa.core.access import Rank, Service
from openmappa.core.bands import HarmLevel
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source
from openmappa.core.standards.facts import KINDS

MEETS_AT = (2, 3)
"""The levels at which agencies meet (7.1)."""


@dataclass(frozen=True, slots=True)
class ForLevel:
    """A number for each level at which agencies meet: months, minutes, or working days."""

    level: int
    number: int
    source: Source


@dataclass(frozen=True, slots=True)
class LowestRank:
    """The lowest rank or grade of whom a service sends to meetings of a level."""

    level: int
    service: Service
    rank: Rank
    source: Source


@dataclass(frozen=True, slots=True)
class ChildRule:
    """From which levels of harm to children, and by which answers of OASys, the child protection unit is told."""

    levels: frozenset[HarmLevel]
    answers: tuple[str, ...]
    source: Source
    levels_source: Source


@dataclass(frozen=True, slots=True)
class VictimRule:
    """The kind of fact that says that there is a victim who is entitled to contact."""

    fact: str
    source: Source


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days."""

    days: int
    source: Source


@dataclass(frozen=True, slots=True)
class StandingItem:
    """One item that stands on every agenda, in its place."""

    slug: str
    title: str
    prompt: str
    source: Source


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """Everything about MAPPA meetings that is a number, a list or a choice."""

    title: str
    reviews: tuple[ForLevel, ...]
    ranks: tuple[LowestRank, ...]
    children: ChildRule
    victims: VictimRule
    minutes: tuple[ForLevel, ...]
    times: tuple[ForLevel, ...]
    access: Days
    agenda: tuple[StandingItem, ...]

    def review_months(self, level: int) -> int:
        """How many months there are at most between two meetings on a case of this level (2 or 3)."""
        return _of_level(self.reviews, level).number

    def minutes_days(self, level: int) -> int:
        """In how many working days minutes of a meeting of this level (2 or 3) stand on every file."""
        return _of_level(self.minutes, level).number

    def case_minutes(self, level: int) -> int:
        """How many minutes a case has in a sitting of this level (2 or 3), where nobody says another time."""
        return _of_level(self.times, level).number

    def lowest_rank(self, level: int, service: Service) -> LowestRank | None:
        """The lowest rank of whom this service sends to a meeting of this level; None where none is asked for."""
        return next((row for row in self.ranks if (row.level, row.service) == (level, service)), None)


def read_mappa_meetings(table: PackTable) -> MeetingRules:
    """The rules from the table of a whole ``mappa_meetings.toml``. Raises PackError with all that is wrong with it."""
    rules = MeetingRules(
        title=table.text("title"),
        reviews=_by_level(table, "review", "months"),
        ranks=tuple(_read_rank(row) for row in table.tables("rank")),
        children=_read_children(table.table("child_protection")),
        victims=_read_victims(table.table("victim_contact")),
        minutes=_by_level(table, "minutes", "working_days"),
        times=_by_level(table, "time", "minutes"),
        access=_read_access(table.table("access")),
        agenda=tuple(
            StandingItem(row.text("slug"), row.text("title"), row.text("prompt"), row.source())
            for row in table.tables("agenda")
        ),
    )
    _once(table, "agenda", [item.slug for item in rules.agenda])
    _once(table, "rank", [f"level {row.level} of the {row.service}" for row in rules.ranks])
    table.finish()
    return rules


def _of_level(rows: Iterable[ForLevel], level: int) -> ForLevel:
    return next(row for row in rows if row.level == level)


def _by_level(table: PackTable, key: str, unit: str) -> tuple[ForLevel, ...]:
    rows = tuple(ForLevel(_level(row), _at_least_one(row, unit), row.source()) for row in table.tables(key))
    if sorted(row.level for row in rows) != list(MEETS_AT):
        table.problem(f"`{key}` must stand there once for level 2 and once for level 3.")
    return rows


def _level(row: PackTable) -> int:
    level = row.whole("level")
    if level not in MEETS_AT:
        row.problem(f"`level` is {level}; agencies meet at level 2 and at level 3.")
    return level


def _at_least_one(row: PackTable, key: str) -> int:
    number = row.whole(key)
    if number == 0:
        row.problem(f"`{key}` must be 1 or more.")
    return number


def _read_rank(row: PackTable) -> LowestRank:
    return LowestRank(_level(row), row.choice("service", Service), row.choice("rank", Rank), row.source())


def _read_children(row: PackTable) -> ChildRule:
    known = [level.value for level in HarmLevel]
    levels = row.words("levels")
    if unknown := sorted(set(levels) - set(known)):
        row.problem(f"`levels` has {', '.join(unknown)}; the levels of harm are {', '.join(known)}.")
    return ChildRule(
        levels=frozenset(HarmLevel(level) for level in levels if level in known),
        answers=tuple(row.words("answers")),
        source=row.source(),
        levels_source=row.source("levels_source"),
    )


def _read_victims(row: PackTable) -> VictimRule:
    fact = row.text("fact")
    if fact and fact not in KINDS:
        row.problem(f"`fact` is {fact!r}, and there is no such kind of fact.")
    return VictimRule(fact, row.source())


def _read_access(row: PackTable) -> Days:
    return Days(_at_least_one(row, "days_after"), row.source())


def _once(table: PackTable, key: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        table.problem(f"`{key}` has more than one row for {', '.join(twice)}; leave one.")
