"""Over which areas and days a page of figures counts, and whether as things are or as of a past day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openmappa.accounts.models import Area
from openmappa.core.dates import add_months
from openmappa.past.queries.days import Past

PERIODS = (3, 6, 12, 24)
"""The months that a reader can choose between."""
USUAL = 12


@dataclass(frozen=True)
class Period:
    """The last so many months up to a day, both ends included, and as many before them."""

    months: int
    until: date

    @property
    def since(self) -> date:
        """Its first day."""
        return add_months(self.until, -self.months) + timedelta(days=1)

    @property
    def before_since(self) -> date:
        """The first day of the months before."""
        return add_months(self.until, -2 * self.months) + timedelta(days=1)


@dataclass(frozen=True)
class Scope:
    """Some areas in a period; ``past`` where it ends on a past day as that stood, or was known, then."""

    areas: Sequence[Area]
    period: Period
    past: Past | None = None

    @property
    def values(self) -> tuple[list[int] | None, list[int]]:
        """What the functions of the database that count begin with: past days, none for the present, and areas."""
        return (self.past.ids if self.past else None), [area.pk for area in self.areas]

    @property
    def since(self) -> date:
        """The first day of the period."""
        return self.period.since

    @property
    def until(self) -> date:
        """The last day of the period."""
        return self.period.until


def period_asked(months: str, until: date) -> Period:
    """The period of so many months up to a day; the usual one where it is none of those offered."""
    return Period(next((each for each in PERIODS if str(each) == months), USUAL), until)
