"""How long the work takes that standards ask for, and how many hours people have: as a pack gives it, and its reading.

All of it is assumption unless its source says otherwise; who asks "what if" may bring figures of their own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from openmappa.core.errors import PackError
from openmappa.core.packs.model import Pack
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Certainty, Source

MOST_MINUTES, MOST_HOURS = 6_000, 744
"""What one activity may take (a hundred hours), and what a month has at most."""
OWN = Source("(A): given with the question", Certainty.OURS)


@dataclass(frozen=True, slots=True)
class Activity:
    """The work of meeting a standard once, in minutes; ``done_by`` where it is another's than the duty's ("")."""

    standard: str
    minutes: int
    done_by: str
    source: Source


@dataclass(frozen=True, slots=True)
class Capacity:
    """The hours a month that somebody in a role has for this work."""

    role: str
    hours: int
    source: Source


@dataclass(frozen=True, slots=True)
class WorkloadRules:
    """Activities by standard, and capacities by role."""

    title: str
    activities: Mapping[str, Activity]
    capacities: Mapping[str, Capacity]

    def without_time(self, packs: Iterable[Pack]) -> list[str]:
        """The standards of these packs that no activity gives a time for."""
        asked = {standard.id for pack in packs for standard in pack.standards}
        return sorted(asked - set(self.activities))

    def with_own(self, minutes: Mapping[str, int], hours: Mapping[str, int]) -> "WorkloadRules":
        """These rules with somebody's own minutes by standard and hours by role; only what differs is theirs.

        Raises PackError for a number that is out of reason.
        """
        problems = [
            f"{name}: {found} is no time for this; write 1 to {most:,}."
            for given, most in ((minutes, MOST_MINUTES), (hours, MOST_HOURS))
            for name, found in given.items()
            if not 1 <= found <= most
        ]
        if problems:
            raise PackError(*problems)
        activities, capacities = dict(self.activities), dict(self.capacities)
        for standard, number in minutes.items():
            known = activities.get(standard)
            if known is None or known.minutes != number:
                activities[standard] = Activity(standard, number, known.done_by if known else "", OWN)
        for role, number in hours.items():
            if role not in capacities or capacities[role].hours != number:
                capacities[role] = Capacity(role, number, OWN)
        return replace(self, activities=activities, capacities=capacities)


def read_workload(table: PackTable) -> WorkloadRules:
    """The rules from the table of a whole ``workload.toml``. Raises PackError with everything that is wrong."""
    activities: dict[str, Activity] = {}
    for row in table.tables("activity"):
        one = _activity(row)
        if one.standard in activities:
            row.problem("there is another activity for this standard; keep one.")
        activities[one.standard] = one
    capacities: dict[str, Capacity] = {}
    for row in table.tables("capacity"):
        role = row.text("role")
        row.where = row.where.rpartition(",")[0] + f", capacity of {role or '?'}"
        if role in capacities:
            row.problem("there is another capacity of this role; keep one.")
        capacities[role] = Capacity(role, _at_most(row, "hours_a_month", MOST_HOURS), row.source())
    rules = WorkloadRules(table.text("title"), activities, capacities)
    table.finish()
    return rules


def _activity(row: PackTable) -> Activity:
    standard = row.text("standard")
    row.where = row.where.rpartition(",")[0] + f", activity for {standard or '?'}"
    done_by = row.text("done_by") if row.has("done_by") else ""
    return Activity(standard, _at_most(row, "minutes", MOST_MINUTES), done_by, row.source())


def _at_most(row: PackTable, name: str, most: int) -> int:
    found = row.whole(name)
    if found > most:
        row.problem(f"`{name}` is {found}; write {most:,} at most.")
    return found
