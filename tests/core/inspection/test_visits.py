"""Which row of Table 7 a mean interval between visits belongs to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.inspection.visits import MONTH, ends_of, row_of

TABLE_7 = (0.25, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)


@pytest.mark.parametrize(
    ("days", "months"),
    [(7, 0.25), (19, 0.25), (20, 1), (30, 1), (45, 1), (46, 2), (91, 3), (183, 6), (365, 12), (380, 12)],
)
def test_a_mean_interval_belongs_to_the_nearest_months(days: float, months: float) -> None:
    assert TABLE_7[row_of(days, TABLE_7)] == months


def test_half_way_belongs_to_the_longer_months_and_beyond_the_last_to_none() -> None:
    assert TABLE_7[row_of(1.5 * MONTH, TABLE_7)] == 2
    assert row_of(12.5 * MONTH, TABLE_7) == len(TABLE_7)


@given(st.floats(0, 380), st.sampled_from([TABLE_7, (1.0, 3.0, 6.0), (12.0,)]))
def test_no_other_months_are_nearer(days: float, rows: tuple[float, ...]) -> None:
    place = row_of(days, rows)
    if place < len(rows):
        nearest = min(abs(months * MONTH - days) for months in rows)
        assert abs(rows[place] * MONTH - days) == pytest.approx(nearest)
    else:
        assert days >= (rows[-1] + 0.5) * MONTH


@pytest.mark.parametrize("rows", [(), (0, 1), (2, 1), (1, 1)])
def test_rows_that_do_not_rise_are_refused(rows: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="Rows of months rise"):
        ends_of(rows)
