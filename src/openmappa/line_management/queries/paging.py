"""A page of a list whose rows are found in one pass, as keys in order, and of which only one page is read in full.

A second pass only to count would cost as much as the first: what takes time is asking, row by row, who may see it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Line = TypeVar("Line", covariant=True)
Row = TypeVar("Row")
A_PAGE = 25
A_GLANCE = 5


@dataclass(frozen=True)
class Page(Generic[Line]):
    """Some lines of a list, and how many there are in all."""

    lines: Sequence[Line]
    total: int
    number: int = 1
    size: int = A_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.size)

    @property
    def first(self) -> int:
        """The place of the first line shown; 0 where there is none."""
        return (self.number - 1) * self.size + 1 if self.lines else 0

    @property
    def last(self) -> int:
        """The place of the last line shown."""
        return (self.number - 1) * self.size + len(self.lines)


def page_of(
    found: Sequence[Row], number: int, size: int, show: Callable[[Sequence[Row]], Sequence[Line]]
) -> Page[Line]:
    """The page with this number of what was found, or the first where there is none such; ``show`` makes its lines."""
    number = number if 1 <= number <= -(-len(found) // size) else 1
    some = found[(number - 1) * size : number * size]
    return Page(show(some) if some else (), len(found), number, size)
