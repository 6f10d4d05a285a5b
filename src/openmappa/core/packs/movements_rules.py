"""What a pack says of planned releases and temporary moves: lead times, who is chased when, what a stay means."""

from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source


class Whom(StrEnum):
    """Whom a stage of chasing goes to."""

    ASKED = "asked"
    MANAGERS = "managers"


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days, and where it comes from."""

    days: int
    source: Source


@dataclass(frozen=True, slots=True)
class ChaseStage:
    """From so many days before a release on, this is who is told that nobody has acknowledged it."""

    days_before: int
    whom: Whom
    source: Source


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of move, or another choice of a list."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class StayRule:
    """From how many days at one place, within how many months, it is notified, and within how many days."""

    days: int
    within_months: int
    notify_days: int
    source: Source


@dataclass(frozen=True, slots=True)
class TravelRule:
    """From how many days abroad notice is given, and how many days before leaving."""

    days: int
    notify_days_before: int
    source: Source
    notice_source: Source


@dataclass(frozen=True, slots=True)
class MovementRules:
    """All of it."""

    title: str
    warning: Days
    chase: tuple[ChaseStage, ...]
    kinds: tuple[Kind, ...]
    access_after: Days
    stay: StayRule
    travel: TravelRule


def read_movements(table: PackTable) -> MovementRules:
    """The rules from the table of a whole `mappa_movements.toml`. Raises PackError with everything that is wrong."""
    rules = MovementRules(
        title=table.text("title"),
        warning=_days(table.table("warning"), "days"),
        chase=tuple(_stage(row) for row in table.tables("chase")),
        kinds=read_kinds(table, "kinds"),
        access_after=_days(table.table("access"), "days_after"),
        stay=_stay(table.table("stay")),
        travel=_travel(table.table("travel")),
    )
    days = [stage.days_before for stage in rules.chase]
    if days != sorted(set(days), reverse=True):
        table.problem("the stages of `chase` must come nearer to the release one after the other.")
    table.finish()
    return rules


def read_kinds(table: PackTable, name: str) -> tuple[Kind, ...]:
    """A list of choices, each with an id of its own."""
    found = tuple(Kind(row.text("id"), row.text("label")) for row in table.tables(name))
    if len({one.id for one in found}) < len(found):
        table.problem(f"two of `{name}` have the same id; give each its own.")
    return found


def from_one_up(table: PackTable, key: str) -> int:
    """A whole number that is not nought."""
    value = table.whole(key)
    if value == 0:
        table.problem(f"`{key}` must be 1 or more.")
    return value


def _days(table: PackTable, key: str) -> Days:
    return Days(from_one_up(table, key), table.source())


def _stage(row: PackTable) -> ChaseStage:
    return ChaseStage(from_one_up(row, "days_before"), row.choice("whom", Whom), row.source())


def _stay(table: PackTable) -> StayRule:
    days, months, notify = (from_one_up(table, key) for key in ("days", "within_months", "notify_days"))
    return StayRule(days, months, notify, table.source())


def _travel(table: PackTable) -> TravelRule:
    days, before = (from_one_up(table, key) for key in ("days", "notify_days_before"))
    return TravelRule(days, before, table.source(), table.source("notice_source"))
