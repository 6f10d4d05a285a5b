"""`openmappa score`: score the rows of a CSV file by RM2000 or OGRS3, and write them back with the results."""

import argparse
import csv
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from openmappa.cli.csv_rows import NoTable, Row, Table, padded
from openmappa.core.answers import AnswersRefused
from openmappa.core.instruments.ogrs3 import Ogrs3Items, ogrs3
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.instruments.rm2000.whole import rm2000_score
from openmappa.core.packs.load import load_ogrs3, load_rm2000
from openmappa.core.packs.ogrs3_rules import Ogrs3Rules
from openmappa.core.packs.rm2000.shapes import Rm2000Rules

PACK = "england-wales-2005"
STANDARD_INPUT = "-"
AT_A_TIME = 2_000
"""Rows written at a time."""

Answer = int | bool | str
"""An answer as it was read; text where it is none, which the instrument then refuses with a reason."""


class Instrument(NamedTuple):
    """What is scored: the columns with the reader of each, the results, and how answers become results."""

    columns: Mapping[str, Callable[[str], Answer]]
    results: Sequence[str]
    score: Callable[[Sequence[Answer]], Sequence[str]]


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `score rm2000|ogrs3 FILE`."""
    parser = commands.add_parser(
        "score",
        help="score the rows of a CSV file by RM2000 or OGRS3",
        description="Score each row of a CSV file and write the file back with the results added. A row that cannot "
        "be scored is named on standard error with its line and the reason, and is left without results.",
        epilog="docs/how-to/score.md says which columns each instrument asks for, and what comes back.",
    )
    parser.add_argument("instrument", choices=tuple(INSTRUMENTS), help="the instrument")
    parser.add_argument("file", metavar="FILE", help="a CSV file, or - for standard input")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0, with every row scored on standard output; 1 when a row, or the whole file, could not be."""
    instrument = INSTRUMENTS[arguments.instrument]()
    name = "standard input" if arguments.file == STANDARD_INPUT else arguments.file
    with ExitStack() as stack:
        try:
            table = Table(_opened(arguments.file, stack))
        except OSError as error:
            return _refused(f"{name}: the file cannot be read ({error.strerror}).")
        except NoTable as error:
            return _refused(f"{name}: {error}")
        try:
            left = _score_all(table, _places(table.columns, instrument), instrument)
        except NoTable as error:
            return _refused(f"{name}: {error}")
    return _refused(f"{left} {'row' if left == 1 else 'rows'} could not be scored.") if left else 0


def _opened(name: str, stack: ExitStack) -> BinaryIO:
    return sys.stdin.buffer if name == STANDARD_INPUT else stack.enter_context(Path(name).open("rb"))


def _refused(sentence: str) -> int:
    sys.stdout.flush()
    print(sentence, file=sys.stderr)
    return 1


def _places(columns: Sequence[str], instrument: Instrument) -> Sequence[int]:
    """Where each column that is asked for stands. Raises NoTable with everything that is wrong with the first line."""
    names = [column.strip() for column in columns]
    problems = [_missing(wanted, names) for wanted in instrument.columns if wanted not in names]
    if problems and len(names) == 1 and any(mark in names[0] for mark in ";\t"):
        problems.insert(0, "The columns must be separated by commas.")
    problems += [
        f"The column {wanted} stands there twice. Take one of the two out."
        for wanted in instrument.columns
        if names.count(wanted) > 1
    ]
    problems += [
        f"There is a column {result} already, and the results are added under that name. Rename it or take it out."
        for result in instrument.results
        if result in names
    ]
    if problems:
        raise NoTable(" ".join(problems))
    return [names.index(wanted) for wanted in instrument.columns]


def _missing(wanted: str, names: Sequence[str]) -> str:
    near = get_close_matches(wanted, names, n=1, cutoff=0.8)
    return f"There is no column {wanted}." + (f" Did you mean {near[0]!r} to be it?" if near else "")


def _score_all(table: Table, places: Sequence[int], instrument: Instrument) -> int:
    """Write every row with its results, and name those that cannot be scored; how many those are."""
    left = 0
    text = io.StringIO()
    write = csv.writer(text, lineterminator=table.line_end).writerow
    text.write(table.byte_order_mark)
    write([*table.columns, *instrument.results])
    nothing = [""] * len(instrument.results)
    for count, row in enumerate(table.rows(), start=1):
        results, reason = _scored(row, len(table.columns), places, instrument)
        write(padded(row.cells, len(table.columns), results or nothing))
        if reason:
            left += 1
            print(f"line {row.line}: {reason}", file=sys.stderr)
        if count % AT_A_TIME == 0:
            _flush(text)
    _flush(text)
    return left


def _flush(text: io.StringIO) -> None:
    sys.stdout.buffer.write(text.getvalue().encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()
    text.seek(0)
    text.truncate()


def _scored(row: Row, columns: int, places: Sequence[int], instrument: Instrument) -> tuple[Sequence[str] | None, str]:
    """The results of a row and no reason; or no results and the reason."""
    if row.problem:
        return None, row.problem
    if len(row.cells) != columns:
        return None, f"The row has {len(row.cells)} cells, the first line names {columns} columns."
    cells = [row.cells[place] for place in places]
    readers = instrument.columns
    try:
        return instrument.score([read(cell) for read, cell in zip(readers.values(), cells, strict=True)]), ""
    except AnswersRefused as refused:
        problems = refused.problems
        return None, " ".join(
            f"{name}: {problems[name] if cell.strip() else 'It is empty.'}"
            for name, cell in zip(readers, cells, strict=True)
            if name in problems
        )


@lru_cache(maxsize=10_000)  # a column has few different cells
def whole_number(cell: str) -> Answer:
    """A whole number in the digits 0 to 9, spaces around it allowed; anything else stays text."""
    text = cell.strip()
    digits = text.removeprefix("-")
    if len(digits) <= 9 and digits.isascii() and digits.isdigit():
        return int(text)
    return _short(text)


@lru_cache(maxsize=10_000)
def yes_or_no(cell: str) -> Answer:
    """Yes or no in any case, spaces around it allowed; anything else stays text."""
    text = cell.strip()
    return {"yes": True, "no": False}.get(text.lower(), _short(text))


@lru_cache(maxsize=10_000)
def word(cell: str) -> Answer:
    """A word in small letters, without the spaces around it."""
    return _short(cell.strip().lower())


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _rm2000() -> Instrument:
    rules: Rm2000Rules = load_rm2000(PACK)

    def score(answers: Sequence[Answer]) -> Sequence[str]:
        *of_s, violent, burglary = answers
        result = rm2000_score(Rm2000SItems(*of_s), Rm2000VItems(of_s[0], violent, burglary), rules)  # type: ignore[arg-type]  # refused there
        s, v, c = result.s, result.v, result.c
        if v is None or c is None:
            raise AssertionError("scale V was answered")
        return [
            str(s.points), s.first_band.value, s.band.value,
            str(v.points), v.band.value, str(c.points), c.band.value,
        ]  # fmt: skip

    return Instrument(
        {
            "age_at_risk": whole_number,
            "sexual_appearances": whole_number,
            "criminal_appearances": whole_number,
            "male_victim": yes_or_no,
            "stranger_victim": yes_or_no,
            "single": yes_or_no,
            "non_contact": yes_or_no,
            "violent_appearances": whole_number,
            "burglary": yes_or_no,
        },
        ("s_points", "s_first_band", "s_band", "v_points", "v_band", "c_points", "c_band"),
        score,
    )


def _ogrs3() -> Instrument:
    rules: Ogrs3Rules = load_ogrs3(PACK)

    def score(answers: Sequence[Answer]) -> Sequence[str]:
        result = ogrs3(Ogrs3Items(*answers), rules)  # type: ignore[arg-type]  # refused there
        return [
            f"{result.p1:#.15g}", f"{result.p2:#.15g}",
            str(result.percent1), str(result.percent2), result.band.value,
        ]  # fmt: skip

    return Instrument(
        {
            "sex": word,
            "age_at_conviction": whole_number,
            "age_at_first_sanction": whole_number,
            "age_at_risk_date": whole_number,
            "previous_sanctions": whole_number,
            "offence_group": word,
        },
        ("p1", "p2", "percent1", "percent2", "band"),
        score,
    )


INSTRUMENTS: Mapping[str, Callable[[], Instrument]] = {"rm2000": _rm2000, "ogrs3": _ogrs3}
"""The instruments by the name that the command line gives them."""
