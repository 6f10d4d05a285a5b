"""Notices of changes of level in the generated cases, acknowledged where a fact says so and open otherwise (9.10)."""

from collections.abc import Iterator, Sequence

from openmappa.accounts.models import User
from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.moments import signed_at
from openmappa.core.changes import Change, acknowledge_by, changes
from openmappa.core.packs.change_rules import What
from openmappa.core.standards.facts import Fact
from openmappa.core.telling import Why
from openmappa.timeline.models import Acknowledgement, ChangeNotice
from openmappa.timeline.queries.changes import rules_in_service

LEVELS = {What.HARM: ("oasys_completed", "harm_level_set"), What.BAND: ("rm2000_completed",)}
AT_ONCE = 1000


def write_notices(cases: Sequence[Filed]) -> int:
    """Write a notice to the other service for each change of harm or likelihood; returns how many."""
    made = [pair for filed in cases for pair in _notices(filed)]
    ChangeNotice.objects.bulk_create([notice for notice, _ in made], AT_ONCE)
    Acknowledgement.objects.bulk_create([acknowledgement for _, acknowledgement in made], AT_ONCE)
    return len(made)


def _notices(filed: Filed) -> Iterator[tuple[ChangeNotice, Acknowledgement]]:
    facts = filed.known.facts
    for place, fact in enumerate(facts):
        if fact.kind not in (*LEVELS[What.HARM], *LEVELS[What.BAND]):
            continue
        for change in changes(fact, facts[:place], rules_in_service()):
            yield from _notice(filed, place, change)


def _notice(filed: Filed, place: int, change: Change) -> Iterator[tuple[ChangeNotice, Acknowledgement]]:
    fact = filed.known.facts[place]
    harm = change.what == What.HARM
    by, to = (filed.manager, filed.officer) if harm else (filed.officer, filed.manager)
    if change.what not in LEVELS or by is None or to is None:
        return
    told_at = signed_at(fact.recorded_on)
    due_on = acknowledge_by(fact.recorded_on, rules_in_service())
    notice = ChangeNotice(
        case=filed.case,
        fact_id=filed.ids[place],
        what=change.what,
        rule=change.rule,
        before=change.before,
        after=change.after,
        opened_at=told_at,
        opened_by=by,
        due_on=due_on,
    )
    given = _acknowledged(filed.known.facts, place, "police" if harm else "probation")
    yield notice, _acknowledgement(filed, notice, to, given)


def _acknowledged(facts: Sequence[Fact], place: int, service: str) -> Fact | None:
    found = (fact for fact in facts[place:] if fact.kind == "risk_change_acknowledged")
    return next((fact for fact in found if fact.details["service"] == service), None)


def _acknowledgement(filed: Filed, notice: ChangeNotice, to: User, given: Fact | None) -> Acknowledgement:
    return Acknowledgement(
        notice=notice,
        case=filed.case,
        person=to,
        why=(Why.POLICE_OFFICER if to == filed.officer else Why.CASE_MANAGER).value,
        due_on=notice.due_on,
        acknowledged_at=signed_at(max(given.recorded_on, notice.opened_at.date())) if given else None,
    )
