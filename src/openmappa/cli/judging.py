"""Judging a whole file: in parts, by as many processes as there are cores, with everything in the order of the file.

A file is taken whole or not at all, so nothing may be printed before its last line has been read: what the parts give
waits in a folder. Memory holds one part for each process, and the case references.
"""

import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NamedTuple, Protocol

from openmappa.cli.duty_lines import Judged
from openmappa.cli.whole_file import Part, lines_of, parts
from openmappa.core.caseload import Header, read_header
from openmappa.core.collecting import without_collector
from openmappa.core.errors import Problem

STOPPING = (signal.SIGINT, signal.SIGTERM)
FEWEST_FOR_TWO = 2
"""Parts from which on a second process pays."""


class Judge(Protocol):
    """What is asked of each case. Each process has one of its own, so it may count as it goes."""

    def line(self, number: int, raw: bytes) -> Judged:
        """What is said of one line; or what is wrong with it."""

    def rest(self) -> str:
        """What is said at the end, after the last line that this process had."""


class JudgedFile(NamedTuple):
    """What the parts gave, in order: files with what was said; and, for a file that is refused, files with problems."""

    outputs: Sequence[Path]
    problems: Sequence[Path]
    duplicates: Sequence[Problem]


class Died(Exception):
    """A process that judged a part was stopped from outside."""


class _Report(NamedTuple):
    """What a process says of one part: the line number of each case, and whether there are problems."""

    place: int
    references: list[tuple[int, str]]
    has_problems: bool


def nobody(done: int, of: int) -> None:
    """Watch without showing anything."""


def judge_file(path: Path, judge: Judge, folder: Path, watching: Callable[[int, int], object] = nobody) -> JudgedFile:
    """Judge every case of the file; ``watching`` is told how many parts are done, of how many. Raises Died."""
    all_parts = list(parts(path))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(all_parts) < FEWEST_FOR_TWO or cores < FEWEST_FOR_TWO:
        reports: Iterator[_Report] = _judge_parts(path, all_parts, judge, folder)
    else:
        reports = _judge_together(path, all_parts, judge, folder, min(cores, len(all_parts)))
    in_order: list[_Report | None] = [None] * len(all_parts)
    with without_collector():
        for done, report in enumerate(reports, start=1):
            in_order[report.place] = report
            watching(done, len(all_parts))
    all_done = [report for report in in_order if report is not None]
    duplicates = _duplicates(all_done)
    return JudgedFile(
        outputs=[_output(folder, report.place) for report in all_done],
        problems=[_problems(folder, report.place) for report in all_done if report.has_problems or duplicates],
        duplicates=duplicates,
    )


def print_problems(judged: JudgedFile, say: Callable[[str], object]) -> int:
    """Say every problem in the order of the file's lines; the number of them."""
    waiting = list(judged.duplicates)[::-1]
    count = 0
    for path in judged.problems:
        for problem in _read_problems(path):
            while waiting and waiting[-1].line < problem.line:
                say(str(waiting.pop()))
                count += 1
            say(str(problem))
            count += 1
    for problem in reversed(waiting):
        say(str(problem))
    return count + len(waiting)


def _read_problems(path: Path) -> Iterator[Problem]:
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield Problem(*json.loads(line))


def _judge_parts(path: Path, mine: Sequence[Part], judge: Judge, folder: Path) -> Iterator[_Report]:
    """Judge parts one after the other; what is said at the end goes with the last."""
    for part in mine:
        yield _judge_part(path, part, judge, folder, is_last=part is mine[-1])


def _judge_part(path: Path, part: Part, judge: Judge, folder: Path, *, is_last: bool) -> _Report:
    """Judge one part; what is said of it and its problems go into files of their own."""
    texts: list[str] = []
    problems: list[Problem] = []
    references: list[tuple[int, str]] = []
    lines = lines_of(path, part)
    if part.first_line == 1:
        header = read_header(lines.pop(0))
        problems += [] if isinstance(header, Header) else header
    for number, raw in enumerate(lines, start=part.first_line + (part.first_line == 1)):
        judged = judge.line(number, raw)
        texts.append(judged.text)
        problems += judged.problems
        if judged.reference:
            references.append((number, judged.reference))
    if is_last:
        texts.append(judge.rest())
    _output(folder, part.place).write_text("".join(texts), encoding="utf-8", newline="")
    if problems:
        told = "".join(json.dumps(problem) + "\n" for problem in problems)
        _problems(folder, part.place).write_text(told, encoding="utf-8")
    return _Report(part.place, references, bool(problems))


def _output(folder: Path, place: int) -> Path:
    return folder / f"{place:06}.duties"


def _problems(folder: Path, place: int) -> Path:
    return folder / f"{place:06}.problems"


def _duplicates(reports: Sequence[_Report]) -> list[Problem]:
    first: dict[str, int] = {}
    found = []
    for report in reports:
        for number, reference in report.references:
            earlier = first.setdefault(reference, number)
            if earlier != number:
                expected = f"a case that is not in the file yet; line {earlier} has it"
                found.append(Problem(number, "case", json.dumps(reference, ensure_ascii=False), expected))
    return found


def _judge_together(
    path: Path, all_parts: Sequence[Part], judge: Judge, folder: Path, processes: int
) -> Iterator[_Report]:
    """The same by several processes, each with every so-manieth part; reports come as they are done. Raises Died."""
    context = get_context("fork")
    started = []
    waiting: dict[object, Connection] = {}
    try:
        # A signal that comes while a process is being made would be swallowed there: it waits until all are made.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        for turn in range(processes):
            ours, theirs = context.Pipe(duplex=False)
            mine = all_parts[turn::processes]
            process = context.Process(target=_work, args=(path, mine, judge, folder, theirs), daemon=True)
            process.start()
            theirs.close()
            started.append(process)
            waiting[ours] = ours
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        while waiting:
            for ready in wait(list(waiting.values())):
                yield from _heard(waiting, ready)
    finally:
        for process in started:
            process.terminate()
            process.join()


def _heard(waiting: dict[object, Connection], ready: object) -> Iterator[_Report]:
    connection = waiting[ready]
    try:
        report = connection.recv()
    except EOFError:
        raise Died(
            "A process that was working on the file was stopped, so nothing is shown. Is there enough memory?"
        ) from None
    if report is None:
        del waiting[ready]
        connection.close()
    else:
        yield report


def _work(path: Path, mine: Sequence[Part], judge: Judge, folder: Path, out: Connection) -> None:
    """What one process does. It ends, quietly, when nobody listens any more; Ctrl-C is the first process's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    try:
        for report in _judge_parts(path, mine, judge, folder):
            out.send(report)
        out.send(None)
    except (BrokenPipeError, FileNotFoundError):
        return
