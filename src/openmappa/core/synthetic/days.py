"""Days as whole numbers, with the dates and the working days of the years a caseload covers looked up at once."""

from bisect import bisect_left, bisect_right
from datetime import date

from openmappa.core.dates import is_working_day
from openmappa.core.synthetic.shape import Span


class Calendar:
    """Day numbers (proleptic ordinals) from `first` to `last`: their dates and the working days among them."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.dates = [date.fromordinal(day) for day in range(first, last + 1)]
        self.working = [day for day in range(first, last + 1) if is_working_day(self.date(day))]

    def date(self, day: int) -> date:
        """The date of a day number."""
        return self.dates[day - self.first]

    def open_day(self, day: int) -> int:
        """This day, or the next working day if it is none."""
        return self.working[bisect_left(self.working, day)]

    def working_days_after(self, day: int, count: int) -> int:
        """The working day that is `count` working days after this day; 0 gives this day or the next working day."""
        if count == 0:
            return self.open_day(day)
        return self.working[bisect_right(self.working, day) + count - 1]

    def after(self, day: int, span: Span, count: int) -> int:
        """The day `count` days after this one, counted as the span counts: working days or all days."""
        return self.working_days_after(day, count) if span.working else day + count
