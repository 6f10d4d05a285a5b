"""``openmappa import FILE``"""

import logging
import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TextIO, cast

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError

from openmappa.caseload.errors import CaseloadError
from openmappa.caseload.management.showing import Showing
from openmappa.caseload.services.importing import Imported, import_caseload

NAMES_IN_A_LINE = 8
STOPPED = 130
"""The exit status of a program that Ctrl-C has ended."""


class Command(BaseCommand):
    requires_system_checks = ()  # nothing here depends on addresses or templates
    help = "Take in a caseload file: all of it or nothing. Cases that are known get only the facts they lack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="the caseload file (openmappa-caseload/1), or - for standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("psycopg").setLevel(logging.ERROR)  # a broken connection is told once, below
        try:
            with caseload_file(options["file"]) as file:
                done = self.take(file)
        except OSError as problem:
            self.refuse(f"{options['file']} cannot be read: {problem.strerror or problem}.")
        except CaseloadError as problem:
            self.refuse(str(problem))
        except (OperationalError, InterfaceError) as problem:
            reason = str(problem).strip().partition("\n")[0]
            self.refuse(f"The connection to the database broke, so nothing was imported: {reason}")
        except KeyboardInterrupt:
            self.refuse("Stopped, so nothing was imported.", status=STOPPED)
        for line in done:
            self.stdout.write(line)

    def take(self, file: BinaryIO) -> Iterable[str]:
        """Take the file in; what to say about it."""
        started = time.monotonic()
        size = file.seek(0, 2)
        with Showing(self.watched_on(), size) as showing:
            done = import_caseload(file=file, report=lambda problem: showing.say(str(problem)), watcher=showing)
        return in_words(done, time.monotonic() - started)

    def watched_on(self) -> TextIO:
        """Where progress goes: a terminal itself, since Django's wrapper would break the bar into lines."""
        return sys.stderr if sys.stderr.isatty() else cast("TextIO", self.stderr)

    def refuse(self, sentence: str, status: int = 1) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(status)


@contextmanager
def caseload_file(name: str) -> Iterator[BinaryIO]:
    """The file, open for reading twice. Standard input is first kept in a temporary file."""
    if name != "-":
        with Path(name).open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        yield kept


def in_words(done: Imported, seconds: float) -> Iterator[str]:
    """What an import did, line by line."""
    if not done.facts_added and not done.cases_added:
        cases, facts = counted(done.cases, "case"), counted(done.facts, "fact")
        yield f"Nothing new: the record has all {cases} and {facts} of this file already."
    else:
        yield (
            f"From {done.source}: {counted(done.cases_added, 'new case')}, {counted(done.facts_added, 'new fact')}; "
            f"{counted(done.cases_changed, 'known case')} got some of these."
        )
        cases_a_second, facts_a_second = done.cases / seconds, done.facts / seconds
        yield f"{seconds:.1f} seconds: {cases_a_second:,.0f} cases and {facts_a_second:,.0f} facts a second."
    if done.areas_added:
        yield f"Added {counted(len(done.areas_added), 'area')}: {', '.join(done.areas_added)}."
    if done.people_added:
        yield f"Added {len(done.people_added):,} people. They cannot sign in until they are given a password:"
        for start in range(0, len(done.people_added), NAMES_IN_A_LINE):
            yield "  " + ", ".join(done.people_added[start : start + NAMES_IN_A_LINE])
    yield from done.notes
    if done.more_notes:
        yield f"{done.more_notes:,} more differences like these were left as the record has them."


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 case", "1,200 cases"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
