"""Duties and standings of many cases at once, by the same derivation as a single recording."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from openmappa.caseload.services.copying import copy_rows
from openmappa.cases.models import Case
from openmappa.core.standards import facts as core
from openmappa.timeline.derivation import rows_for, standing_for
from openmappa.timeline.models import Duty, Fact, Standing

DUTY = tuple(field.attname for field in Duty._meta.concrete_fields if not field.primary_key)
STANDING = tuple(field.attname for field in Standing._meta.concrete_fields)

Numbered = tuple[int, core.Fact]


@dataclass(frozen=True)
class Entry:
    """A case that gets facts: its row, and those facts in the order they are entered."""

    case: Case
    facts: Sequence[core.Fact]
    version: int
    is_new: bool


def derive_afresh(entries: Sequence[Entry], new_ids: Sequence[int]) -> None:
    """Write the duties and the standing of these cases anew. ``new_ids`` are the rows of the entries' facts, in order.

    Two rows-at-once writes for any number of cases; for cases known before, one query for their facts and two deletes.
    """
    known = [entry.case for entry in entries if not entry.is_new]
    numbered = _standing_facts(known)
    rising = iter(new_ids)
    for entry in entries:
        ids = [next(rising) for _ in entry.facts]
        if entry.is_new:
            numbered[entry.case.pk] = sorted(zip(ids, entry.facts, strict=True), key=_place)
    if known:
        Duty.objects.filter(case__in=known).delete()
        Standing.objects.filter(case__in=known).delete()
    duties, standings = [], []
    for entry in entries:
        of_case = numbered[entry.case.pk]
        facts = [fact for _, fact in of_case]
        duties += rows_for(entry.case, facts, [pk for pk, _ in of_case])
        standings.append(standing_for(entry.case, facts))
    copy_rows(Duty, DUTY, map(attrgetter(*DUTY), duties))
    copy_rows(Standing, STANDING, map(attrgetter(*STANDING), standings))


def _place(numbered: Numbered) -> tuple[object, int]:
    pk, fact = numbered
    return fact.on, pk


def _standing_facts(cases: Sequence[Case]) -> dict[int, list[Numbered]]:
    """The facts of cases that were known before, those just added among them, by day and then as entered. One query."""
    found: dict[int, list[Numbered]] = defaultdict(list)
    if cases:
        rows = (
            Fact.objects.filter(case__in=cases)
            .standing()
            .values_list("case_id", "id", "kind", "on", "details", "recorded_on")
        )
        for case_id, pk, kind, on, details, recorded_on in rows:
            found[case_id].append((pk, core.fact_from_row(kind, on, details, recorded_on)))
    return found
