"""What the record holds already, as a caseload file would say it: for comparing with a file, and for writing one."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from openmappa.cases.models import Case
from openmappa.core.caseload import CaseRecord, Name, PersonRecord
from openmappa.core.standards import facts as core
from openmappa.timeline.models import Fact

AT_ONCE = 500
"""Cases read together: about 30,000 facts, some 30 MB."""

Same = tuple[str, date, Hashable, date]


def same(kind: str, on: date, details: dict[str, Any], recorded_on: date) -> Same:
    """What makes two facts of one case the same fact: kind, day, details and the day it was written down."""
    return kind, on, tuple(sorted(details.items())), recorded_on


def cases_of_source(source: str, references: Sequence[str]) -> dict[str, Case]:
    """The cases that the record has under these references, with person, area and staff. Two queries."""
    found = Case.objects.filter(source=source, reference__in=references)
    whole = found.select_related("person", "area", "police_officer", "case_manager").prefetch_related("person__aliases")
    return {case.reference: case for case in whole}


def facts_already_known(cases: Sequence[Case]) -> dict[int, Counter[Same]]:
    """How often the record has each fact of these cases, by case. One query.

    A voided fact counts: a mistake that somebody found here must not come back with the next file.
    """
    known: dict[int, Counter[Same]] = defaultdict(Counter)
    rows = Fact.objects.filter(case__in=cases).values_list("case_id", "kind", "on", "details", "recorded_on")
    for case_id, kind, on, details, recorded_on in rows.iterator():
        known[case_id][same(kind, on, details, recorded_on)] += 1
    return known


def new_facts(record: CaseRecord, known: Counter[Same]) -> tuple[core.Fact, ...]:
    """The facts of a record that the case does not have yet, in the file's order. Twice counts twice."""
    left = Counter(known)
    new = []
    for fact in record.facts:
        key = same(fact.kind, fact.on, core.details_to_json(fact), fact.recorded_on)
        if left[key]:
            left[key] -= 1
        else:
            new.append(fact)
    return tuple(new)


def sources() -> list[str]:
    """The registers that the record's cases came from."""
    return list(Case.objects.order_by("source").values_list("source", flat=True).distinct())


def exported(source: str) -> Iterator[CaseRecord]:
    """All cases of one source as records, in the order they came in. Three queries for every 500 cases.

    Facts stand in the order they were entered; voided ones are left out.
    """
    last = 0
    while batch := list(_page(source, last)):
        last = batch[-1].pk
        facts = _standing_facts(batch)
        for case in batch:
            yield _record(case, facts[case.pk])


def _page(source: str, after: int) -> Iterable[Case]:
    page = Case.objects.filter(source=source, pk__gt=after).order_by("pk")[:AT_ONCE]
    return page.select_related("person", "area", "police_officer", "case_manager").prefetch_related("person__aliases")


def _standing_facts(cases: Sequence[Case]) -> dict[int, list[core.Fact]]:
    facts: dict[int, list[core.Fact]] = defaultdict(list)
    rows = Fact.objects.filter(case__in=cases, voided_at__isnull=True).order_by("case_id", "id")
    for case_id, kind, on, details, recorded_on in rows.values_list("case_id", "kind", "on", "details", "recorded_on"):
        facts[case_id].append(core.fact_from_row(kind, on, details, recorded_on))
    return facts


def _record(case: Case, facts: Sequence[core.Fact]) -> CaseRecord:
    person = case.person
    staff = {"case_manager": case.case_manager, "police_officer": case.police_officer}
    return CaseRecord(
        reference=case.reference,
        area=case.area.code,
        force=case.force,
        person=PersonRecord(
            given_names=person.given_names,
            family_name=person.family_name,
            aliases=tuple(Name(alias.given_names, alias.family_name) for alias in person.aliases.all()),
            born_on=person.born_on,
            sex=person.sex,
            ethnicity=person.ethnicity,
            pnc_id=person.pnc_id,
            crn=person.crn,
        ),
        staff={slot: somebody.username for slot, somebody in staff.items() if somebody is not None},
        facts=tuple(facts),
    )
