"""Made-up plans with something in every part."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.plans.models.parts import (
    Intervention,
    Objective,
    ObjectiveGround,
    PlanAction,
    PlanGround,
    Progress,
)
from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart, Contingency, Liaison, PlanReview, RiskManagement
from openmappa.timeline.models import Fact
from tests.timeline.build import ago, make_person, write

Say = Callable[[str], str]
FACTS = {"supervision": "isp_completed", "risk_management": "rmp_completed"}


def in_days(days: int) -> date:
    return ago(-days)


def a_manager() -> User:
    return make_person(Role.CASE_MANAGER)


def an_spo() -> User:
    """Somebody who may countersign: a line manager of the rank for it."""
    return make_person(Role.LINE_MANAGER, rank=Rank.SENIOR_PROBATION_OFFICER, kind="probation")


def a_draft(case: Case, by: User, kind: str = "supervision", **changed: object) -> Plan:
    plain = {"purpose": "initial", "version": 1, "pack": "any", "started_at": timezone.now()}
    return Plan.objects.create(case=case, kind=kind, started_by=by, **(plain | changed))


def a_ground(plan: Plan, **changed: object) -> PlanGround:
    plain = {"kind": "need", "code": "9", "label": "Alcohol misuse"}
    return PlanGround.objects.create(plan=plan, case_id=plan.case_id, **(plain | changed))


def an_objective(plan: Plan, **changed: object) -> Objective:
    plain = {"number": 1, "what": "x", "measure": "x", "due_on": in_days(60), "owner_kind": "offender"}
    return Objective.objects.create(plan=plan, case_id=plan.case_id, **(plain | changed))


def an_intervention(plan: Plan, **changed: object) -> Intervention:
    plain = {"number": 1, "kind": "constructive", "what": "x", "provider": "x", "why_now": "x", "starts_on": ago(0)}
    return Intervention.objects.create(plan=plan, case_id=plan.case_id, **(plain | changed))


def an_action(plan: Plan, **changed: object) -> PlanAction:
    plain = {"number": 1, "what": "x", "due_on": in_days(10), "owner_kind": "person", "owner": plan.started_by}
    return PlanAction.objects.create(plan=plan, case_id=plan.case_id, **(plain | changed))


def a_contingency(plan: Plan, **changed: object) -> Contingency:
    plain = {"number": 1, "trigger": "x", "what": "x", "owner_kind": "person", "owner": plan.started_by}
    return Contingency.objects.create(plan=plan, case_id=plan.case_id, **(plain | changed))


def a_liaison(plan: Plan, **changed: object) -> Liaison:
    plain = {"number": 1, "who": "x", "with_whom": "x", "how_often": "x", "about": "x"}
    return Liaison.objects.create(plan=plan, case_id=plan.case_id, **(plain | changed))


def progress_of(plan: Plan, by: User, **changed: object) -> Progress:
    plain = {"state": "achieved", "state_on": ago(0), "evidence": "x"}
    return Progress.objects.create(plan=plan, case_id=plan.case_id, recorded_by=by, **(plain | changed))


def confidential(plan: Plan, **changed: object) -> ConfidentialPart:
    return ConfidentialPart.objects.create(plan=plan, case_id=plan.case_id, **changed)


def a_full_draft(case: Case, by: User, kind: str = "supervision", say: Say = lambda column: "x") -> Plan:
    """A draft with a row in every part, and ``say`` of the column's name in every text column that is no choice."""

    def texts(model: str, *columns: str) -> dict[str, str]:
        return {column: say(f"{model}.{column}") for column in columns}

    plan_texts = texts("Plan", "own_words", "why_not_shared", "diversity", "adapted", "community", "contact")
    plan = a_draft(case, by, kind, shared_on=ago(1), agreed=True, **plan_texts)
    ground = a_ground(plan, **texts("PlanGround", "code", "label", "why_not_yet"))
    agency = {"owner_kind": "agency", "owner": None}
    objective = an_objective(
        plan,
        state="partly",
        state_on=ago(1),
        **agency,
        **texts("Objective", "what", "measure", "plain_words", "insist_reason", "evidence", "owner_agency"),
    )
    ObjectiveGround.objects.create(plan=plan, case=case, objective=objective, ground=ground)
    an_intervention(
        plan,
        state="running",
        state_on=ago(1),
        **texts("Intervention", "what", "provider", "why_now", "plain_words", "evidence"),
    )
    an_action(plan, state="done", state_on=ago(1), **agency, **texts("PlanAction", "what", "evidence", "owner_agency"))
    a_contingency(plan, **agency, **texts("Contingency", "trigger", "what", "owner_agency"))
    a_liaison(plan, **texts("Liaison", "who", "with_whom", "how_often", "about"))
    risk = texts("RiskManagement", "other_agencies", "existing_controls", "added_measures", "conditions", "contact")
    RiskManagement.objects.create(plan=plan, case=case, comments=say("RiskManagement.comments"), **risk)
    confidential(plan, **texts("ConfidentialPart", "victim_issues", "victim_safety", "third_party", "hidden_controls"))
    PlanReview.objects.create(plan=plan, case=case, **texts("PlanReview", "why_now", "what_changed", "mappa_taken_in"))
    return plan


def signed(plan: Plan, by: User, **changed: object) -> Plan:
    """The plan signed, past the services; where the case has no order yet, with one."""
    if not Fact.objects.filter(case=plan.case, kind="order_started").exists():
        write(plan.case, "order_started", ago(20), by=by, order="community_order")
    plan.fact = write(plan.case, FACTS[plan.kind], ago(0), by=by)
    plan.signed_by, plan.signed_at = by, timezone.now()
    for name, value in changed.items():
        setattr(plan, name, value)
    plan.save()
    return plan


def a_full_plan(case: Case, by: User, kind: str = "supervision", say: Say = lambda column: "x") -> Plan:
    """A signed plan with something in every part and in every text column, progress included."""
    plan = signed(a_full_draft(case, by, kind, say), by, mappa_actions=[say("Plan.mappa_actions")])
    progress_of(plan, by, objective=plan.objectives.get(), evidence=say("Progress.evidence"))
    return plan


def plan_addresses(plan: Plan) -> dict[str, dict[str, object]]:
    """What addresses of this plan name, by what they are about: a full draft has one row of each part."""
    named = {"plan": plan.key}
    objective = {**named, "what": "objective", "part": plan.objectives.get().key}
    return {
        "plan": named,
        "plans:start": {"kind": plan.kind, "purpose": "initial"},
        "plan_step": {**named, "step": "community"},
        "plan_ground": {**named, "part": plan.grounds.get().key},
        "plan_what": {**named, "what": "objective"},
        "plan_part": objective,
    }
