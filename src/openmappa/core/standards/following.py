"""What the engine follows while it goes through a case's days: duties that are open, and cycles that were met today."""

from datetime import date

from openmappa.core.standards.clocks import Clock
from openmappa.core.standards.facts import Fact


class Followed:
    """A duty that is being followed."""

    __slots__ = ("clock", "closed_on", "due_on", "interval", "met_on", "opened_on", "position", "start")

    def __init__(self, clock: Clock, day: date, interval: int, start: Fact | None, position: int | None) -> None:
        self.clock = clock
        self.opened_on = day
        self.interval = interval
        self.start = start
        self.position = position
        self.due_on = clock.due(day, interval, start)
        self.met_on: date | None = None
        self.closed_on: date | None = None

    @property
    def of(self) -> str:
        """Whose duty it is: a fixed name, or what the starting fact says."""
        fixed = self.clock.standard.of
        return fixed.name if fixed.name or self.start is None else str(self.start.details[fixed.detail])

    def under(self, clock: Clock) -> "Followed":
        """The same duty, as it stands, in another plan: under that plan's clock of the same standard."""
        copy = Followed.__new__(Followed)
        copy.clock = clock
        copy.opened_on, copy.due_on, copy.interval = self.opened_on, self.due_on, self.interval
        copy.start, copy.position = self.start, self.position
        copy.met_on, copy.closed_on = self.met_on, self.closed_on
        return copy

    def shares_key_with(self, fact: Fact) -> bool:
        """Whether the fact has the starting fact's value of the key, where the standard names one."""
        key = self.clock.key
        return not key or (self.start is not None and fact.details.get(key) == self.start.details.get(key))


class Met:
    """A cycle that was met today, and by which fact."""

    __slots__ = ("clock", "fact", "position")

    def __init__(self, clock: Clock, fact: Fact, position: int) -> None:
        self.clock = clock
        self.fact = fact
        self.position = position
