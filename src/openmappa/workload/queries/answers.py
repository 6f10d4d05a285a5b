"""The answer to a question, in the lines and words of its page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openmappa.core.standards.reasons import whose
from openmappa.core.workload.answer import MINUTES, By
from openmappa.core.workload.chart import HoursChart, hours_chart
from openmappa.core.workload.digest import Json
from openmappa.workload.queries.drafts import NAMES

NOW = "Now"
WIDE, NARROW = 940, 420
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Cell:
    """A count under one set of standards: how many, hours (or how many late), and how that differs from now."""

    number: int
    amount: str
    change: str


@dataclass(frozen=True)
class Row:
    """A line of a table: its name, a note such as the minutes each, and a cell for each set of standards."""

    name: str
    note: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Burden:
    """What one set of standards means for a group: hours in all, the fullest month, and the months over capacity."""

    hours: str
    fullest: str
    over: Sequence[str]


@dataclass(frozen=True)
class Group:
    """Somebody the work is added up for, with the hours a month they have ("" for not known), and overdue already."""

    name: str
    capacity: str
    overdue: str
    burdens: Sequence[Burden]


@dataclass(frozen=True)
class Over:
    """How many of those whose hours are known have too much work in some month, under one set of standards."""

    name: str
    number: int
    of: int


@dataclass(frozen=True)
class Draft:
    """A draft: its name, title, the day it takes over, and what it changes."""

    name: str
    title: str
    takes_over: date
    changes: Sequence[str]


@dataclass(frozen=True)
class Shown:
    """The whole page. ``hidden`` people have work and are not named to this reader."""

    names: Sequence[str]
    drafts: Sequence[Draft]
    cases: int
    first: date
    past_first: date
    activities: Sequence[Row]
    all_activities: Row
    months: Sequence[Row]
    overdue: str
    charts: Sequence[HoursChart]
    by: By
    over: Sequence[Over]
    groups: Sequence[Group]
    hidden: int
    past: Sequence[Row]
    all_past: Row
    hours: Mapping[str, int]


def shown(answer: Json, by: By, people: Mapping[str, str], areas: Mapping[str, str]) -> Shown:
    """An answer by officer, unit or area. ``people`` are those who may be named, ``areas`` the names of areas."""
    plans = answer["plans"]
    names = [NOW, *NAMES][: len(plans)]
    starts = [date.fromisoformat(day) for day in answer["starts"]]
    loads = [{(load[0], load[1], load[2]): load for load in plan["loads"][by.value]} for plan in plans]
    keys = sorted({key for found in loads for key in found})
    named = [key for key in keys if by is not By.OFFICER or not key[2] or key[2] in people]
    months = [month_name(day) for day in starts[:-1]]
    hours = [(name, [one[1] / MINUTES for one in plan["months"]]) for name, plan in zip(names, plans, strict=True)]
    labels = [f"{SHORT_MONTHS[day.month - 1]} {day:%y}" for day in starts[:-1]]
    groups = [_group(key, loads, starts, people, areas) for key in named]
    return Shown(
        names=names,
        drafts=[
            Draft(name, plan["title"], date.fromisoformat(plan["from"]), plan["changes"])
            for name, plan in zip(NAMES, plans[1:], strict=False)
        ],
        cases=answer["cases"],
        first=starts[0],
        past_first=date.fromisoformat(answer["past_starts"][0]),
        activities=list(_activities(answer)),
        all_activities=_work("All work", "", [_total(plan["activities"].values(), 3) for plan in plans]),
        months=[
            _work(
                name, "", [(one[0], one[2], one[1]) for one in (plan["months"][place] for plan in plans)], people=True
            )
            for place, name in enumerate(months)
        ],
        overdue=_hours(plans[0]["overdue"]) if plans[0]["overdue"] else "",
        charts=[hours_chart(labels, hours, width=width) for width in (WIDE, NARROW)],
        by=by,
        over=[_over(name, found) for name, found in zip(names, loads, strict=True)],
        groups=sorted(groups, key=lambda group: (-max(len(one.over) for one in group.burdens), group.name)),
        hidden=len(keys) - len(named),
        past=list(_past(answer)),
        all_past=_late("All standards", [_total(plan["past"].values(), 2) for plan in plans]),
        hours={whose(role): number for role, number in answer["hours"].items()},
    )


def month_name(first: date) -> str:
    """A month by its first day: it begins on the day after the last one known."""
    return f"{first.day} {SHORT_MONTHS[first.month - 1]} {first.year}"


def group_name(key: Key, people: Mapping[str, str], areas: Mapping[str, str]) -> str:
    """Whom a line is of: a person by name, what nobody is named for, a unit or an area."""
    area, role, name = key
    place = areas.get(area, area)
    if name:
        return f"{people.get(name, 'Somebody')}, {whose(role).lower()}"
    if not role:
        return place
    return ", ".join(part for part in (whose(role), place) if part)


def _activities(answer: Json) -> Iterator[Row]:
    for standard, title in answer["standards"]:
        found = [plan["activities"].get(standard, (0, 0, 0)) for plan in answer["plans"]]
        if any(one[0] for one in found):
            yield _work(title, f"{answer['minutes'][standard]} minutes each", found)


def _work(name: str, note: str, found: Sequence[Sequence[int]], *, people: bool = False) -> Row:
    """A line of work: number, late (or people over capacity) and minutes under each set of standards."""
    before = found[0][2]
    return Row(
        name,
        note,
        [
            Cell(one[1] if people else one[0], _hours(one[2]), _more(one[2] - before) if place else "")
            for place, one in enumerate(found)
        ],
    )


def _past(answer: Json) -> Iterator[Row]:
    changed = {standard for plan in answer["plans"] for standard in plan["changed"]}
    for standard, title in answer["standards"]:
        if standard in changed:
            yield _late(title, [plan["past"].get(standard, (0, 0)) for plan in answer["plans"]])


def _late(name: str, found: Sequence[Sequence[int]]) -> Row:
    cells = []
    for place, (number, late) in enumerate(found):
        change = late - found[0][1]
        cells.append(Cell(number, f"{late:,}", (f"{change:+,}" if change else "the same") if place else ""))
    return Row(name, "", cells)


def _total(rows: Any, width: int) -> list[int]:
    return [sum(row[place] for row in rows) for place in range(width)]


def _group(
    key: Key,
    loads: Sequence[Mapping[Key, Sequence[Any]]],
    starts: Sequence[date],
    people: Mapping[str, str],
    areas: Mapping[str, str],
) -> Group:
    found = [load.get(key) for load in loads]
    there = next(one for one in found if one is not None)
    capacity = there[3]
    return Group(
        group_name(key, people, areas),
        "" if capacity is None else _hours(capacity),
        _hours(max(one[4] for one in found if one is not None)),
        [_burden(one, capacity, starts) for one in found],
    )


def _burden(load: Sequence[Any] | None, capacity: int | None, starts: Sequence[date]) -> Burden:
    if load is None:
        return Burden(_hours(0), _hours(0), [])
    over = [f"{SHORT_MONTHS[starts[month].month - 1]}" for month in months_over(load, capacity)]
    return Burden(_hours(sum(load[5])), _hours(max(load[6], default=0)), over)


def months_over(load: Sequence[Any], capacity: int | None) -> list[int]:
    """The months in which a group has more work than hours."""
    return [] if capacity is None else [month for month, held in enumerate(load[6]) if held > capacity]


def _over(name: str, loads: Mapping[Key, Sequence[Any]]) -> Over:
    known = [load for load in loads.values() if load[3] is not None]
    return Over(name, sum(bool(months_over(load, load[3])) for load in known), len(known))


def _hours(minutes: int) -> str:
    return f"{minutes / MINUTES:,.1f}"


def _more(minutes: int) -> str:
    return f"{minutes / MINUTES:+,.1f}" if minutes else "the same"
