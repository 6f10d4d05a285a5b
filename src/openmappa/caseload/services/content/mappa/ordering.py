"""Civil orders and a recall in a demonstration: one order in breach, one that ends soon, one applied for (5.9)."""

from datetime import timedelta

from django.utils import timezone

from openmappa.caseload.services.content.mappa.cases_at_hand import CasesAtHand, spoken_of
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.cases.models import Case
from openmappa.core.dates import add_days, add_months
from openmappa.core.orders.breach import BreachDays
from openmappa.core.orders.life import Step
from openmappa.core.orders.recall import Decision, was_on_licence
from openmappa.core.synthetic.content.mappa.order_words import (
    APPLIED,
    BREACH,
    COURT,
    LINES,
    LINES_ENDING,
    REASONS,
    RECALLED,
)
from openmappa.orders.services.breaches import Breach, record_breach
from openmappa.orders.services.recalls import Request, decide_recall, record_recall
from openmappa.orders.services.recording import Entry, record_order, record_step
from openmappa.timeline.queries.facts import core_facts

KIND = "shpo"
RECALL_AGO, REVOKED_AGO = timedelta(days=6), timedelta(days=4)
ENDS_IN = 60


def leave_orders(cases: CasesAtHand) -> int:
    """Three orders on three registered cases, each recorded by its police officer."""
    return sum(leave(cases) for leave in (_in_breach, _ending, _applied_for))


def leave_a_recall(cases: CasesAtHand) -> int:
    """Somebody whose licence was revoked some days ago and who has not come back to custody."""
    today = timezone.localdate()

    def on_licence(case: Case) -> bool:
        return was_on_licence(core_facts(case).facts, today - RECALL_AGO)

    case = cases.take(on_licence, standing__in_custody=False, standing__supervised=True)
    if case is None or case.case_manager is None:
        return 0
    by = case.case_manager
    request = Request(
        today - RECALL_AGO, f"{by.full_name}, {by.agency_name}", "out_of_touch", spoken_of(RECALLED, case)
    )
    with a_deed():
        recall = record_recall(by=by, case=case, request=request)
    with a_deed():
        decide_recall(by=by, recall=recall, decision=Decision.REVOKED, on=today - REVOKED_AGO)
    return 1


def _in_breach(cases: CasesAtHand) -> int:
    case = _registered(cases)
    if case is None or case.police_officer is None:
        return 0
    by, today = case.police_officer, timezone.localdate()
    applied = Entry(Step.APPLIED, today - timedelta(days=420), applicant=by.agency_name, court=COURT)
    made = Entry(
        Step.MADE,
        today - timedelta(days=370),
        court=COURT,
        open_ended=True,
        lines="\n".join(LINES),
        words=REASONS,
    )
    days = BreachDays(today - timedelta(days=20), today - timedelta(days=19), today - timedelta(days=8))
    with a_deed():
        order = record_order(by=by, case=case, kind=KIND, entry=applied)
    with a_deed():
        record_step(by=by, order=order, entry=made)
    with a_deed():
        record_breach(by=by, order=order, breach=Breach(days, spoken_of(BREACH, case)))
    return 1


def _ending(cases: CasesAtHand) -> int:
    case = _registered(cases)
    if case is None or case.police_officer is None:
        return 0
    until_on = add_days(timezone.localdate(), ENDS_IN)
    made = Entry(Step.MADE, add_months(until_on, -60), court=COURT, until_on=until_on, lines="\n".join(LINES_ENDING))
    with a_deed():
        record_order(by=case.police_officer, case=case, kind=KIND, entry=made)
    return 1


def _applied_for(cases: CasesAtHand) -> int:
    case = _registered(cases)
    if case is None or case.police_officer is None:
        return 0
    by, today = case.police_officer, timezone.localdate()
    entry = Entry(Step.APPLIED, today - timedelta(days=15), applicant=by.agency_name, court=COURT, words=APPLIED)
    with a_deed():
        record_order(by=by, case=case, kind=KIND, entry=entry)
    return 1


def _registered(cases: CasesAtHand) -> Case | None:
    return cases.take(standing__registered=True, standing__in_custody=False)
