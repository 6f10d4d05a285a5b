"""A file to be read in parts by several processes: cut at the ends of lines."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

PART = 2 * 1024 * 1024
"""Bytes in one part, about: some 330 cases of 60 facts. Small enough that a few of them in memory do not matter."""

STANDARD_INPUT = "-"


class Part(NamedTuple):
    """Whole lines of a file: where they begin, how many bytes they are, and the number of the first."""

    place: int
    offset: int
    length: int
    first_line: int
    is_last: bool = False


def opened(name: str, folder: Path) -> Path:
    """The file of that name; standard input, read only once, is put into ``folder`` first. Raises OSError."""
    if name != STANDARD_INPUT:
        path = Path(name)
        if not path.is_file():
            # A pipe (`<(…)`) can be read only once too; a folder or nothing at all raises here.
            return _kept(path.open("rb"), folder)
        path.open("rb").close()
        return path
    return _kept(sys.stdin.buffer, folder)


def _kept(stream: BinaryIO, folder: Path) -> Path:
    path = folder / "input"
    with path.open("wb") as kept:
        shutil.copyfileobj(stream, kept, PART)
    return path


def parts(path: Path) -> Iterator[Part]:
    """The file cut at ends of lines into parts of about the same size."""
    with path.open("rb") as file:
        place, offset, line = 0, 0, 1
        block = _lines_from(file)
        while True:
            following = _lines_from(file)
            yield Part(place, offset, len(block), line, is_last=not following)
            if not following:
                return
            place, offset = place + 1, offset + len(block)
            line += block.count(b"\n")
            block = following


def _lines_from(file: BinaryIO) -> bytes:
    """Whole lines, about as many bytes as a part has; none at the end of the file."""
    block = file.read(PART)
    return block if block.endswith(b"\n") else block + file.readline()


def lines_of(path: Path, part: Part) -> list[bytes]:
    """The lines of a part, without their ends. One empty line at the very end of the file is none."""
    with path.open("rb") as file:
        file.seek(part.offset)
        block = file.read(part.length)
    lines = block.removesuffix(b"\n").split(b"\n")
    if part.is_last and len(lines) + part.first_line > 2 and not lines[-1].strip():
        lines.pop()
    return lines


def copy(path: Path, out: BinaryIO) -> None:
    """Copy a whole file to an open one."""
    with path.open("rb") as file:
        shutil.copyfileobj(file, out, PART)
