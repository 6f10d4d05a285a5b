"""What a report is made of: texts, and tables of texts with a heading row and a heading column."""

from collections.abc import Iterable, Sequence
from typing import Any

from openmappa.ui.formats import number

Content = dict[str, Any]
"""A report or a part of it: texts, and lists of them."""
HIDDEN = "hidden"


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Content:
    """A table. The first column says what each row is."""
    return {"caption": caption, "head": list(head), "rows": [list(row) for row in rows]}


def shown(count: int | None) -> str:
    """A count as it leaves the service."""
    return HIDDEN if count is None else number(count)
