"""The answer to a what-if question, as its readers want it: by month, by who does the work, against their capacity."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from openmappa.core.workload.activities import UNIT_OF, Whose
from openmappa.core.workload.sums import NOTHING, Count, Counts, Sum, added_up
from openmappa.core.workload.what_if import Counted, Question

MINUTES = 60


class By(StrEnum):
    """Who the work is added up for."""

    OFFICER = "officer"
    UNIT = "unit"
    AREA = "area"


class Group(NamedTuple):
    """Somebody the work is added up for: the area ("" where a person works in several), the role or unit, the name.

    ``name`` is empty where the file names nobody.
    """

    area: str
    role: str
    name: str


class Load(NamedTuple):
    """The work of a group month by month, and the minutes a month that it has for it (None: not known).

    ``held`` is the part of each month's minutes that is held against the capacity: work of the roles that have one,
    without what was overdue before the first month (``overdue``, in minutes), which nobody could do in time.
    """

    group: Group
    months: tuple[Sum, ...]
    held: tuple[int, ...]
    overdue: int
    capacity: int | None

    @property
    def months_over(self) -> int:
        """In how many months there is more work than capacity."""
        return 0 if self.capacity is None else sum(held > self.capacity for held in self.held)

    @property
    def fullest(self) -> int:
        """The minutes held against the capacity in the month that has the most of them."""
        return max(self.held, default=0)


class Answer:
    """What was counted, for the pack (first) and for each draft, and how it adds up."""

    def __init__(self, question: Question, cases: int, counted: tuple[Counted, ...]) -> None:
        self.question = question
        self.cases = cases
        self.counted = counted
        self.minutes: Mapping[str, int] = {
            name: activity.minutes for name, activity in question.workload.activities.items()
        }
        self._people = _people(counted)

    def by_standard(self, counts: Counts) -> dict[str, Sum]:
        """Added up by standard."""
        return added_up(counts, self.minutes, lambda entry: entry.standard)

    def by_month(self, counts: Counts) -> dict[int, Sum]:
        """Added up by month."""
        return added_up(counts, self.minutes, lambda entry: entry.month)

    def loads(self, counts: Counts, by: By) -> dict[Group, Load]:
        """The work to come of each group, month by month. A group with people and no work is not there."""
        months = range(self.question.months)
        capacities = self.question.workload.capacities
        sums = added_up(counts, self.minutes, lambda entry: (group_of(entry.whose, by), entry.month))
        held = added_up(
            {
                entry: Count(number - late, 0)
                for entry, (number, late) in counts.items()
                if entry.whose.role in capacities
            },
            self.minutes,
            lambda entry: (group_of(entry.whose, by), entry.month),
        )
        overdue = self._overdue(counts, by)
        return {
            group: Load(
                group,
                tuple(sums.get((group, month), NOTHING) for month in months),
                tuple(held.get((group, month), NOTHING).minutes for month in months),
                overdue.get(group, NOTHING).minutes,
                self._capacity(group, by),
            )
            for group in sorted({group for group, _ in sums})
        }

    def overdue_minutes(self, counts: Counts) -> int:
        """The minutes of all work that was overdue before the first month."""
        return sum(found.minutes for found in self._overdue(counts, By.AREA).values())

    def _overdue(self, counts: Counts, by: By) -> dict[Group, Sum]:
        late = {entry: Count(found.late, 0) for entry, found in counts.items() if found.late}
        return added_up(late, self.minutes, lambda entry: group_of(entry.whose, by))

    def _capacity(self, group: Group, by: By) -> int | None:
        """The minutes a month of the people whom the file names in this group; None where it names none."""
        capacities = self.question.workload.capacities
        people = self._people[by].get(group, frozenset())
        hours = [capacities[role].hours for role, _ in people if role in capacities]
        return sum(hours) * MINUTES if hours else None


@cache
def group_of(whose: Whose, by: By) -> Group:
    """The group that somebody belongs to. A person is one group, in whatever areas."""
    if by is By.AREA:
        return Group(whose.area, "", "")
    if by is By.UNIT:
        return Group(whose.area, UNIT_OF.get(whose.role, whose.role), "")
    return Group("" if whose.person else whose.area, whose.role, whose.person)


def _people(counted: tuple[Counted, ...]) -> dict[By, dict[Group, frozenset[tuple[str, str]]]]:
    """Who belongs to each group, as (role, name), of everybody whom the file names with any work, past or to come."""
    everybody = {entry.whose for one in counted for counts in one for entry in counts if entry.whose.person}
    found: dict[By, dict[Group, frozenset[tuple[str, str]]]] = {}
    for by in By:
        groups: dict[Group, set[tuple[str, str]]] = {}
        for whose in everybody:
            groups.setdefault(group_of(whose, by), set()).add((whose.role, whose.person))
        found[by] = {group: frozenset(people) for group, people in groups.items()}
    return found
