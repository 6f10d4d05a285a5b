"""What the record knows of a case before anything stands behind its facts."""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from openmappa.core.standards.facts import Fact


class Known(NamedTuple):
    """A generated case as it was imported: the person, and its facts in the order in which they happened."""

    reference: str
    born_on: date
    sex: str
    facts: tuple[Fact, ...]

    def of_kind(self, *kinds: str) -> Iterator[tuple[int, Fact]]:
        """The facts of these kinds, each with its place among all."""
        return ((place, fact) for place, fact in enumerate(self.facts) if fact.kind in kinds)

    def of_kind_before(self, place: int, *kinds: str) -> Iterator[tuple[int, Fact]]:
        """Those of them that stand before a place."""
        return takewhile(lambda found: found[0] < place, self.of_kind(*kinds))

    @property
    def at_risk_from(self) -> date:
        """The day on which the person was first at liberty after the conviction: release, or the day of the order."""
        return next((fact.on for _, fact in self.of_kind("order_started")), self.facts[0].on)

    @property
    def age_at_risk(self) -> int:
        """The age in whole years on that day."""
        return age_on(self.born_on, self.at_risk_from)

    @property
    def age_at_sentence(self) -> int:
        """The age on the day of the sentence: of the prison sentence where there was one before the order."""
        kinds = ("custody_started", "order_started", "registered")
        return age_on(self.born_on, next((fact.on for _, fact in self.of_kind(*kinds)), self.facts[0].on))


def age_on(born_on: date, day: date) -> int:
    """A person's age in whole years on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
