"""A plan as the rules of the core see it, and what it still lacks."""

from django.utils import timezone

from openmappa.actions.queries.of_case import actions_of_case
from openmappa.core.packs.load import load_plans
from openmappa.core.packs.plans_rules import PlanRules
from openmappa.core.plans import content as core
from openmappa.plans.models.parts import Objective, PlanAction
from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart, PlanReview, RiskManagement
from openmappa.plans.words import OwnerKind, Purpose

PACK = "england-wales-2005"


def plan_rules() -> PlanRules:
    """The rules that plans are checked by."""
    return load_plans(PACK)


def content_of(plan: Plan) -> core.Content:
    """What the plan says, for its rules. About ten queries, whatever it holds."""
    before = set(plan.replaces.objectives.values_list("number", flat=True)) if plan.replaces else set()
    actions_before = set(plan.replaces.actions.values_list("number", flat=True)) if plan.replaces else set()
    return core.Content(
        is_supervision=plan.is_supervision,
        is_review=plan.purpose == Purpose.REVIEW,
        grounds=tuple(core.Ground(row.code, row.label, row.must, row.why_not_yet) for row in plan.grounds.all()),
        objectives=tuple(_objective(row, before) for row in plan.objectives.prefetch_related("grounds")),
        interventions=tuple(
            core.PlannedIntervention(
                row.number, row.what, row.starts_on, row.ends_on, row.after.number if row.after else None
            )
            for row in plan.interventions.select_related("after")
        ),
        actions=tuple(_action(row, actions_before) for row in plan.actions.all()),
        contingencies=plan.contingencies.count(),
        liaisons=plan.liaisons.count(),
        mappa_actions=len(actions_of_case(plan.case)),
        shared=plan.shared_on is not None,
        agreed=plan.agreed,
        texts=texts_of(plan),
    )


def gaps_of(plan: Plan) -> tuple[core.Gap, ...]:
    """What the plan lacks before it can be signed."""
    return core.gaps(content_of(plan), plan_rules())


def texts_of(plan: Plan) -> dict[str, str]:
    """Every text of the plan by its column's name; that of the risk management plan's contact as ``rmp_contact``."""
    found = {name: getattr(plan, name) for name in ("own_words", "why_not_shared", "diversity", "adapted")}
    found |= {"community": plan.community, "contact": plan.contact}
    risk = RiskManagement.objects.filter(plan=plan).first()
    if risk:
        found |= {"other_agencies": risk.other_agencies, "existing_controls": risk.existing_controls}
        found |= {"rmp_contact": risk.contact}
    hidden = ConfidentialPart.objects.filter(plan=plan).first()
    if hidden:
        found |= {"victim_issues": hidden.victim_issues, "victim_safety": hidden.victim_safety}
    review = PlanReview.objects.filter(plan=plan).first()
    if review:
        found |= {name: getattr(review, name) for name in ("why_now", "what_changed", "mappa_taken_in")}
    return found


def _objective(row: Objective, before: set[int]) -> core.PlannedObjective:
    return core.PlannedObjective(
        number=row.number,
        state=row.state,
        grounds=frozenset(ground.code for ground in row.grounds.all()),
        looked_at=row.state_on is not None,
        is_new=row.number not in before,
        needs_plain_words=row.owner_kind == OwnerKind.OFFENDER and not row.plain_words,
        day_has_passed=row.due_on < timezone.localdate(),
    )


def _action(row: PlanAction, before: set[int]) -> core.PlannedObjective:
    return core.PlannedObjective(
        number=row.number,
        state=row.state,
        grounds=frozenset(),
        looked_at=row.state_on is not None,
        is_new=row.number not in before,
    )
