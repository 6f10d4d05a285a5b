"""The second reading of a caseload file: the lines that have something new, written a batch at a time with COPY."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import BinaryIO

import orjson
from django.db.models import F
from django.utils import timezone
from psycopg.types.json import Jsonb

from openmappa.accounts.models import Area, User
from openmappa.caseload.errors import ChangedWhileRead
from openmappa.caseload.queries import AT_ONCE, cases_of_source, facts_already_known, new_facts
from openmappa.caseload.services.checking import Survey
from openmappa.caseload.services.copying import copy_rows, reserved_ids
from openmappa.caseload.services.deriving import Entry, derive_afresh
from openmappa.caseload.services.people import Staffing
from openmappa.cases.models import Alias, Case, Person
from openmappa.core.access import Service
from openmappa.core.caseload import CaseRecord, PersonRecord, read_case
from openmappa.core.names import name_keys
from openmappa.core.standards import facts as core
from openmappa.timeline.models import Fact

PERSON = ("id", "given_names", "family_name", "born_on", "sex", "ethnicity", "pnc_id", "crn", "name_keys")
ALIAS = ("id", "person_id", "given_names", "family_name")
CASE = (
    "id",
    "key",
    "source",
    "reference",
    "person_id",
    "area_id",
    "force",
    "case_manager_id",
    "police_officer_id",
    "police_unit_id",
    "probation_unit_id",
    "restricted",
    "restricted_reason",
    "version",
)
FACT = (
    *("id", "case_id", "kind", "on", "details", "recorded_on", "recorded_at", "recorded_by_id", "version"),
    "void_reason",
)
Author = Callable[[Case, str], int | None]
"""Who recorded a fact of this kind on this case, by key; None where nobody is known."""


def nobody(case: Case, kind: str) -> None:
    """No file says who wrote its facts."""


@dataclass
class Written:
    """What the second reading wrote."""

    cases_added: int = 0
    cases_changed: int = 0
    facts_added: int = 0


class Writing:
    """One import's writes. Holds one batch of cases at a time. ``author`` says who recorded a fact, if anybody does."""

    def __init__(self, file: BinaryIO, survey: Survey, author: Author = nobody) -> None:
        self.author = author
        self.file = file
        self.survey = survey
        self.staffing = Staffing()
        self.written = Written()
        self.now: datetime = timezone.now()

    def run(self, progress: Callable[[int], None]) -> Written:
        """Write whatever is new. ``progress`` hears how many cases are done."""
        offsets = self.survey.offsets
        for start in range(0, len(offsets), AT_ONCE):
            self._write([self._record_at(offset) for offset in offsets[start : start + AT_ONCE]])
            progress(min(start + AT_ONCE, len(offsets)))
        return self.written

    def _record_at(self, offset: int) -> CaseRecord:
        self.file.seek(offset)
        record = read_case(0, self.file.readline())
        if not isinstance(record, CaseRecord):
            raise ChangedWhileRead
        return record

    def _write(self, records: Sequence[CaseRecord]) -> None:
        found = cases_of_source(self.survey.source, [record.reference for record in records])
        added = self._add_cases([record for record in records if record.reference not in found])
        changed = self._lock([record for record in records if record.reference in found])
        entries = added + changed
        fact_ids = self._add_facts(entries)
        derive_afresh(entries, fact_ids)
        self.written.cases_added += len(added)
        self.written.cases_changed += len(changed)
        self.written.facts_added += len(fact_ids)

    # ---- cases

    def _add_cases(self, records: Sequence[CaseRecord]) -> list[Entry]:
        people = [record.person for record in records if record.person is not None]
        if len(people) != len(records):
            raise ChangedWhileRead
        person_ids = reserved_ids(Person, len(people))
        copy_rows(Person, PERSON, (_person_row(pk, person) for pk, person in zip(person_ids, people, strict=True)))
        aliases = [(pk, alias) for pk, person in zip(person_ids, people, strict=True) for alias in person.aliases]
        alias_ids = reserved_ids(Alias, len(aliases))
        copy_rows(
            Alias,
            ALIAS,
            ((pk, of, name.given_names, name.family_name) for pk, (of, name) in zip(alias_ids, aliases, strict=True)),
        )
        case_ids = reserved_ids(Case, len(records))
        cases = [
            self._case(pk, person_id, record)
            for pk, person_id, record in zip(case_ids, person_ids, records, strict=True)
        ]
        copy_rows(Case, CASE, map(attrgetter(*CASE), cases))
        return [
            Entry(case, record.facts, version=case.version, is_new=True)
            for case, record in zip(cases, records, strict=True)
        ]

    def _case(self, pk: int, person_id: int, record: CaseRecord) -> Case:
        area = self.staffing.area(record.area, record.force)
        manager = self._responsible("case_manager", record, area)
        officer = self._responsible("police_officer", record, area)
        return Case(
            pk=pk,
            key=uuid.uuid4(),
            source=self.survey.source,
            reference=record.reference,
            person_id=person_id,
            area=area,
            force=record.force,
            case_manager=manager,
            police_officer=officer,
            police_unit=self.staffing.unit_for(Service.POLICE, officer, area),
            probation_unit=self.staffing.unit_for(Service.PROBATION, manager, area),
            version=1,
        )

    def _responsible(self, slot: str, record: CaseRecord, area: Area) -> User | None:
        username = record.staff.get(slot)
        if username is None:
            return None
        person = self.staffing.person(username, slot, area)
        if person.area_id != area.pk:
            self.survey.note(f"case {record.reference}: {username} works in another area than {area.name}.")
        return person

    def _lock(self, records: Sequence[CaseRecord]) -> list[Entry]:
        """The known cases of a batch, locked until the end, with what is new now that nobody else can add to them."""
        if not records:
            return []
        references = [record.reference for record in records]
        rows = Case.objects.filter(source=self.survey.source, reference__in=references).order_by("pk")
        cases = {case.reference: case for case in rows.select_for_update(of=("self",))}
        known = facts_already_known(list(cases.values()))
        entries = []
        for record in records:
            case = cases[record.reference]
            if new := new_facts(record, known[case.pk]):
                entries.append(Entry(case, new, version=case.version + 1, is_new=False))
        Case.objects.filter(pk__in=[entry.case.pk for entry in entries]).update(version=F("version") + 1)
        return entries

    # ---- facts, and what follows from them

    def _add_facts(self, entries: Sequence[Entry]) -> list[int]:
        ids = reserved_ids(Fact, sum(len(entry.facts) for entry in entries))
        rising = iter(ids)
        copy_rows(
            Fact,
            FACT,
            (
                (
                    next(rising),
                    entry.case.pk,
                    fact.kind,
                    fact.on,
                    Jsonb(core.details_to_json(fact), dumps=orjson.dumps),
                    fact.recorded_on,
                    self.now,
                    self.author(entry.case, fact.kind),
                    entry.version,
                    "",
                )
                for entry in entries
                for fact in entry.facts
            ),
        )
        return ids


def _person_row(pk: int, person: PersonRecord) -> tuple[object, ...]:
    names = [
        (person.given_names, person.family_name),
        *((name.given_names, name.family_name) for name in person.aliases),
    ]
    return (
        pk,
        person.given_names,
        person.family_name,
        person.born_on,
        person.sex,
        person.ethnicity,
        person.pnc_id,
        person.crn,
        name_keys(names),
    )
