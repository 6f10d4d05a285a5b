"""Reading a case's timeline: frozen facts for the core."""

from dataclasses import dataclass

from openmappa.cases.models import Case
from openmappa.core.standards import facts as core
from openmappa.timeline.models import Fact


@dataclass(frozen=True)
class CoreFacts:
    """A case's facts as the engine takes them, with the row that each came from at the same place."""

    facts: tuple[core.Fact, ...]
    ids: tuple[int, ...]


def core_facts(case: Case) -> CoreFacts:
    """The facts of a case that stand (none voided), by day and then as entered. One query."""
    rows = Fact.objects.filter(case=case).standing().values_list("id", "kind", "on", "details", "recorded_on")
    loaded = [
        (pk, core.fact_from_row(kind, on, details, recorded_on))
        for pk, kind, on, details, recorded_on in rows
    ]
    return CoreFacts(tuple(fact for _, fact in loaded), tuple(pk for pk, _ in loaded))
