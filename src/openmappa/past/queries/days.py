"""Past days that were asked for: whether they are ready, and how far the others are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openmappa.accounts.models import Area
from openmappa.past.models import PastDay


@dataclass(frozen=True)
class Past:
    """A past day over some areas, in one of its two readings; ``days`` are those asked for, at most one an area."""

    areas: Sequence[Area]
    on: date
    known: bool
    days: Sequence[PastDay]

    @property
    def is_asked(self) -> bool:
        """Whether each area's was asked for."""
        return len(self.days) == len(self.areas)

    @property
    def is_ready(self) -> bool:
        """Whether each area's has been worked out."""
        return self.is_asked and all(day.is_ready for day in self.days)

    @property
    def ids(self) -> list[int]:
        """What the database's functions call these days by."""
        return [day.pk for day in self.days]

    @property
    def began_at(self) -> datetime | None:
        """The moment whose record it was worked out from: the first of several."""
        return min((day.began_at for day in self.days if day.began_at), default=None)

    @property
    def cases(self) -> int:
        """How many cases there are to go through, as far as that is known."""
        return sum(day.cases for day in self.days)

    @property
    def done(self) -> int:
        """How many of them have been gone through."""
        return sum(day.done for day in self.days)

    @property
    def waits(self) -> bool:
        """Whether none of them has been begun."""
        return not any(day.began_at for day in self.days)


def past(areas: Sequence[Area], on: date, *, known: bool) -> Past:
    """The past day over these areas, as far as it was asked for. One query."""
    return Past(areas, on, known, list(PastDay.objects.of(list(areas), on, known=known)))
