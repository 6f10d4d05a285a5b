"""A page of a list of which only one page is read in full, and how many there are in all."""

from collections.abc import Callable, Mapping, Sequence
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


def page_number(query: Mapping[str, object]) -> int:
    """The number of the page that a query string asks for; 1 where it makes no sense."""
    asked = str(query.get("page", ""))
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1


def number_within(number: int, total: int, size: int = A_PAGE) -> int:
    """The number of a page that there is: the first where this one is past the end."""
    return number if 1 <= number <= -(-total // size) else 1


def page_of(
    found: Sequence[Row], number: int, size: int, show: Callable[[Sequence[Row]], Sequence[Line]]
) -> Page[Line]:
    """The page with this number of what was found, or the first where there is none such; ``show`` makes its lines.

    For rows that are found in one pass, as keys in order: a second pass only to count would cost as much as the first,
    since what takes time is asking, row by row, who may see it.
    """
    number = number_within(number, len(found), size)
    some = found[(number - 1) * size : number * size]
    return Page(show(some) if some else (), len(found), number, size)
