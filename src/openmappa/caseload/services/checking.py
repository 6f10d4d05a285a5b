"""The first reading of a caseload file: every problem in it, and which of its lines have something new."""

import hashlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import SEEK_END
from itertools import islice
from typing import BinaryIO

from openmappa.accounts.models import User
from openmappa.caseload.queries import AT_ONCE, cases_of_source, facts_already_known, new_facts
from openmappa.caseload.services.needs import unmet_needs
from openmappa.cases.models import Case, Person
from openmappa.core.caseload import CaseRecord, Header, PersonRecord, read_case, read_header
from openmappa.core.errors import Problem

MOST_NOTES = 100
"""Differences that are told one by one; the rest are counted, so that memory stays bounded."""

Report = Callable[[Problem], None]
Progress = Callable[[int], None]


@dataclass
class Survey:
    """What the first reading found. ``offsets`` are where the lines begin that have something new."""

    source: str = ""
    made_on: str = ""
    sha256: str = ""
    cases: int = 0
    facts: int = 0
    problems: int = 0
    offsets: "array[int]" = field(default_factory=lambda: array("Q"))
    notes: list[str] = field(default_factory=list)
    more_notes: int = 0

    def note(self, sentence: str) -> None:
        """Keep a difference to be told at the end, or only count it where there are too many to tell."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append(sentence)
        else:
            self.more_notes += 1


@dataclass(frozen=True)
class Line:
    """A case that could be read: the number of its line, where that begins, and what it says."""

    number: int
    offset: int
    record: CaseRecord
    person: PersonRecord


class Checking:
    """One reading of one file. Holds one batch of cases and, for each case, its reference and eight bytes."""

    def __init__(self, file: BinaryIO, report: Report) -> None:
        self.file = file
        self.size = file.seek(0, SEEK_END)
        self.report = report
        self.survey = Survey()
        self.line_of: dict[str, int] = {}

    def run(self, progress: Progress) -> Survey:
        """Read the file to its end. Writes nothing; ``progress`` hears how many bytes are done."""
        self.file.seek(0)
        digest = hashlib.sha256()
        self._read_header(self.file.readline(), digest)
        lines = self._lines(digest)
        while batch := list(islice(lines, AT_ONCE)):
            self._compare(batch)
            progress(self.file.tell())
        self.survey.sha256 = digest.hexdigest()
        return self.survey

    def _refuse(self, problem: Problem) -> None:
        self.survey.problems += 1
        self.report(problem)

    def _read_header(self, raw: bytes, digest: "hashlib._Hash") -> None:
        digest.update(raw)
        header = read_header(raw)
        if isinstance(header, Header):
            self.survey.source, self.survey.made_on = header.source, header.made_on.isoformat()
            return
        for problem in header:
            self._refuse(problem)

    def _lines(self, digest: "hashlib._Hash") -> Iterator[Line]:
        """The cases that can be read; whatever is wrong with a line is reported on the way."""
        offset = self.file.tell()
        for number, raw in enumerate(self.file, start=2):
            digest.update(raw)
            ends = offset + len(raw)
            if raw.strip(b"\r\n") or ends < self.size:  # an empty line is fine only as the last one
                yield from self._case_on(number, offset, raw)
            offset = ends

    def _case_on(self, number: int, offset: int, raw: bytes) -> Iterator[Line]:
        found = read_case(number, raw)
        if not isinstance(found, CaseRecord):
            for problem in found:
                self._refuse(problem)
            return
        self.survey.cases += 1
        self.survey.facts += len(found.facts)
        for problem in unmet_needs(number, found):
            self._refuse(problem)
        earlier = self.line_of.setdefault(found.reference, number)
        if earlier != number:
            expected = f"a reference of its own for each case; line {earlier} has this one"
            self._refuse(Problem(number, "case", f'"{found.reference}"', expected))
        if found.person is not None:
            yield Line(number, offset, found, found.person)

    def _compare(self, batch: list[Line]) -> None:
        """Find out which of these cases bring something new. Two queries, none on the facts of cases that are new."""
        found = cases_of_source(self.survey.source, [line.record.reference for line in batch])
        known = facts_already_known(list(found.values())) if found else {}
        for line in batch:
            case = found.get(line.record.reference)
            if case is None:
                self.survey.offsets.append(line.offset)
                continue
            self._compare_person(line, case)
            if new_facts(line.record, known[case.pk]):
                self.survey.offsets.append(line.offset)

    def _compare_person(self, line: Line, case: Case) -> None:
        """Refuse another person under a known reference; note what else the file says otherwise than the record.

        Why so: docs/how-to/import-and-export.md.
        """
        kept, given = case.person, line.person
        if kept.born_on != given.born_on and kept.family_name.casefold() != given.family_name.casefold():
            self._refuse(
                Problem(
                    line.number,
                    "person",
                    "another family name and another date of birth than the record has for this case",
                    f"the same person under {case.reference}, or a reference of its own for another person",
                )
            )
            return
        differing = [name for name, here, there in _details(case, line.record, given) if here != there]
        if differing:
            what = " and ".join([", ".join(differing[:-1]), differing[-1]] if len(differing) > 1 else differing)
            self.survey.note(
                f"line {line.number}, case {case.reference}: the file has another {what}. The record keeps what it has."
            )


def _details(case: Case, record: CaseRecord, given: PersonRecord) -> Iterator[tuple[str, object, object]]:
    kept = case.person
    yield "name", (kept.given_names, kept.family_name), (given.given_names, given.family_name)
    yield "list of aliases", [tuple(alias) for alias in given.aliases], _aliases(kept)
    yield "date of birth", kept.born_on, given.born_on
    yield "sex", kept.sex, given.sex
    yield "ethnicity", kept.ethnicity, given.ethnicity
    yield "PNC number", kept.pnc_id, given.pnc_id
    yield "CRN", kept.crn, given.crn
    yield "area", case.area.code, record.area
    yield "force", case.force, record.force
    yield "case manager", _username(case.case_manager), record.staff.get("case_manager")
    yield "police officer", _username(case.police_officer), record.staff.get("police_officer")


def _aliases(person: Person) -> list[tuple[str, str]]:
    return [(alias.given_names, alias.family_name) for alias in person.aliases.all()]


def _username(person: User | None) -> str | None:
    return person.username if person else None
