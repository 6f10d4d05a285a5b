"""Counting many cases by the engine: in this process, or in as many as there are cores.

The processes are given cases and know no database; what each counted is put together at the end.
"""

import gc
import os
import signal
from collections.abc import Mapping, Sequence
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple

import orjson

from openmappa.core.caseload import CaseRecord
from openmappa.core.standards.clocks import UnknownForce
from openmappa.core.standards.facts import fact_from_row
from openmappa.core.workload.answer import Answer
from openmappa.core.workload.sums import Counts
from openmappa.core.workload.what_if import Question, WhatIf, whole

SEVERAL_FROM = 4_000
"""Cases from which on more processes pay for being started."""
Part = list[tuple[Counts, Counts]]


class Given(NamedTuple):
    """A case to be counted. ``facts`` is JSON text: lists of kind, on, details, recorded_on in the engine's order."""

    area: str
    force: str
    staff: Mapping[str, str]
    facts: str


class Uncounted(Exception):
    """Why nothing came of it, in a sentence for whoever asked."""


class Counter:
    """Counts in this process."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._what_if = WhatIf(question)

    def take(self, cases: Sequence[Given]) -> None:
        """Count these cases. Raises Uncounted."""
        for case in cases:
            try:
                self._what_if.add(_record(case))
            except UnknownForce as error:
                raise Uncounted(
                    f"There are cases under force {error.force!r}, and a draft has no visit policy for it. Add rows "
                    f"for it: the others have them for {', '.join(error.known)}."
                ) from None

    def part(self) -> tuple[int, Part]:
        """How many cases were counted, and what."""
        return self._what_if.cases, self._what_if.counted()

    def answer(self) -> Answer:
        """What came of all of them."""
        cases, part = self.part()
        return Answer(self._question, cases, whole(self._question, [part]))

    def stop(self) -> None:
        """Nothing is left behind."""


class Counters:
    """Counts in several processes, each given cases when it has done those it had."""

    def __init__(self, question: Question, processes: int) -> None:
        self._question = question
        self._turn = 0
        self._all: list[tuple[BaseProcess, Connection]] = []
        context = get_context("fork")
        for _ in range(processes):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(question, theirs), daemon=True)
            process.start()
            theirs.close()
            self._all.append((process, ours))
        self._busy = [False] * processes

    def take(self, cases: Sequence[Given]) -> None:
        """Have these cases counted. Raises Uncounted, also for cases that were given before."""
        turn, self._turn = self._turn, (self._turn + 1) % len(self._all)
        if self._busy[turn]:
            self._heard(turn)
        try:
            self._all[turn][1].send([tuple(case) for case in cases])
        except (BrokenPipeError, ConnectionResetError):
            raise _stopped() from None
        self._busy[turn] = True

    def answer(self) -> Answer:
        """What came of all of them. Raises Uncounted."""
        cases, parts = 0, []
        for turn, (_, connection) in enumerate(self._all):
            if self._busy[turn]:
                self._heard(turn)
            connection.send(None)
        for turn in range(len(self._all)):
            number, part = self._heard(turn)
            cases += number
            parts.append(part)
        return Answer(self._question, cases, whole(self._question, parts))

    def stop(self) -> None:
        """End every process."""
        for process, connection in self._all:
            connection.close()
            process.terminate()
            process.join()

    def _heard(self, turn: int) -> tuple[int, Part]:
        try:
            found = self._all[turn][1].recv()
        except (EOFError, ConnectionResetError):
            raise _stopped() from None
        if isinstance(found, str):
            raise Uncounted(found)
        return found or (0, [])


def counter_for(question: Question, cases: int) -> Counter | Counters:
    """Whatever counts so many cases soonest."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Counters(question, cores) if cases >= SEVERAL_FROM and cores > 1 else Counter(question)


def _stopped() -> Uncounted:
    return Uncounted(
        "A process that was counting was stopped, perhaps for want of memory. Ask again, or of fewer areas."
    )


def _work(question: Question, connection: Connection) -> None:
    """What one process does, until it is told that there are no more cases or nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()  # the collector of cycles finds none here and takes a quarter of the time looking
    counter = Counter(question)
    try:
        while (cases := connection.recv()) is not None:
            try:
                counter.take([Given(*case) for case in cases])
            except Uncounted as reason:
                connection.send(str(reason))
                return
            connection.send(())
        connection.send(counter.part())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _record(case: Given) -> CaseRecord:
    facts = tuple(
        fact_from_row(kind, date.fromisoformat(on), details, date.fromisoformat(recorded_on))
        for kind, on, details, recorded_on in orjson.loads(case.facts)
    )
    return CaseRecord("", case.area, case.force, None, case.staff, facts)
