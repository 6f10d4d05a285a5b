"""Actions that MAPPA meetings agree: the states they pass through, what may follow what, and when who is told.

An action is agreed with an owner, an agency and a day (7.8). Everything that becomes of it is a *step*; the state
follows from the steps. Nothing here reads a clock: days are arguments.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from openmappa.core.packs.actions_rules import ActionRules


class ActionState(StrEnum):
    """Where an action stands."""

    AGREED = "agreed"
    ACCEPTED = "accepted"
    QUESTIONED = "questioned"
    CANNOT = "cannot"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as pages show it."""
        return STATE_LABELS[self]


STATE_LABELS: Mapping[ActionState, str] = {
    ActionState.AGREED: "Not accepted yet",
    ActionState.ACCEPTED: "Accepted",
    ActionState.QUESTIONED: "Question asked",
    ActionState.CANNOT: "Cannot be done",
    ActionState.COMPLETED: "Completed",
    ActionState.WITHDRAWN: "Withdrawn",
}

OPEN: frozenset[ActionState] = frozenset(
    {ActionState.AGREED, ActionState.ACCEPTED, ActionState.QUESTIONED, ActionState.CANNOT}
)
"""The states in which somebody still has something to do."""


class StepKind(StrEnum):
    """One thing that became of an action."""

    ACCEPTED = "accepted"
    QUESTIONED = "questioned"
    ANSWERED = "answered"
    COMPLETED = "completed"
    CANNOT = "cannot"
    OFFERED = "offered"
    TAKEN_ON = "taken_on"
    DECLINED = "declined"
    CHANGED = "changed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    CARRIED_OVER = "carried_over"
    OWNER_LEFT = "owner_left"
    REOPENED = "reopened"

    @property
    def label(self) -> str:
        """The step as pages show it."""
        return STEP_LABELS[self]


STEP_LABELS: Mapping[StepKind, str] = {
    StepKind.ACCEPTED: "Accepted",
    StepKind.QUESTIONED: "Question asked",
    StepKind.ANSWERED: "Question answered",
    StepKind.COMPLETED: "Completed",
    StepKind.CANNOT: "Cannot be done",
    StepKind.OFFERED: "Handed over, not taken on yet",
    StepKind.TAKEN_ON: "Taken on",
    StepKind.DECLINED: "Not taken on",
    StepKind.CHANGED: "Changed by the chair",
    StepKind.MOVED: "Due date changed",
    StepKind.WITHDRAWN: "Withdrawn",
    StepKind.CARRIED_OVER: "Carried over by a meeting",
    StepKind.OWNER_LEFT: "The owner has left",
    StepKind.REOPENED: "Open again: the completion was a mistake",
}

_ANY = OPEN
_LEADS_TO: Mapping[StepKind, tuple[frozenset[ActionState], ActionState | None]] = {
    StepKind.ACCEPTED: (frozenset({ActionState.AGREED, ActionState.QUESTIONED}), ActionState.ACCEPTED),
    StepKind.QUESTIONED: (frozenset({ActionState.AGREED, ActionState.ACCEPTED}), ActionState.QUESTIONED),
    StepKind.ANSWERED: (frozenset({ActionState.QUESTIONED}), ActionState.AGREED),
    StepKind.COMPLETED: (_ANY, ActionState.COMPLETED),
    StepKind.CANNOT: (_ANY - {ActionState.CANNOT}, ActionState.CANNOT),
    StepKind.OFFERED: (_ANY, None),
    StepKind.TAKEN_ON: (_ANY, ActionState.ACCEPTED),
    StepKind.DECLINED: (_ANY, None),
    StepKind.CHANGED: (_ANY, ActionState.AGREED),
    StepKind.MOVED: (_ANY, None),
    StepKind.WITHDRAWN: (_ANY, ActionState.WITHDRAWN),
    StepKind.CARRIED_OVER: (_ANY, None),
    StepKind.OWNER_LEFT: (_ANY, None),
    StepKind.REOPENED: (frozenset({ActionState.COMPLETED}), ActionState.ACCEPTED),
}


def may_follow(step: StepKind, state: ActionState) -> bool:
    """Whether this step may be taken on an action that stands there."""
    return state in _LEADS_TO[step][0]


def state_after(step: StepKind, state: ActionState) -> ActionState:
    """Where the action stands after the step. Raises ValueError where the step may not follow."""
    before, after = _LEADS_TO[step]
    if state not in before:
        raise ValueError(f"an action that is {state.value} cannot be {step.value}")
    return state if after is None else after


def lateness(due_on: date, today: date) -> str:
    """How an open action stands to its day, in words: nobody has to work it out from two dates."""
    left = (due_on - today).days
    if left < 0:
        return f"Overdue by {_days(-left)}"
    if left == 0:
        return "Due today"
    return "Due tomorrow" if left == 1 else f"Due in {_days(left)}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


class Telling(StrEnum):
    """Who is told of an open action as its day comes and goes; each once."""

    REMIND = "remind"
    MANAGER = "manager"
    SMB = "smb"


@dataclass(frozen=True, slots=True)
class Told:
    """What was told already of an action."""

    reminded: bool = False
    manager: bool = False
    smb: bool = False


def to_tell(due_on: date, told: Told, today: date, rules: ActionRules) -> tuple[Telling, ...]:
    """Who is told today: the owner some days before, their manager and then the board member once it is late.

    A reminder is not sent once the day has passed: by then it is the manager who is told, and the owner with them.
    """
    late = (today - due_on).days
    found = []
    if -rules.remind_days_before <= late <= 0 and not told.reminded:
        found.append(Telling.REMIND)
    if late >= rules.manager_days_late and not told.manager:
        found.append(Telling.MANAGER)
    if late >= rules.smb_days_late and not told.smb:
        found.append(Telling.SMB)
    return tuple(found)


def tell_from(today: date, rules: ActionRules) -> date:
    """The last due date of which anything can have to be told today: later ones need not be looked at."""
    return today + timedelta(days=rules.remind_days_before)


def fails_repeatedly(late: int, rules: ActionRules) -> bool:
    """Whether an agency with so many late actions in the pack's months is shown to the board as failing again."""
    return late >= rules.failing_late
