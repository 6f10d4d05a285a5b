"""Reading plans: those of a case with what was imported, one by its key, and what waits for a countersignature."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.standards.words import describe
from openmappa.plans.models.plan import Plan, PlanQuerySet
from openmappa.plans.words import PlanKind, Purpose
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact

FACT_KINDS = {
    (PlanKind.SUPERVISION, Purpose.INITIAL): "isp_completed",
    (PlanKind.SUPERVISION, Purpose.REVIEW): "plan_reviewed",
    (PlanKind.RISK_MANAGEMENT, Purpose.INITIAL): "rmp_completed",
    (PlanKind.RISK_MANAGEMENT, Purpose.REVIEW): "rmp_reviewed",
}
KIND_OF_FACT = {fact: kind for (kind, _), fact in FACT_KINDS.items()}
PEOPLE = ("started_by", "signed_by", "countersigned_by", "returned_by", "abandoned_by")


@dataclass(frozen=True)
class Recorded:
    """A plan on the timeline: its fact in words, and the plan written here; None where it was made elsewhere."""

    fact: Fact
    words: str
    plan: Plan | None


@dataclass(frozen=True)
class PlansOfKind:
    """The plans of one kind on a case: what was recorded, newest first, the draft, and those that were given up."""

    kind: PlanKind
    recorded: Sequence[Recorded]
    draft: Plan | None
    abandoned: Sequence[Plan]

    @property
    def current(self) -> Plan | None:
        """The plan that stands: the last one signed here whose fact was not voided."""
        return next((one.plan for one in self.recorded if one.plan and not one.fact.is_voided), None)

    @property
    def newest(self) -> Recorded | None:
        """What was recorded last and stands, wherever it was made."""
        return next((one for one in self.recorded if not one.fact.is_voided), None)


def plans_of(case: Case) -> dict[PlanKind, PlansOfKind]:
    """Every plan of a case, by kind. Two queries."""
    written = list(Plan.objects.filter(case=case).select_related(*PEOPLE, "fact", "replaces").order_by("-version"))
    by_fact: dict[int | None, Plan] = {plan.fact_id: plan for plan in written if plan.fact_id}
    rows = Fact.objects.filter(case=case, kind__in=KIND_OF_FACT).select_related("recorded_by", "voided_by")
    facts = list(rows.order_by("-on", "-id"))
    return {kind: _of_kind(kind, facts, by_fact, written) for kind in PlanKind}


def plan_on(case: Case, key: uuid.UUID) -> Plan:
    """A plan of this case by its key. Raises Http404. One query."""
    found = Plan.objects.filter(case=case, key=key).select_related(*PEOPLE, "fact", "replaces", "case").first()
    if found is None:
        raise Http404("No such plan")
    return found


def latest_signed(case: Case, kind: str) -> Plan | None:
    """The last signed plan of a kind whose fact stands. One query."""
    rows = Plan.objects.filter(case=case, kind=kind, fact__voided_at__isnull=True).signed()
    return rows.order_by("-version").first()


def is_current(plan: Plan) -> bool:
    """Whether this signed plan is the one that stands. One query."""
    last = latest_signed(plan.case, plan.kind)
    return last is not None and last.pk == plan.pk


def fact_kind(plan: Plan) -> str:
    """The kind of fact that signing this plan records; a correction's is that of the plan it replaces."""
    purpose = plan.purpose
    if purpose == Purpose.CORRECTION and plan.replaces and plan.replaces.fact:
        return plan.replaces.fact.kind
    return FACT_KINDS[PlanKind(plan.kind), Purpose(purpose)]


def waiting_for_countersignature(user: User) -> PlanQuerySet:
    """The plans that this person may countersign or return, longest waiting first; none where role or rank may not.

    A plan that a later signed version replaced, or whose fact was voided, waits no more.
    """
    if not (user.may(Permission.COUNTERSIGN_ASSESSMENT) and user.can_countersign):
        return Plan.objects.none()
    waiting = Plan.objects.signed().filter(
        needs_countersignature=True,
        countersigned_at__isnull=True,
        returned_at__isnull=True,
        fact__voided_at__isnull=True,
        case__in=Case.objects.visible_to(user),
    )
    replaced = Plan.objects.signed().filter(replaces__isnull=False).values("replaces")
    rows = waiting.exclude(pk__in=replaced).exclude(signed_by=user)
    return rows.select_related("case__person", "signed_by", "fact").order_by("signed_at")


def _of_kind(
    kind: PlanKind, facts: Sequence[Fact], by_fact: dict[int | None, Plan], written: Sequence[Plan]
) -> PlansOfKind:
    own = [plan for plan in written if plan.kind == kind]
    return PlansOfKind(
        kind=kind,
        recorded=[
            Recorded(fact, describe(core_fact(fact)), by_fact.get(fact.pk))
            for fact in facts
            if KIND_OF_FACT[fact.kind] is kind
        ],
        draft=next((plan for plan in own if plan.is_draft), None),
        abandoned=[plan for plan in own if plan.abandoned_at],
    )
