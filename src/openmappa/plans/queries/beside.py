"""What the front sheet says of plans: which stand, what is due on them, and what MAPPA meetings agreed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.actions.queries.of_case import KINDS as ACTIONS
from openmappa.actions.queries.of_case import ActionLine, lines
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.glance import DUTIES
from openmappa.plans.queries.plans import KIND_OF_FACT
from openmappa.plans.words import PlanKind
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.queries.frame import CaseFrame

NEEDS_RISK_MANAGEMENT = ("high", "very_high")


@dataclass(frozen=True)
class PlanBeside:
    """The plan of one kind that stands. ``fact`` recorded it (None: none does); ``plan`` is None if made elsewhere.

    ``first_due_on`` is set where a plan has to be written, ``review_due_on`` where one has to be looked at again.
    ``is_missed`` says that there has to be one, because the risk of harm is high or very high, and there is none.
    """

    kind: PlanKind
    fact: Fact | None
    plan: Plan | None
    first_due_on: date | None
    review_due_on: date | None
    is_missed: bool


@dataclass(frozen=True)
class PlansBeside:
    """Both plans, and how many actions of MAPPA meetings are open, and late."""

    plans: Sequence[PlanBeside]
    open_actions: int
    late_actions: int


def plans_beside(frame: CaseFrame) -> PlansBeside:
    """What stands of plans on a case today. Two queries, however many versions and actions there are."""
    people = ("plan__signed_by", "plan__countersigned_by", "plan__returned_by")
    rows = Fact.objects.filter(case=frame.case, kind__in=[*KIND_OF_FACT, *ACTIONS]).standing().select_related(*people)
    facts = list(rows)
    standards = [standard for kind in DUTIES for standard in DUTIES[kind]]
    duties = list(Duty.objects.open().filter(case=frame.case, standard__in=standards).order_by("due_on"))
    actions = lines([row for row in facts if row.kind in ACTIONS], ())
    still_open = [action for action in actions if action.is_open]
    return PlansBeside(
        [_of_kind(kind, frame, facts, duties) for kind in PlanKind],
        len(still_open),
        _late(still_open, frame.today),
    )


def for_the_front_sheet(request: HttpRequest) -> dict[str, Callable[[CaseFrame], PlansBeside]]:
    """A context processor: the card asks only where it is shown."""
    return {"plans_beside": plans_beside} if isinstance(getattr(request, "user", None), User) else {}


def _of_kind(kind: PlanKind, frame: CaseFrame, facts: Sequence[Fact], duties: Sequence[Duty]) -> PlanBeside:
    own = [fact for fact in facts if KIND_OF_FACT.get(fact.kind) is kind]
    newest = own[-1] if own else None
    first, review = (_due(duties, standard) for standard in DUTIES[kind])
    high = frame.standing.harm_level in NEEDS_RISK_MANAGEMENT and not frame.standing.closed
    missed = kind is PlanKind.RISK_MANAGEMENT and newest is None and high
    return PlanBeside(kind, newest, getattr(newest, "plan", None), first, review, missed)


def _due(duties: Sequence[Duty], standard: str) -> date | None:
    return next((duty.due_on for duty in duties if duty.standard == standard), None)


def _late(actions: Sequence[ActionLine], today: date) -> int:
    return sum(action.is_overdue(today) for action in actions)
