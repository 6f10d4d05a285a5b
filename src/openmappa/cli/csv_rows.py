"""Reading a CSV file row by row, of any length, and keeping what cannot be read in its place.

Only what is needed to score is asked of the file: comma-separated, UTF-8, a first line that names the columns. A line
whose quotation marks make no sense spoils that line alone, not the rest of the file.
"""

import codecs
import csv
from collections import deque
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

LONGEST_LINE = 1_000_000
"""Bytes in one line; a longer one is no table."""

BYTE_ORDER_MARK = "\ufeff"


class NoTable(Exception):
    """The file cannot be read as a table: a sentence that says why."""


class Row(NamedTuple):
    """A row: the line that it begins on, its cells, and why it cannot be read ("" when it can)."""

    line: int
    cells: list[str]
    problem: str


class Table:
    """A CSV file that is being read: its columns, how its lines end, and its rows."""

    def __init__(self, stream: BinaryIO) -> None:
        """Read the first line. Raises NoTable."""
        self._lines = _Lines(stream)
        self._reader = csv.reader(self._lines, strict=True)
        first = next(self.rows(), None)
        if first is None:
            raise NoTable("The file is empty. Its first line must name the columns.")
        if first.problem:
            raise NoTable(f"line {first.line}: {first.problem} The first line must name the columns.")
        self.columns = first.cells
        self.byte_order_mark = self._lines.byte_order_mark
        self.line_end = self._lines.line_end

    def rows(self) -> Iterator[Row]:
        """The rows that are left, in the order of the file; lines with nothing in them are left out."""
        lines = self._lines
        while True:
            start = lines.begin_record()
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                reason = _words(error, lines.spans_lines)
                yield Row(start, lines.give_up_record(), reason)
                continue
            if len(cells) > 1 or (cells and cells[0].strip()):
                yield Row(start, cells, _NOT_UTF8 if lines.is_not_utf8 else "")


class _Lines:
    """The lines of a file as text. Bytes that are no UTF-8 are kept, and noticed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._waiting: deque[str] = deque()
        self._record: list[str] = []
        self._number = 0
        self.is_not_utf8 = False
        self.line_end = "\n"
        self.byte_order_mark = ""

    def begin_record(self) -> int:
        """Begin a record; the number of its first line."""
        self._record.clear()
        self.is_not_utf8 = False
        return self._number + 1

    @property
    def spans_lines(self) -> bool:
        """Whether the record goes on past its first line."""
        return len(self._record) > 1

    def give_up_record(self) -> list[str]:
        """The cells of the first line of a record that makes no sense; its other lines are read again."""
        first, *others = self._record
        self._waiting.extendleft(reversed(others))
        self._number -= len(others)
        return next(csv.reader([first.rstrip("\r\n").replace("\r", " ")]), [])

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._read()
        self._number += 1
        self._record.append(line)
        if not line.isascii() and not _is_utf8(line):
            self.is_not_utf8 = True
        return line

    def _read(self) -> str:
        found = self._stream.readline(LONGEST_LINE)
        if not found:
            raise StopIteration
        if len(found) == LONGEST_LINE and not found.endswith(b"\n"):
            raise NoTable(f"line {self._number + 1}: it is longer than {LONGEST_LINE:,} bytes, so this is no table.")
        if self._number == 0:
            if found.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise NoTable("The file is UTF-16. Save it as “CSV UTF-8”.")
            self.line_end = "\r\n" if found.endswith(b"\r\n") else "\n"
            self.byte_order_mark = BYTE_ORDER_MARK if found.startswith(codecs.BOM_UTF8) else ""
            found = found.removeprefix(codecs.BOM_UTF8)
        return found.decode("utf-8", "surrogateescape")


_NOT_UTF8 = "The line is not UTF-8. Save the file as “CSV UTF-8”."


def _is_utf8(line: str) -> bool:
    return not any("\udc80" <= character <= "\udcff" for character in line)


def _words(error: csv.Error, spans_lines: bool) -> str:
    """What is wrong with a record, in words for people; the library's own words otherwise."""
    text = str(error)
    if spans_lines or "unexpected end of data" in text or "field limit" in text:
        return "A quotation mark opens a cell here and is not closed."
    if "expected after" in text:
        return "Something follows the quotation mark that closes a cell; write a quotation mark within a cell twice."
    if "new-line" in text:
        return "There is a line end within the line. Save the file with ordinary line ends."
    return f"It is no row of a CSV file ({text})."


def padded(cells: Sequence[str], columns: int, results: Sequence[str]) -> list[str]:
    """A row with its results behind the columns; cells that no column has stay behind the results."""
    missing = columns - len(cells)
    return [*cells[:columns], *[""] * missing, *results, *cells[columns:]]
