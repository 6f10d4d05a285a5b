"""From a case's facts to its duties and its standing, with the pure engine; only the rows that differ are written."""

from collections.abc import Sequence
from datetime import date

from openmappa.cases.models import Case
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards import duties as engine
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.core.standards.state import state
from openmappa.timeline.models import Duty, Standing
from openmappa.timeline.queries.facts import core_facts

FIELDS = ("of", "due_on", "met_on", "closed_on", "because_kind", "because_on", "area_id")


def derive(case: Case) -> None:
    """Bring the stored duties and standing of a locked case in line with its facts.

    Costs one read of the facts, one of the duties, and one write for each kind of difference.
    """
    loaded = core_facts(case)
    wanted = {_key(duty): duty for duty in rows_for(case, loaded.facts, loaded.ids)}
    found = {_key(duty): duty for duty in Duty.objects.filter(case=case)}
    Duty.objects.filter(pk__in=[found[key].pk for key in found.keys() - wanted.keys()]).delete()
    changed = []
    for key in found.keys() & wanted.keys():
        if _values(found[key]) != _values(wanted[key]):
            wanted[key].pk = found[key].pk
            changed.append(wanted[key])
    Duty.objects.bulk_update(changed, FIELDS)
    Duty.objects.bulk_create([duty for key, duty in wanted.items() if key not in found])
    standing = standing_for(case, loaded.facts)
    standing.save()


def rows_for(case: Case, facts: Sequence[CoreFact], ids: Sequence[int]) -> list[Duty]:
    """The duty rows, not yet stored, that these facts leave on a case; ``ids`` are the rows of the facts."""
    worked_out = engine.duties(facts, packs_in_service(), force=case.force, as_of=date.max)
    return [
        Duty(
            case_id=case.pk,
            area_id=case.area_id,
            standard=duty.standard,
            of=duty.of,
            opened_on=duty.opened_on,
            due_on=duty.due_on,
            met_on=duty.met_on,
            closed_on=duty.closed_on,
            because_kind=duty.because_kind,
            because_on=duty.because_on,
            because_fact_id=None if duty.because_position is None else ids[duty.because_position],
        )
        for duty in worked_out
    ]


def standing_for(case: Case, facts: Sequence[CoreFact]) -> Standing:
    """Where these facts leave the case, as a row not yet stored."""
    now = state(facts, date.max)
    return Standing(
        case_id=case.pk,
        band=now.band or "",
        harm_level=now.harm or "",
        mappa_level=now.mappa_level,
        mappa_category=now.mappa_category,
        supervised=now.supervised,
        registered=now.registered,
        in_custody=now.in_custody,
        closed=now.closed,
    )


def _key(duty: Duty) -> tuple[str, date, int | None]:
    return duty.standard, duty.opened_on, duty.because_fact_id


def _values(duty: Duty) -> tuple[object, ...]:
    return tuple(getattr(duty, field) for field in FIELDS)
