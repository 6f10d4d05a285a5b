"""The business plan with its aims and actions, and the live figures of the standards that measure some of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from openmappa.accounts.models import Area
from openmappa.board.models.plan import Aim, BusinessAction, BusinessNote, BusinessPlan
from openmappa.board.queries.figures import OnTime, on_time
from openmappa.board.queries.rules import rules
from openmappa.core.board.plan import Standing


@dataclass(frozen=True)
class ActionShown:
    """An action with what was said of it last, how it stands, and the figure that measures it, where one does."""

    action: BusinessAction
    notes: Sequence[BusinessNote]
    stands: Standing
    measured: OnTime | None

    @property
    def last(self) -> BusinessNote | None:
        """What was said of it last."""
        return self.notes[-1] if self.notes else None


@dataclass(frozen=True)
class PlanShown:
    """A plan with its aims and their actions, as they stand on a day."""

    plan: BusinessPlan
    on: date
    aims: Sequence[tuple[Aim, Sequence[ActionShown]]]

    @property
    def actions(self) -> list[ActionShown]:
        """Every action of it."""
        return [each for _, some in self.aims for each in some]

    @property
    def counts(self) -> list[tuple[Standing, int]]:
        """How many actions stand in each way; those with none are left out."""
        found = [(standing, sum(each.stands is standing for each in self.actions)) for standing in Standing]
        return [(standing, count) for standing, count in found if count]


def plans_of(area: Area) -> list[BusinessPlan]:
    """The plans of a board, the latest first. One query."""
    return list(BusinessPlan.objects.filter(area=area).select_related("agreed_in"))


def plan_in_force(area: Area, on: date) -> BusinessPlan | None:
    """The plan of a day; otherwise the latest. One query."""
    plans = plans_of(area)
    return next((one for one in plans if one.from_on <= on <= one.until_on), plans[0] if plans else None)


def plan_of(areas: Sequence[Area], key: uuid.UUID) -> BusinessPlan:
    """One plan of a board of these areas. Raises Http404. One query."""
    row = BusinessPlan.objects.filter(area__in=areas, key=key).select_related("area", "agreed_in", "made_by").first()
    if row is None:
        raise Http404("No such plan of this board")
    return row


def aim_of(areas: Sequence[Area], key: uuid.UUID) -> Aim:
    """One aim of a plan of a board of these areas. Raises Http404. One query."""
    row = Aim.objects.filter(plan__area__in=areas, key=key).select_related("plan").first()
    if row is None:
        raise Http404("No such aim of this board")
    return row


def business_action_of(areas: Sequence[Area], key: uuid.UUID) -> BusinessAction:
    """One action of a plan of a board of these areas. Raises Http404. One query."""
    rows = BusinessAction.objects.filter(aim__plan__area__in=areas, key=key)
    row = rows.select_related("aim__plan__area", "owner__person", "owner__agency", "agency", "added_by").first()
    if row is None:
        raise Http404("No such action of this board")
    return row


def plan_shown(plan: BusinessPlan, today: date) -> PlanShown:
    """A plan with all that its page shows. Five queries at most, however long it is."""
    notes = BusinessNote.objects.select_related("noted_by", "meeting").order_by("on", "id")
    actions = BusinessAction.objects.select_related("owner__person", "agency").prefetch_related(
        Prefetch("notes", notes)
    )
    aims = list(Aim.objects.filter(plan=plan).prefetch_related(Prefetch("actions", actions)))
    wanted = sorted({one.standard for aim in aims for one in aim.actions.all() if one.standard})
    measured = {one.standard: one for one in _measured(plan.area, wanted, today)}
    shown = [
        (
            aim,
            [
                ActionShown(one, list(one.notes.all()), one.stands_on(today), measured.get(one.standard))
                for one in aim.actions.all()
            ],
        )
        for aim in aims
    ]
    return PlanShown(plan, today, shown)


def action_shown(action: BusinessAction, today: date) -> ActionShown:
    """One action with all that was said of it. Three queries at most."""
    notes = list(BusinessNote.objects.filter(action=action).select_related("noted_by", "meeting"))
    wanted = [action.standard] if action.standard else []
    measured = _measured(action.aim.plan.area, wanted, today)
    return ActionShown(action, notes, action.stands_on(today), measured[0] if measured else None)


def _measured(area: Area, wanted: Sequence[str], today: date) -> list[OnTime]:
    return on_time([area], today, rules().standing.months, wanted, today) if wanted else []
