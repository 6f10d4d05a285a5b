"""Adding up: counts by month, person and standard, and what they come to in minutes."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from openmappa.core.workload.activities import Whose

Key = TypeVar("Key")


class Entry(NamedTuple):
    """What is counted apart: whose it is, the standard, and the month (0 is the first of its period)."""

    whose: Whose
    standard: str
    month: int


class Count(NamedTuple):
    """How many, and how many of them late: overdue before the forecast began, or late in the year that has passed."""

    number: int
    late: int


class Sum(NamedTuple):
    """A count, and the minutes that it comes to."""

    number: int
    late: int
    minutes: int


NOTHING = Sum(0, 0, 0)
Counts = Mapping[Entry, Count]


class Tally:
    """Counts that grow."""

    def __init__(self) -> None:
        self._found: dict[Entry, list[int]] = {}

    def add(self, entry: Entry, number: int, late: int) -> None:
        """Count so many more."""
        found = self._found.get(entry)
        if found is None:
            self._found[entry] = [number, late]
        else:
            found[0] += number
            found[1] += late

    def counts(self) -> dict[Entry, Count]:
        """What has been counted."""
        return {entry: Count(*found) for entry, found in self._found.items()}


def added_up(counts: Counts, minutes: Mapping[str, int], key: Callable[[Entry], Key]) -> dict[Key, Sum]:
    """The counts added up by what ``key`` gives; ``minutes`` says how long each standard takes once."""
    found: dict[Key, list[int]] = {}
    for entry, (number, late) in counts.items():
        place = key(entry)
        so_far = found.get(place)
        if so_far is None:
            found[place] = [number, late, number * minutes[entry.standard]]
        else:
            so_far[0] += number
            so_far[1] += late
            so_far[2] += number * minutes[entry.standard]
    return {place: Sum(*sums) for place, sums in found.items()}


def total(sums: Iterable[Sum]) -> Sum:
    """All of them together."""
    number = late = minutes = 0
    for one in sums:
        number, late, minutes = number + one.number, late + one.late, minutes + one.minutes
    return Sum(number, late, minutes)
