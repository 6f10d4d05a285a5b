"""Showing how far a long command is: a bar on standard error, where that is a terminal; elsewhere nothing."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


class Bar:
    """A bar that is there while the work goes on. Calling it says how much is done, and of how much."""

    def __init__(self, phase: str) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
        self._shown = sys.stderr.isatty()
        self._progress = Progress(
            *columns, TimeRemainingColumn(), console=Console(file=sys.stderr), transient=True, disable=not self._shown
        )
        self._task = self._progress.add_task(phase, total=None)

    def __call__(self, done: int, of: int) -> None:
        """Show that so many are done."""
        self._progress.update(self._task, completed=done, total=of)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
