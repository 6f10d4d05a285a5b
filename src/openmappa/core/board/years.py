"""The year of a board and of its annual report: from 1 April to 31 March."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True, slots=True)
class BoardYear:
    """The year that begins on 1 April of ``start``."""

    start: int

    @property
    def since(self) -> date:
        """Its first day."""
        return date(self.start, 4, 1)

    @property
    def until(self) -> date:
        """Its last day."""
        return date(self.start + 1, 3, 31)

    @property
    def name(self) -> str:
        """As pages name it: ``April 2004 to March 2005``."""
        return f"April {self.start} to March {self.start + 1}"

    @property
    def short(self) -> str:
        """As a heading of a table names it: ``2004/05``."""
        return f"{self.start}/{(self.start + 1) % 100:02}"

    @property
    def before(self) -> "BoardYear":
        """The year before."""
        return BoardYear(self.start - 1)

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.since <= day <= self.until


def year_of(day: date) -> BoardYear:
    """The year in which a day lies."""
    return BoardYear(day.year if day.month >= 4 else day.year - 1)
