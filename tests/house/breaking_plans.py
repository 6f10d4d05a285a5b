"""For each constraint on plans: a row that breaks it."""

from collections.abc import Callable

from django.db.models import F
from django.utils import timezone
from tests.plans import build as plans
from tests.plans.build import in_days
from tests.timeline.build import ago

from openmappa.cases.models import Case
from openmappa.plans.models.parts import ObjectiveGround
from openmappa.plans.models.plan import Plan


def draft(case: Case, **changed: object) -> Plan:
    return plans.a_draft(case, plans.a_manager(), **changed)


def changed(case: Case, **values: object) -> None:
    """A signed plan with these values besides."""
    plan = plans.signed(draft(case), plans.a_manager())
    Plan.objects.filter(pk=plan.pk).update(**values)


def twice(make: Callable[[Plan], object]) -> Callable[[Case], None]:
    def breaks(case: Case) -> None:
        plan = draft(case)
        make(plan)
        make(plan)

    return breaks


def tied_twice(case: Case) -> None:
    plan = draft(case)
    tie = {"plan": plan, "case": case, "objective": plans.an_objective(plan), "ground": plans.a_ground(plan)}
    for _ in range(2):
        ObjectiveGround.objects.create(**tie)


def after_itself(case: Case) -> None:
    row = plans.an_intervention(draft(case))
    row.after = row
    row.save()


def progress(case: Case, **values: object) -> None:
    plan = draft(case)
    plans.progress_of(plan, plan.started_by, **({"objective": plans.an_objective(plan)} | values))


NOBODY = {"owner_kind": "person", "owner": None}
NOW = timezone.now

BREAKS: dict[str, Callable[[Case], object]] = {
    "plan_version_once": lambda case: [draft(case, abandoned_at=NOW(), **gone(case)) for _ in range(2)],
    "plan_one_draft_at_a_time": lambda case: [draft(case, version=number) for number in (1, 2)],
    "plan_kind_is_known": lambda case: draft(case, kind="holiday"),
    "plan_purpose_is_known": lambda case: draft(case, purpose="correction"),
    "plan_version_1_replaces_nothing": lambda case: draft(case, version=0),
    "plan_signed_by_somebody_with_a_fact": lambda case: draft(case, signed_at=NOW()),
    "plan_countersigned_by_somebody_else": lambda case: changed(
        case, countersigned_by=F("signed_by"), countersigned_at=NOW()
    ),
    "plan_returned_by_somebody_else_with_words": lambda case: changed(
        case, returned_by=plans.a_manager(), returned_at=NOW()
    ),
    "plan_abandoned_by_somebody_with_a_reason": lambda case: draft(case, abandoned_at=NOW()),
    "plan_agreed_once_shared": lambda case: draft(case, agreed=True),
    "plan_ground_once": twice(plans.a_ground),
    "plan_ground_kind_is_known": lambda case: plans.a_ground(draft(case), kind="feeling"),
    "objective_number_once": twice(plans.an_objective),
    "objective_says_what_and_how_measured": lambda case: plans.an_objective(draft(case), measure=""),
    "objective_state_has_evidence": lambda case: plans.an_objective(draft(case), state="achieved"),
    "objective_has_one_owner": lambda case: plans.an_objective(draft(case), **NOBODY),
    "objective_ground_once": tied_twice,
    "intervention_number_once": twice(plans.an_intervention),
    "intervention_says_what_and_why_now": lambda case: plans.an_intervention(draft(case), why_now=""),
    "intervention_heading_is_known": lambda case: plans.an_intervention(draft(case), heading="teapot"),
    "intervention_ends_after_it_starts": lambda case: plans.an_intervention(draft(case), ends_on=ago(1)),
    "intervention_is_after_another": after_itself,
    "intervention_state_has_evidence": lambda case: plans.an_intervention(draft(case), state_on=ago(1)),
    "planaction_has_one_owner": lambda case: plans.an_action(draft(case), **NOBODY),
    "plan_action_number_once": twice(plans.an_action),
    "plan_action_says_what": lambda case: plans.an_action(draft(case), what="", due_on=in_days(1)),
    "plan_action_state_has_evidence": lambda case: plans.an_action(draft(case), state="done"),
    "contingency_has_one_owner": lambda case: plans.a_contingency(draft(case), **NOBODY),
    "contingency_number_once": twice(plans.a_contingency),
    "contingency_says_when_and_what": lambda case: plans.a_contingency(draft(case), trigger=""),
    "liaison_number_once": twice(plans.a_liaison),
    "liaison_says_who_with_whom_how_often_about_what": lambda case: plans.a_liaison(draft(case), about=""),
    "confidential_part_stays_confidential": lambda case: plans.confidential(draft(case), compartment="open"),
    "progress_is_of_one_part": lambda case: progress(case, objective=None),
    "progress_has_evidence": lambda case: progress(case, evidence=""),
}


def gone(case: Case) -> dict[str, object]:
    return {"abandoned_by": plans.a_manager(), "abandon_reason": "x"}
