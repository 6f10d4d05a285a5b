"""The steps in which a plan is written, and which columns each step fills."""

from collections.abc import Mapping
from dataclasses import dataclass

from openmappa.plans.models.parts import Intervention, Objective, PlanAction
from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart, Contingency, Liaison, PlanReview, RiskManagement
from openmappa.plans.words import PlanKind, Purpose

BOTH = frozenset(PlanKind)
SUPERVISION = frozenset({PlanKind.SUPERVISION})
RISK = frozenset({PlanKind.RISK_MANAGEMENT})

TextModel = type[Plan] | type[RiskManagement] | type[ConfidentialPart] | type[PlanReview]
PartModel = type[Objective] | type[Intervention] | type[PlanAction] | type[Contingency] | type[Liaison]


@dataclass(frozen=True)
class Step:
    """One step: what it is called, for which plans, and either the columns of one row or a list of parts."""

    slug: str
    title: str
    hint: str
    kinds: frozenset[PlanKind]
    model: TextModel | None = None
    columns: tuple[str, ...] = ()
    parts: str = ""
    of_reviews: bool = False

    def is_for(self, plan: Plan) -> bool:
        """Whether this plan has the step."""
        return plan.kind in self.kinds and (not self.of_reviews or plan.purpose == Purpose.REVIEW)

    def columns_for(self, plan: Plan) -> tuple[str, ...]:
        """The columns that this plan fills in the step."""
        left_out = {"victim_issues"} if not plan.is_supervision else set()
        return tuple(column for column in self.columns if column not in left_out)


STEPS: tuple[Step, ...] = (
    Step(
        "review",
        "Progress and what changed",
        "Each objective and action, MAPPA actions, and why the plan is reviewed now.",
        BOTH,
        PlanReview,
        ("why_now", "what_changed", "mappa_taken_in"),
        of_reviews=True,
    ),
    Step(
        "objectives",
        "Objectives",
        "What has to be reached, by whom and by when, and which need or harm factor it answers.",
        SUPERVISION,
        parts="objective",
    ),
    Step(
        "controls",
        "Agencies, controls and contact",
        "Who else does something, what limits and watches the offender, how often they are seen.",
        RISK,
        RiskManagement,
        ("other_agencies", "existing_controls", "added_measures", "conditions", "contact", "comments"),
    ),
    Step(
        "actions",
        "Actions",
        "What somebody has to do by a day. Actions of MAPPA meetings stand in the plan by themselves.",
        RISK,
        parts="action",
    ),
    Step(
        "contingency",
        "If the plan fails",
        "What would show it, what is done then, and who does it.",
        RISK,
        parts="contingency",
    ),
    Step(
        "interventions",
        "Interventions in sequence",
        "What is done with the offender, when, and what has to come first.",
        BOTH,
        parts="intervention",
    ),
    Step(
        "participation",
        "The offender’s part, and diversity",
        "Whether they have seen the plan and agree, in their own words; what was adapted for them.",
        SUPERVISION,
        Plan,
        ("shared_on", "agreed", "own_words", "why_not_shared", "diversity", "adapted"),
    ),
    Step(
        "community",
        "Community and contact",
        "What ties them to the community, and how often they are seen.",
        SUPERVISION,
        Plan,
        ("community", "contact"),
    ),
    Step(
        "liaison",
        "Who talks to whom",
        "Between police, probation and others: how often, about what.",
        BOTH,
        parts="liaison",
    ),
    Step(
        "victims",
        "Victims and what the offender must not know",
        "Confidential: it never goes into the offender’s copy.",
        BOTH,
        ConfidentialPart,
        ("victim_issues", "victim_safety", "third_party", "hidden_controls"),
    ),
)
BY_SLUG: Mapping[str, Step] = {step.slug: step for step in STEPS}
PARTS: Mapping[str, PartModel] = {
    "objective": Objective,
    "intervention": Intervention,
    "action": PlanAction,
    "contingency": Contingency,
    "liaison": Liaison,
}
STEP_OF_PART: Mapping[str, str] = {step.parts: step.slug for step in STEPS if step.parts}


def steps_of(plan: Plan) -> list[Step]:
    """The steps of this plan, in order."""
    return [step for step in STEPS if step.is_for(plan)]
