"""A person's own actions, those of the people they manage, and those of an area."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.actions.models import IS_OPEN, Action, ActionQuerySet
from openmappa.actions.whose import owned_by
from openmappa.core.access import Permission, Role
from openmappa.core.mappa.actions import lateness

SCOPES = {"mine": "My actions", "unit": "Actions of the people I manage", "area": "Actions in the area"}
STATES = {
    "open": "Open",
    "late": "Overdue",
    "left": "Owner has left",
    "asked": "Waiting for the chair",
    "done": "Closed",
}
PER_PAGE = 50


@dataclass(frozen=True)
class Listed:
    """One page of actions, with how many there are in all."""

    rows: tuple[Action, ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True)
class Mine:
    """What the home page shows of one's own actions: the first of them, and how many are open and overdue."""

    rows: tuple[Action, ...]
    open: int
    late: int
    today: date


def scopes_of(user: User) -> dict[str, str]:
    """Whose actions this person may list, in words."""
    found = {"mine": SCOPES["mine"]} if user.may(Permission.DO_ACTION) else {}
    if user.role == Role.LINE_MANAGER:
        found["unit"] = SCOPES["unit"]
    if user.role == Role.MAPPA_COORDINATOR:
        found["area"] = SCOPES["area"]
    return found


def actions_in(user: User, scope: str) -> ActionQuerySet:
    """The actions of a scope that this person may list; none of a scope that is not theirs."""
    if scope not in scopes_of(user):
        return Action.objects.none()
    rows = Action.objects.select_related("owner", "agency", "offered_to", "offered_agency")
    if scope == "area":
        return rows.filter(area=user.area)
    if scope == "unit":
        return rows.filter(Q(owner__unit=user.unit_id) | Q(owner__unit__managed__manager=user)).distinct()
    return rows.filter(owned_by(user))


def listed(user: User, scope: str, state: str, page: int) -> Listed:
    """One page of a scope's actions in a state: open first, soonest due first. Two queries, one more for a manager."""
    rows = actions_in(user, scope).filter(_in_state(state, timezone.localdate()), mistaken=False)
    count = rows.count()
    pages = max(1, -(-count // PER_PAGE))
    number = min(max(page, 1), pages)
    order = ["-completed_on", "-id"] if state == "done" else ["due_on", "id"]
    start = (number - 1) * PER_PAGE
    return Listed(tuple(rows.order_by(*order)[start : start + PER_PAGE]), count, number, pages)


def mine(user: User, first: int = 5) -> Mine:
    """The actions that are this person's to do, soonest due first. One query."""
    today = timezone.localdate()
    if not user.may(Permission.DO_ACTION):
        return Mine((), 0, 0, today)
    rows = list(
        Action.objects.open()
        .filter(owned_by(user))
        .select_related("owner", "agency", "offered_to", "offered_agency")
        .order_by("due_on", "id")[:200]
    )
    return Mine(tuple(rows[:first]), len(rows), sum(row.due_on < today for row in rows), today)


def how_late(action: Action) -> str:
    """How an action stands to its day today, in words; empty for one that is closed."""
    return lateness(action.due_on, timezone.localdate()) if action.is_open else ""


def _in_state(state: str, today: date) -> Q:
    found = {
        "late": IS_OPEN & Q(due_on__lt=today),
        "left": IS_OPEN & Q(owner_left=True),
        "asked": Q(state__in=["questioned", "cannot"]),
        "done": ~IS_OPEN,
    }
    return found.get(state, IS_OPEN)
