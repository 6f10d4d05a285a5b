"""What of a table is hidden: small cells, and whatever would give one away; tried by solving for what is hidden."""

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.inspection.proportions import SMALLEST, Proportion, published
from openmappa.core.inspection.suppression import Cell
from openmappa.core.inspection.withheld import withheld

BIG = Proportion(50, 100)


def grid(*rows: list[tuple[int, int]]) -> dict[Cell, Proportion]:
    return {(at, place): Proportion(*found) for at, row in enumerate(rows) for place, found in enumerate(row)}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert withheld(grid([(50, 100), (20, 40)], [(30, 90), (5, 10)]), 2, 2) == frozenset()


def test_a_small_cell_takes_another_of_its_row_and_of_its_column_with_it() -> None:
    found = withheld(grid([(2, 30), (20, 40), (40, 90)], [(30, 90), (30, 70), (45, 95)], [(60, 99)] * 3), 3, 3)
    assert found == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_what_is_left_over_is_small_as_well() -> None:
    assert (0, 0) in withheld(grid([(98, 100), (50, 100)], [(50, 100), (50, 100)]), 2, 2)


def test_two_small_cells_that_add_up_to_too_little_take_a_third() -> None:
    found = withheld(
        {(0, 0): Proportion(1, 30), (1, 0): Proportion(2, 30), (2, 0): BIG, (3, 0): Proportion(60, 120)}, 4, 1
    )
    assert {(0, 0), (1, 0), (2, 0)} <= found
    assert (3, 0) not in found
    assert (4, 1) not in found, "the total still leaves"


def test_a_table_of_one_small_cell_is_hidden_whole() -> None:
    assert withheld(grid([(3, 9)]), 1, 1) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_table_of_nothing_is_hidden_whole() -> None:
    assert withheld({}, 0, 0) == {(0, 0)}


def follows(hidden: frozenset[Cell], rows: int, columns: int) -> list[Cell]:
    """The hidden cells that can be worked out from those shown: solving the sums of every row and column for them."""
    unknown = sorted(hidden)
    sums = []
    for line in range(rows + 1):
        sums.append([(-1 if place[1] == columns else 1) * (place[0] == line) for place in unknown])
    for line in range(columns + 1):
        sums.append([(-1 if place[0] == rows else 1) * (place[1] == line) for place in unknown])
    return [unknown[row.index(Fraction(1))] for row in reduced(sums) if sum(map(bool, row)) == 1]


def reduced(matrix: list[list[int]]) -> list[list[Fraction]]:
    """The matrix in reduced row echelon form, by Gauss and Jordan: a row with one number alone says what it is."""
    rows, done = [[Fraction(each) for each in row] for row in matrix], 0
    for column in range(len(rows[0])):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [each / rows[done][column] for each in rows[done]]
        for at, row in enumerate(rows):
            if at != done and row[column]:
                rows[at] = [one - row[column] * other for one, other in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]


def a_table(dice: Random) -> tuple[dict[Cell, Proportion], int, int]:
    """A table of mostly large cells, with small ones among them."""
    rows, columns = dice.randint(1, 5), dice.randint(1, 5)
    cells = {}
    for place in ((row, column) for row in range(rows) for column in range(columns)):
        n = dice.randint(0, 40) if dice.random() < 0.3 else dice.randint(80, 120)
        cells[place] = Proportion(dice.randint(0, n), n)
    return cells, rows, columns


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10**9))
def test_what_is_hidden_does_not_follow_from_what_is_shown(seed: int) -> None:
    cells, rows, columns = a_table(Random(seed))
    hidden = withheld(cells, rows, columns)
    everything = {(row, column) for row in range(rows + 1) for column in range(columns + 1)}
    assert all(published(cells[place]) is not None for place in cells.keys() - hidden)
    if hidden < everything:
        assert follows(hidden, rows, columns) == []
    for row in range(rows):
        inside = [cells[place] for place in hidden & cells.keys() if place[0] == row]
        if inside and (row, columns) not in hidden:
            assert sum(each.k for each in inside) >= SMALLEST
            assert sum(each.others for each in inside) >= SMALLEST
