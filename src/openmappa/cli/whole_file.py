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


def opened(name: str, folder: Path) -> Path:
    """The file of that name; standard input, which can be read only once, is put into ``folder`` first. Raises OSError."""
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
        while block := file.read(PART):
            if not block.endswith(b"\n"):
                block += file.readline()
            yield Part(place, offset, len(block), line)
            place, offset = place + 1, offset + len(block)
            line += block.count(b"\n")


def lines_of(path: Path, part: Part) -> list[bytes]:
    """The lines of a part, without their ends."""
    with path.open("rb") as file:
        file.seek(part.offset)
        block = file.read(part.length)
    return block.removesuffix(b"\n").split(b"\n")


def copy(path: Path, out: BinaryIO) -> None:
    """Copy a whole file to an open one."""
    with path.open("rb") as file:
        shutil.copyfileobj(file, out, PART)
