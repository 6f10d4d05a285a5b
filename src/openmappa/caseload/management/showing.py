"""Showing how far a long command is: a bar on a terminal, a line now and then elsewhere."""

import time
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

SECONDS_BETWEEN_LINES = 15.0


class Showing:
    """Watches an import on ``stream`` (standard error). ``size`` is the file's length in bytes."""

    def __init__(self, stream: TextIO, size: int) -> None:
        self.stream = stream
        self.size = size
        self.bar: Progress | None = None
        self.task: TaskID | None = None
        self.phase = ""
        self.last_line = time.monotonic()
        if stream.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
            self.bar = Progress(*columns, TimeRemainingColumn(), console=Console(file=stream), transient=True)

    def __enter__(self) -> Self:
        if self.bar:
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self.bar.stop()

    def waiting(self) -> None:
        """Say that another import has to end first."""
        self.say("Another import is running. This one starts when it has ended.")

    def checking(self, position: int) -> None:
        """Show how much of the file has been read."""
        self._show("Checking the file", position, self.size)

    def writing(self, cases: int, of: int) -> None:
        """Show how many cases have been written."""
        self._show("Writing cases", cases, of)

    def say(self, sentence: str) -> None:
        """Write a line above the bar."""
        if self.bar:
            self.bar.console.print(sentence, markup=False, highlight=False, soft_wrap=True)
        else:
            self.stream.write(f"{sentence}\n")

    def _show(self, phase: str, done: int, total: int) -> None:
        if self.bar:
            if phase != self.phase:
                self.task = self.bar.add_task(phase, total=total)
            if self.task is not None:
                self.bar.update(self.task, completed=done, total=total)
        elif time.monotonic() - self.last_line >= SECONDS_BETWEEN_LINES:
            self.last_line = time.monotonic()
            self.stream.write(f"{phase}: {done * 100 // max(total, 1)}%\n")
            self.stream.flush()
        self.phase = phase
