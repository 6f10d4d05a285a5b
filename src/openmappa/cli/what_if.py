"""`openmappa what-if`: what other standards would cost, and what would have been late by them. Needs no database."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import orjson

from openmappa.cli import judging, whole_file
from openmappa.cli.duty_lines import Judged
from openmappa.cli.evaluate import PACK, day
from openmappa.cli.output import opened
from openmappa.cli.packs import pack_named
from openmappa.cli.progress import Bar
from openmappa.cli.what_if_rows import as_csv, as_json
from openmappa.cli.what_if_text import as_text
from openmappa.core.caseload import CaseRecord, read_case
from openmappa.core.collecting import without_collector
from openmappa.core.errors import PackError, Problem
from openmappa.core.packs.load import load_workload, load_workload_path
from openmappa.core.standards.clocks import UnknownForce
from openmappa.core.workload.activities import Whose
from openmappa.core.workload.answer import Answer, By
from openmappa.core.workload.sums import Count, Counts, Entry
from openmappa.core.workload.what_if import Question, WhatIf, whole

Read = TypeVar("Read")
MOST_DRAFTS, MOST_MONTHS = 2, 60
FORMATS: Mapping[str, Callable[[Answer, By], str]] = {"text": as_text, "csv": as_csv, "json": as_json}


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `what-if CASELOAD --draft PACK --on DAY`."""
    parser = commands.add_parser(
        "what-if",
        help="what other standards would cost in hours, and what would have been late by them",
        description="Compare the standards in force with one draft or two, on a caseload file: the work of the months "
        "to come by person, hours, who goes over capacity, and what would have been late in the past year. Nothing "
        "is recorded.",
    )
    parser.add_argument(
        "file", metavar="CASELOAD", help="a caseload file (openmappa-caseload/1), or - for standard input"
    )
    parser.add_argument(
        "--draft",
        action="append",
        required=True,
        metavar="PACK",
        help="a draft pack's path; twice for two side by side",
    )
    parser.add_argument(
        "--on", type=day, required=True, metavar="DATE", help="the last day that is known, as 2005-03-31"
    )
    parser.add_argument("--months", type=_months, default=12, metavar="N", help="months to look ahead (default 12)")
    parser.add_argument("--by", choices=tuple(By), default=By.OFFICER, help="add up by officer (default), unit or area")
    parser.add_argument("--pack", default=PACK, metavar="PACK", help=f"the standards in force (default {PACK})")
    parser.add_argument(
        "--workload", type=Path, metavar="FILE", help="times and hours of your own (default: the pack's)"
    )
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="text (default), csv or json")
    parser.add_argument("--out", default="-", metavar="FILE", help="the file to write (default standard output)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 and the answer; or 1, the problems on standard error, and nothing written."""
    try:
        question = _question(arguments)
    except PackError as error:
        return _refused(*error.problems)
    with TemporaryDirectory(prefix="openmappa-") as folder:
        try:
            source = whole_file.opened(arguments.file, Path(folder))
        except OSError as error:
            return _refused(f"{arguments.file}: the file cannot be read ({error.strerror}).")
        try:
            with Bar("Working out") as bar:
                judged = judging.judge_file(source, Counter(question), Path(folder), bar)
        except judging.Died as error:
            return _refused(str(error))
        if judged.problems:
            count = judging.print_problems(judged, partial(print, file=sys.stderr))
            return _refused(f"Refused: {count} problem{'' if count == 1 else 's'} in the file. Nothing was worked out.")
        with without_collector():  # a big file gives millions of counts
            text = FORMATS[arguments.format](_answer(question, judged.outputs), By(arguments.by))
    try:
        with opened(arguments.out) as out:
            out.write(text.encode())
    except OSError as error:
        return _refused(f"{arguments.out}: the file cannot be written ({error.strerror}).")
    return 0


class Counter:
    """Counts the cases of a file, line by line."""

    def __init__(self, question: Question) -> None:
        self._what_if = WhatIf(question)

    def line(self, number: int, raw: bytes) -> Judged:
        """Count one case; or what is wrong with its line."""
        record = read_case(number, raw)
        if not isinstance(record, CaseRecord):
            return Judged("", "", record)
        try:
            self._what_if.add(record)
        except UnknownForce as error:
            known = f"one of {', '.join(error.known)}, which the pack and each draft have a visit policy for"
            found = json.dumps(error.force, ensure_ascii=False)
            return Judged(record.reference, "", [Problem(number, "force", found, known)])
        return Judged(record.reference, "", [])

    def rest(self) -> str:
        """What was counted, a line of JSON for each count; the first is the number of cases."""
        rows: list[list[object]] = [[self._what_if.cases]]
        for place, counts in enumerate(self._what_if.counted()):
            for period, found in enumerate(counts):
                rows += [
                    [place, period, *entry.whose, entry.standard, entry.month, *count] for entry, count in found.items()
                ]
        return "".join(f"{orjson.dumps(row).decode()}\n" for row in rows)


def _answer(question: Question, outputs: Sequence[Path]) -> Answer:
    """What all processes counted, put together."""
    cases = 0
    parts: list[list[tuple[Counts, Counts]]] = []
    for output in outputs:
        rows = _rows(output)
        for (number,) in rows:
            cases += number
            part: list[tuple[dict[Entry, Count], dict[Entry, Count]]] = [({}, {}) for _ in (0, *question.drafts)]
            for place, period, area, role, person, standard, month, number, late in rows:
                part[place][period][Entry(Whose(area, role, person), standard, month)] = Count(number, late)
            parts.append(list(part))
    return Answer(question, cases, whole(question, parts))


def _rows(output: Path) -> Iterator[list[Any]]:
    with output.open("rb") as lines:
        yield from map(orjson.loads, lines)


def _question(arguments: argparse.Namespace) -> Question:
    """What is asked. Raises PackError with everything that is wrong with packs and times."""
    problems: list[str] = []
    if len(arguments.draft) > MOST_DRAFTS:
        problems.append(f"There are {len(arguments.draft)} drafts; {MOST_DRAFTS} at most can stand side by side.")
    packs = [
        found for name in (arguments.pack, *arguments.draft) if (found := _read(partial(pack_named, name), problems))
    ]
    path = arguments.workload
    times = _read(partial(load_workload, PACK) if path is None else partial(load_workload_path, path), problems)
    if problems or times is None:
        raise PackError(*problems)
    for name in times.without_time(packs):
        problems.append(f"{path or 'The times of the pack'}: no time is given for {name}; add an activity for it.")
    question = Question(packs[0], tuple(packs[1:]), times, arguments.on, arguments.months)
    problems += question.problems()
    if problems:
        raise PackError(*problems)
    return question


def _read(read: Callable[[], Read], problems: list[str]) -> Read | None:
    try:
        return read()
    except PackError as error:
        problems += error.problems
        return None


def _months(text: str) -> int:
    """A number of months of the command line. Raises ArgumentTypeError."""
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_MONTHS:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of months from 1 to {MOST_MONTHS}")


def _refused(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1
