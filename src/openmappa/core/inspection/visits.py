"""How often somebody was visited, in months: which row of Table 7 a mean interval between visits belongs to (7.14).

Table 7 sets the months that were planned beside those that came of it. An interval is that between a visit that counts
and the one before it; of several intervals, the mean. It belongs to the row whose months are nearest, half way to the
longer one. Beyond half a month over the last row it is longer than any: the table of the report has no such row, since
it printed none.
"""

from collections.abc import Sequence
from itertools import pairwise

MONTH = 30.4375
"""The days of a month on average: 365.25 in twelve."""


def ends_of(rows: Sequence[float]) -> tuple[float, ...]:
    """The days at which each row of months gives way to the next, and the last to what is longer than any.

    A mean of so many days belongs to the row whose place is the number of ends at it or below; past the last, to none.
    ValueError unless the months rise from above nought.
    """
    if not rows or rows[0] <= 0 or any(later <= earlier for earlier, later in pairwise(rows)):
        raise ValueError("Rows of months rise, and the first is above nought.")
    middles = [(earlier + later) / 2 for earlier, later in pairwise(rows)]
    return tuple(months * MONTH for months in (*middles, rows[-1] + 0.5))


def row_of(days: float, rows: Sequence[float]) -> int:
    """The place of the row that a mean of so many days belongs to; the number of rows where it is longer than any."""
    return sum(end <= days for end in ends_of(rows))
