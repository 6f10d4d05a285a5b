"""Two-way tables as they may leave the service: small counts hidden, and no hidden count to be worked out again.

A table is given out with the totals of its rows and columns and of the whole. Hiding the counts under ``SMALLEST`` is
not enough: a single hidden count of a row follows from the total. So more are hidden (secondary suppression; A.
Hundepool et al., Statistical Disclosure Control, 2012, chapter 4), until two things hold.

1. **No line gives a small count away.** Where a line's total is shown, what is hidden in it is more than one count and
   adds up to ``SMALLEST`` or more, as in ``published_parts``.
2. **Every hidden count could be another.** For each there are two tables of whole numbers from nought up which agree
   with everything shown, and differ in that count. This is tested exactly: hidden cells are the edges of a graph
   between rows and columns, and a count can be another just where one can go round a ring of hidden cells that adds one
   and takes one in turn, taking none from nought (the integer flows of such a table differ by rings; R. K. Ahuja, T. L.
   Magnanti and J. B. Orlin, Network Flows, 1993, section 3.5).

Totals are cells too: a total under ``SMALLEST`` is hidden, and others are hidden with it where nothing else helps.
What is hidden besides is chosen simply, the smallest count first, cell by cell in reading order. That is not the least
that could be hidden, and it is easy to follow by hand. What nobody can protect here: a reader who knows some of the
people, or holds another table of the same cases that was cut in another way.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product

from openmappa.core.inspection.proportions import is_small

Cell = tuple[int, int]
"""Row and column, from nought."""
Node = tuple[str, int]
"""A row or a column: where lines of hidden cells meet."""


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as it may leave the service; None stands for a hidden count."""

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    whole: int | None


def published_table(cells: Sequence[Sequence[int]], also: AbstractSet[Cell] = frozenset()) -> PublishedTable:
    """The counts of a two-way table with their totals, as they may leave the service beside each other.

    ``also`` are cells that have to be hidden for another reason, such as a table beside this one; totals are the last
    row and column. ValueError where rows are of different length, there is no cell, or a count is under 0.
    """
    *shown, last = _table(cells, also).shown()
    return PublishedTable(
        cells=tuple(row[:-1] for row in shown),
        rows=tuple(row[-1] for row in shown),
        columns=last[:-1],
        whole=last[-1],
    )


def hidden_cells(cells: Sequence[Sequence[int]], also: AbstractSet[Cell] = frozenset()) -> frozenset[Cell]:
    """Which counts of a two-way table are hidden, ``also`` among them; its totals are the last row and column.

    For tables that are given out beside each other, cell by cell, as a count and what it leaves over: what is hidden in
    one is hidden in the other. ValueError as above.
    """
    return frozenset(_table(cells, also).hidden)


def _table(cells: Sequence[Sequence[int]], also: AbstractSet[Cell]) -> "_Table":
    if not cells or not cells[0] or any(len(row) != len(cells[0]) for row in cells):
        raise ValueError("A two-way table has one row and one column at least, and all rows are equally long.")
    if any(count < 0 for row in cells for count in row):
        raise ValueError("A count is under 0. A table of counts starts at 0.")
    rows = [[*row, sum(row)] for row in cells]
    table = _Table([*rows, [sum(column) for column in zip(*rows, strict=True)]], also)
    table.hide_enough()
    return table


class _Table:
    """Counts with their totals as the last column and row, and which of them are hidden so far.

    ``free`` are those hidden counts that were found to be possibly others: hiding more does not change that.
    """

    def __init__(self, counts: list[list[int]], also: AbstractSet[Cell]) -> None:
        self.counts = counts
        self.last_row, self.last_column = len(counts) - 1, len(counts[0]) - 1
        self.all = list(product(range(len(counts)), range(len(counts[0]))))
        self.hidden = {cell for cell in self.all if is_small(self.count(cell))} | also
        self.free: set[Cell] = set()

    def count(self, cell: Cell) -> int:
        return self.counts[cell[0]][cell[1]]

    def is_total(self, cell: Cell) -> bool:
        return cell[0] == self.last_row or cell[1] == self.last_column

    def cost(self, cells: Iterable[Cell]) -> tuple[int, int, int]:
        """What hiding these as well would take from the reader: totals first, then counts, then cells."""
        more = [cell for cell in cells if cell not in self.hidden]
        return sum(map(self.is_total, more)), sum(map(self.count, more)), len(more)

    def shown(self) -> list[tuple[int | None, ...]]:
        return [
            tuple(None if (row, column) in self.hidden else count for column, count in enumerate(counts))
            for row, counts in enumerate(self.counts)
        ]

    def hide_enough(self) -> None:
        while more := self._from_a_line() or self._for_a_known_count():
            self.hidden |= more

    def _from_a_line(self) -> set[Cell]:
        """The next to hide because a line with its total gives a small count away; none where no line does."""
        for line in self._lines():
            *parts, total = line
            hidden = [cell for cell in parts if cell in self.hidden]
            if total in self.hidden or not hidden:
                continue
            if len(hidden) == 1 or is_small(sum(map(self.count, hidden))):
                left = [cell for cell in parts if cell not in self.hidden]
                return {min(left or [total], key=lambda cell: self.cost([cell]))}
        return set()

    def _lines(self) -> list[list[Cell]]:
        rows = [[(row, column) for column in range(self.last_column + 1)] for row in range(self.last_row + 1)]
        return rows + [list(column) for column in zip(*rows, strict=True)]

    def _for_a_known_count(self) -> set[Cell]:
        """What to hide so that the first hidden count that can be worked out no longer can: the cheapest rectangle."""
        arcs = self._arcs()
        for cell in sorted(self.hidden - self.free):
            if self._could_be_another(cell, arcs):
                self.free.add(cell)
            else:
                far = [other for other in self.all if other[0] != cell[0] and other[1] != cell[1]]
                corners = [other for other in far if self._goes_round(cell, other)]
                return min((_rectangle(cell, other) for other in corners), key=self.cost) - self.hidden
        return set()

    def _goes_round(self, cell: Cell, corner: Cell) -> bool:
        """Whether one can be added and taken in turn round the rectangle of these two corners, one way or the other.

        With totals it always can; so there is a way out for every cell.
        """
        beside, above = (cell[0], corner[1]), (corner[0], cell[1])
        return (self._gives(beside) and self._gives(above)) or (self._gives(cell) and self._gives(corner))

    def _gives(self, cell: Cell) -> bool:
        """Whether one can be taken from it. A total goes up and down with its parts, and sets no limit of its own."""
        return self.is_total(cell) or self.count(cell) > 0

    def _arcs(self) -> dict[Node, set[Node]]:
        """Where one gets from a row or column by a hidden cell: to the column to add one, to the row to take one."""
        arcs: dict[Node, set[Node]] = {}
        for cell in self.hidden:
            one, two = ("row", cell[0]), ("column", cell[1])
            arcs.setdefault(one, set()).add(two)
            if self._gives(cell):
                arcs.setdefault(two, set()).add(one)
        return arcs

    def _could_be_another(self, cell: Cell, arcs: dict[Node, set[Node]]) -> bool:
        row, column = ("row", cell[0]), ("column", cell[1])
        return _leads(arcs, column, row) or (self._gives(cell) and _leads(arcs, row, column))


def _rectangle(cell: Cell, corner: Cell) -> set[Cell]:
    return {cell, (cell[0], corner[1]), corner, (corner[0], cell[1])}


def _leads(arcs: dict[Node, set[Node]], start: Node, end: Node) -> bool:
    """Whether one gets from start to end without the one step that joins them."""
    seen, ahead = {start}, list(arcs.get(start, set()) - {end})
    seen.update(ahead)
    while ahead:
        further = arcs.get(ahead.pop(), set()) - seen
        if end in further:
            return True
        seen |= further
        ahead += further
    return False
