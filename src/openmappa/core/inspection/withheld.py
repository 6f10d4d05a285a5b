"""Which cells of a table of proportions may not leave the service: the small ones, and what would give them away.

A cell is small where its count, or what it leaves over, is under ``SMALLEST``. A table that leaves is read beside its
totals, and beside the same table told apart otherwise, so totals count as given out even where a file leaves them out.
The counts and what they leave over are two tables (``suppression``). What is hidden in one is hidden in the other,
until nothing follows in either. What that does not prevent: two files over days that differ by little, one less the
other.
"""

from collections.abc import Mapping

from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.suppression import Cell, hidden_cells

NOUGHT = Proportion(0, 0)


def withheld(cells: Mapping[Cell, Proportion], rows: int, columns: int) -> frozenset[Cell]:
    """The cells to hide of a table with so many rows and columns; its totals are row ``rows`` and column ``columns``.

    A cell that is not given counts nothing, which is small as well.
    """
    if not rows or not columns:
        return frozenset((row, column) for row in range(rows + 1) for column in range(columns + 1))
    grid = [[cells.get((row, column), NOUGHT) for column in range(columns)] for row in range(rows)]
    counts, left_over = [[each.k for each in row] for row in grid], [[each.others for each in row] for row in grid]
    hidden: frozenset[Cell] = frozenset()
    while (more := hidden_cells(left_over, hidden_cells(counts, hidden))) != hidden:
        hidden = more
    return hidden
