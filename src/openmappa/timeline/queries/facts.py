"""Reading a case's facts: frozen for the core, and with the rows they came from."""

import uuid
from dataclasses import dataclass

from openmappa.cases.models import Case
from openmappa.core.standards import facts as core
from openmappa.timeline.models import Fact


@dataclass(frozen=True)
class CoreFacts:
    """A case's facts as the engine takes them, with the row that each came from at the same place."""

    facts: tuple[core.Fact, ...]
    ids: tuple[int, ...]


@dataclass(frozen=True)
class FactRows:
    """A case's standing facts as the engine takes them, with the stored fact at the same place."""

    facts: tuple[core.Fact, ...]
    rows: tuple[Fact, ...]

    def row_of(self, fact: core.Fact) -> Fact:
        """The stored fact behind one of these very objects (two facts may say the same)."""
        return next(row for found, row in zip(self.facts, self.rows, strict=True) if found is fact)


def core_facts(case: Case) -> CoreFacts:
    """The facts of a case that stand (none voided), by day and then as entered. One query."""
    rows = Fact.objects.filter(case=case).standing().values_list("id", "kind", "on", "details", "recorded_on")
    loaded = [(pk, core.fact_from_row(kind, on, details, recorded_on)) for pk, kind, on, details, recorded_on in rows]
    return CoreFacts(tuple(fact for _, fact in loaded), tuple(pk for pk, _ in loaded))


def fact_rows(case: Case) -> FactRows:
    """The facts of a case that stand, in the same order, with whoever recorded them. One query."""
    rows = tuple(Fact.objects.filter(case=case).standing().select_related("recorded_by"))
    return FactRows(tuple(core_fact(row) for row in rows), rows)


def core_fact(row: Fact) -> core.Fact:
    """One stored fact as the core takes it."""
    return core.fact_from_row(row.kind, row.on, row.details, row.recorded_on)


def fact_of(case: Case, pk: int) -> Fact | None:
    """A fact of this case, voided or not, with the people in it. One query."""
    return Fact.objects.filter(case=case, pk=pk).select_related("recorded_by", "voided_by").first()


def already_recorded(case: Case, submission: uuid.UUID) -> Fact | None:
    """The fact that this very form recorded when it was sent before. One query."""
    return Fact.objects.filter(case=case, submission=submission).first()
