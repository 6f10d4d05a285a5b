"""The record of a case as it was known at the end of the fieldwork's day, side by side, each entry with a number.

Cost of ``record_of``: two queries, facts and notes; duties are worked out by the engine and not read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.compartments import Compartment
from openmappa.core.inspection.framework import Question
from openmappa.core.inspection.offered import Offer, offers
from openmappa.core.inspection.sides import Side, side_of
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards.duties import duties
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.words import describe
from openmappa.notes.models import Note
from openmappa.timeline.queries.known import end_of, facts_known_on

FOUND_ON = {
    "rm2000_completed": "assessments:list",
    "rm2000_countersigned": "assessments:list",
    "oasys_completed": "oasys:list",
    "isp_completed": "plans:list",
    "plan_reviewed": "plans:list",
    "rmp_completed": "plans:list",
    "rmp_reviewed": "plans:list",
    "home_visit": "visits:list",
    "mappa_meeting_held": "minutes:case",
    "minutes_filed": "minutes:case",
}
"""The page of the case that has the document behind a fact of this kind."""


@dataclass(frozen=True)
class RecordEntry:
    """One entry: its number on the page, its lasting reference, what it says, whose it is, where its document is."""

    number: str
    reference: str
    on: date
    title: str
    by: str
    written_on: date
    side: Side
    text: str = ""
    document: str = ""


@dataclass(frozen=True)
class CaseRecord:
    """A case's record as known at the end of a day."""

    on: date
    entries: tuple[RecordEntry, ...]
    facts: tuple[Fact, ...]

    def of_side(self, side: str) -> list[RecordEntry]:
        """The entries of one column, newest first."""
        return sorted((each for each in self.entries if each.side == side), key=lambda each: each.on, reverse=True)

    def numbers(self, references: Sequence[str]) -> str:
        """References as the numbers that stand on the page: "3, N1"."""
        named = {each.reference: each.number for each in self.entries}
        return ", ".join(named[each] for each in references if each in named)

    def named(self, references: Sequence[str]) -> list[RecordEntry]:
        """The entries that are referred to."""
        return [each for each in self.entries if each.reference in references]

    def read(self, typed: str) -> tuple[list[str], list[str]]:
        """Numbers as somebody types them ("3, n1 7"), as references; and what of it is no number of this record."""
        named = {each.number: each.reference for each in self.entries}
        words = [word.upper() for word in re.split(r"[\s,;]+", typed.strip()) if word]
        known = [named[word] for word in words if word in named]
        return list(dict.fromkeys(known)), [word for word in words if word not in named]


def record_of(user: User, case: Case, on: date) -> CaseRecord:
    """The record as ``user`` may read it: facts, and notes that are open to everybody on the case. Two queries."""
    known = facts_known_on(case, on)
    numbered = sorted(zip(known.facts, known.rows, strict=True), key=lambda each: each[1].pk)
    found = []
    for at, (fact, row) in enumerate(numbered, 1):
        by = row.recorded_by.full_name if row.recorded_by else "imported"
        page = FOUND_ON.get(fact.kind, "")
        address = reverse(page, kwargs={"key": case.key}) if page else ""
        side = side_of(fact)
        found.append(
            RecordEntry(
                str(at), f"fact:{row.pk}", fact.on, describe(fact), by, fact.recorded_on, side, document=address
            )
        )
    return CaseRecord(on, (*found, *_notes(user, case, on)), known.facts)


def _notes(user: User, case: Case, on: date) -> list[RecordEntry]:
    standing = Q(voided_at__isnull=True) | Q(voided_at__gte=end_of(on))
    rows = Note.objects.open_to(user, case).filter(standing, compartment=Compartment.OPEN.value, on__lte=on)
    rows = rows.filter(written_at__lt=end_of(on)).select_related("written_by", "agency").order_by("pk")
    return [
        RecordEntry(
            f"N{at}",
            f"note:{row.pk}",
            row.on,
            "Note",
            row.written_by.full_name,
            timezone.localdate(row.written_at),
            Side(row.agency.kind) if row.agency.kind in (Side.POLICE, Side.PROBATION) else Side.BOTH,
            row.text,
        )
        for at, row in enumerate(rows, 1)
    ]


def offered_on(record: CaseRecord, case: Case, questions: Sequence[Question]) -> dict[str, Offer]:
    """What the record offers on these questions, as known on its day. No query."""
    due = duties(record.facts, packs_in_service(), force=case.force, as_of=record.on, known_on=record.on)
    return offers(questions, record.facts, due, record.on)
