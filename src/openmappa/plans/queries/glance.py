"""A plan at a glance: every part with where it stands today, the actions of MAPPA meetings, and the next review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from openmappa.actions.queries.of_case import ActionLine, actions_of_case
from openmappa.core.plans.progress import Item, Tally, is_open, tally
from openmappa.plans.models.parts import Intervention, Objective, PlanAction, PlanGround, Progress
from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart, Contingency, Liaison, PlanReview, RiskManagement
from openmappa.plans.words import PlanKind
from openmappa.timeline.queries.duty_list import OPEN, DutyLine, duty_list
from openmappa.timeline.queries.frame import CaseFrame

PartT = TypeVar("PartT", Objective, Intervention, PlanAction)
DUTIES = {
    PlanKind.SUPERVISION: ("isp-start", "plan-review"),
    PlanKind.RISK_MANAGEMENT: ("rmp-start", "rmp-review"),
}


@dataclass(frozen=True)
class Line(Generic[PartT]):
    """A part that moves on, where it stands, and what shows it. ``progress`` is what was added since the signature."""

    part: PartT
    state: str
    state_on: date | None
    evidence: str
    progress: Sequence[Progress]
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        """Whether there is still something to be done."""
        return is_open(self.state)


@dataclass(frozen=True)
class Glance:
    """A plan with everything in it. ``confidential`` is None where the reader does not open the compartment."""

    plan: Plan
    objectives: Sequence[Line[Objective]]
    interventions: Sequence[Line[Intervention]]
    actions: Sequence[Line[PlanAction]]
    contingencies: Sequence[Contingency]
    liaisons: Sequence[Liaison]
    not_yet: Sequence[PlanGround]
    risk_management: RiskManagement | None
    confidential: ConfidentialPart | None
    review: PlanReview | None
    mappa: Sequence[ActionLine]
    tally: Tally


def glance(plan: Plan, today: date) -> Glance:
    """The plan as one page shows it. A dozen queries, however much is in it."""
    people = ("owner",)
    objectives = plan.objectives.select_related(*people).prefetch_related("grounds", "progress__recorded_by")
    actions = plan.actions.select_related(*people).prefetch_related("progress__recorded_by")
    interventions = plan.interventions.select_related("after").prefetch_related("progress__recorded_by")
    objective_lines = [_line(row, row.due_on, today) for row in objectives]
    action_lines = [_line(row, row.due_on, today) for row in actions]
    items = [
        *(Item(line.state, line.part.due_on) for line in objective_lines),
        *(Item(line.state, line.part.due_on) for line in action_lines),
    ]
    return Glance(
        plan=plan,
        objectives=objective_lines,
        interventions=[_line(row, None, today) for row in interventions],
        actions=action_lines,
        contingencies=list(plan.contingencies.select_related(*people)),
        liaisons=list(plan.liaisons.all()),
        not_yet=[ground for ground in plan.grounds.all() if ground.why_not_yet],
        risk_management=RiskManagement.objects.filter(plan=plan).first(),
        confidential=ConfidentialPart.objects.filter(plan=plan).first(),
        review=PlanReview.objects.filter(plan=plan).first(),
        mappa=actions_of_case(plan.case),
        tally=tally(items, today),
    )


def next_duties(frame: CaseFrame, kind: str) -> list[DutyLine]:
    """What is due on plans of this kind, with the reasons. One query and one run of the engine."""
    found = duty_list(frame)
    return [line for standard in DUTIES[PlanKind(kind)] for line in found.lines(found.matching(OPEN, standard))]


def _line(part: PartT, due_on: date | None, today: date) -> Line[PartT]:
    progress = list(part.progress.all())
    last = progress[-1] if progress else part
    overdue = due_on is not None and is_open(last.state) and due_on < today
    return Line(part, last.state, last.state_on, last.evidence, progress, overdue)
