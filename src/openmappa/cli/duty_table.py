"""Duties as a table for people, on a terminal."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

MOST_ROWS = 2_000
WIDTH = 160
"""Rows that a person may still look through; characters in a row where there is no terminal to ask."""


def show(outputs: Iterable[Path]) -> None:
    """Print the duties in these files of JSON Lines as one table; the rows past the most are counted, not shown."""
    duties = _duties(outputs)
    table = Table("Case", "Standard", "Of", "Opened", "Due", "Met", "Closed", "Outcome", "Because", "Source")
    for duty in islice(duties, MOST_ROWS):
        table.add_row(*_cells(duty))
    rows = table.row_count
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH, markup=False, highlight=False)
    console.print(table)
    left = sum(1 for _ in duties)
    console.print(
        f"{rows + left:,} duties" + (f"; the first {rows:,} are shown. Use --format csv for all." if left else ".")
    )


def _duties(outputs: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for output in outputs:
        with output.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _cells(duty: dict[str, Any]) -> tuple[str, ...]:
    because = duty["because"]
    return (
        duty["case"],
        duty["standard"],
        duty["of"],
        duty["opened_on"],
        duty["due_on"],
        duty["met_on"] or "",
        duty["closed_on"] or "",
        duty["outcome"].replace("_", " "),
        f"{because['kind'].replace('_', ' ')}, {because['on']}",
        duty["source"],
    )
