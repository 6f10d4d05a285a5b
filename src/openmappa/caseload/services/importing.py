"""Taking a caseload file in: all of it or nothing, and nothing twice."""

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from django.db import connection

from openmappa.accounts.acting import as_job
from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.caseload.errors import NotTaken
from openmappa.caseload.services.checking import Checking, Report
from openmappa.caseload.services.writing import Author, Writing, nobody

ONE_AT_A_TIME = 0x4F4D_4341
"""The number of the lock that keeps two imports apart."""


class Watcher(Protocol):
    """Whoever shows how far an import is."""

    def waiting(self) -> None:
        """Another import is running; this one starts when it has ended."""

    def checking(self, position: int) -> None:
        """The first reading has come to this byte of the file."""

    def writing(self, cases: int, of: int) -> None:
        """The second reading has written this many of the cases that have something new."""


@dataclass(frozen=True)
class Imported:
    """What an import did. ``notes`` are differences between file and record that were left as the record has them."""

    source: str
    cases: int
    facts: int
    cases_added: int
    cases_changed: int
    facts_added: int
    areas_added: tuple[str, ...]
    people_added: tuple[str, ...]
    notes: tuple[str, ...]
    more_notes: int


def import_caseload(
    *, file: BinaryIO, report: Report, watcher: Watcher, by: User | None = None, author: Author = nobody
) -> Imported:
    """Take in a caseload file that can be read twice (seekable), in one transaction.

    The first reading finds every problem, each told to ``report``, and the cases that bring something new; it locks
    nothing. The second writes those with COPY, some hundred at a time, so that memory does not grow with the file.
    Cases known before get the facts they lack and keep everything else; docs/how-to/import-and-export.md says
    why. Where nothing is new, nothing is written, not even to the log. Two imports come one after the other.

    ``author`` names whoever recorded a fact where somebody knows: a demonstration makes up who did.

    Raises NotTaken when there was a problem, ChangedWhileRead; then nothing was written.
    """
    with as_job("import"):
        _one_at_a_time(watcher)
        survey = Checking(file, report).run(watcher.checking)
        if survey.problems:
            raise NotTaken(survey.problems)
        writing = Writing(file, survey, author)
        written = writing.run(lambda cases: watcher.writing(cases, len(survey.offsets)))
        if survey.offsets:
            log(
                by=by,
                verb="import caseload",
                about={
                    "source": survey.source,
                    "made_on": survey.made_on,
                    "sha256": survey.sha256,
                    "cases_added": written.cases_added,
                    "cases_changed": written.cases_changed,
                    "facts_added": written.facts_added,
                    "people_added": len(writing.staffing.people_added),
                },
            )
    return Imported(
        source=survey.source,
        cases=survey.cases,
        facts=survey.facts,
        cases_added=written.cases_added,
        cases_changed=written.cases_changed,
        facts_added=written.facts_added,
        areas_added=tuple(area.name for area in writing.staffing.areas_added),
        people_added=tuple(person.username for person in writing.staffing.people_added),
        notes=tuple(survey.notes),
        more_notes=survey.more_notes,
    )


def _one_at_a_time(watcher: Watcher) -> None:
    """Wait for any other import to end, and have foreign keys checked batch by batch.

    Checked at the end, as they are otherwise, they would be queued for every row of the file in the server's memory.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if cursor.fetchone() == (False,):
            watcher.waiting()
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
