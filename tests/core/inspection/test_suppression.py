"""No hidden count of a published table can be worked out: tried with every other table that fits what is shown."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from openmappa.core.inspection.proportions import SMALLEST
from openmappa.core.inspection.suppression import PublishedTable, published_table

Table = list[list[int]]
TABLES = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 9), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


def flat(table: PublishedTable) -> list[int | None]:
    """Everything that is shown, row by row, then the totals."""
    return [*(count for row in table.cells for count in row), *table.rows, *table.columns, table.whole]


def with_totals(cells: Table) -> list[int]:
    """The same of the counts themselves."""
    return [
        *(count for row in cells for count in row),
        *map(sum, cells),
        *(sum(column) for column in zip(*cells, strict=True)),
        sum(map(sum, cells)),
    ]


def others_that_fit(cells: Table, shown: list[int | None]) -> Iterator[list[int]]:
    """Every table that agrees with what is shown and whose hidden counts are up to one away from the true ones."""
    wide, tall = len(cells[0]), len(cells)
    rows: list[list[tuple[int, ...]]] = []
    for at, row in enumerate(cells):
        ways = [
            range(max(0, count - 1), count + 2) if shown[wide * at + place] is None else (count,)
            for place, count in enumerate(row)
        ]
        total = shown[wide * tall + at]
        rows.append([way for way in product(*ways) if total in (None, sum(way))])
    for chosen in product(*rows):
        other = with_totals([list(row) for row in chosen])
        if all(seen is None or seen == count for seen, count in zip(shown, other, strict=True)):
            yield other


@given(TABLES)
@settings(deadline=None)
@example([[0, 0, 5], [5, 5, 9], [9, 9, 0]])
@example([[3, 9], [9, 9]])
@example([[12, 12], [12, 7], [3, 1]])
@example([[12, 0, 12], [9, 0, 0]])
@example([[1, 0, 9], [0, 9, 9], [9, 9, 9]])
def test_every_hidden_count_could_be_another_one(cells: Table) -> None:
    shown, true = flat(published_table(cells)), with_totals(cells)
    assert all(count in (None, true[place]) for place, count in enumerate(shown))
    known = {place for place, count in enumerate(shown) if count is None}
    for other in others_that_fit(cells, shown):
        known -= {place for place in known if other[place] != true[place]}
        if not known:
            break
    assert not known, "these follow from the rest"


@given(TABLES)
@settings(deadline=None)
def test_no_count_under_five_is_shown_or_left_over_by_a_line_whose_total_is_shown(cells: Table) -> None:
    table = published_table(cells)
    assert all(count is None or count >= SMALLEST for count in flat(table))
    lines = [*zip(table.cells, table.rows, strict=True), (table.rows, table.whole), (table.columns, table.whole)]
    lines += list(zip(zip(*table.cells, strict=True), table.columns, strict=True))
    for parts, total in lines:
        hidden = [part for part in parts if part is None]
        if total is not None and hidden:
            assert len(hidden) > 1
            assert total - sum(part or 0 for part in parts) >= SMALLEST


@given(st.lists(st.lists(st.integers(SMALLEST, 99), min_size=3, max_size=3), min_size=1, max_size=5))
@settings(deadline=None)
def test_a_table_without_a_small_count_is_shown_as_it_is(cells: Table) -> None:
    table = published_table(cells)
    assert [list(row) for row in table.cells] == cells
    assert flat(table) == with_totals(cells)


def test_one_small_count_takes_three_with_it_and_leaves_the_totals() -> None:
    table = published_table([[3, 20, 30], [12, 15, 40], [25, 35, 50]])
    assert table.cells == ((None, None, 30), (None, None, 40), (25, 35, 50))
    assert (table.rows, table.columns, table.whole) == ((53, 67, 110), (40, 70, 120), 230)


def test_a_row_under_five_hides_its_total_and_another_so_that_it_does_not_follow() -> None:
    table = published_table([[1, 2], [30, 40], [50, 60]])
    assert table.rows == (None, None, 110)
    assert table.cells == ((None, None), (None, None), (50, 60))
    assert (table.columns, table.whole) == ((81, 102), 183)


def test_a_ring_that_would_take_from_nought_both_ways_is_not_enough_and_one_more_count_is_hidden() -> None:
    """Each line hides two counts, 9 or more together; and yet they follow: 0 + 5, 7 + 0 and 12 + 9 make one ring, and
    each way round takes one from a nought. So 12 of the second row goes as well."""
    table = published_table([[0, 12, 5], [12, 0, 7], [9, 12, 12]])
    assert table.cells == ((None, 12, None), (None, None, None), (None, None, 12))
    assert (table.rows, table.columns, table.whole) == ((17, 19, 33), (21, 24, 24), 69)


def test_a_table_of_nought_shows_nothing() -> None:
    assert flat(published_table([[0, 0], [0, 0]])) == [None] * 9


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([], "one row and one column"),
        ([[]], "one row and one column"),
        ([[1], [1, 2]], "equally long"),
        ([[-1]], "under 0"),
    ],
)
def test_what_is_no_table_of_counts_is_refused(cells: Table, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        published_table(cells)
