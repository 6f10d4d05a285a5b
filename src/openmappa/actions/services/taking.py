"""One step on an action: the lock, the look at whether it may follow, the row, and what follows for the action."""

import uuid
from datetime import date
from typing import Any

from django.utils import timezone

from openmappa.accounts.models import Agency, User
from openmappa.actions.errors import MovedOn, NotDone
from openmappa.actions.models import Action, ActionStep
from openmappa.audit.services import log
from openmappa.core.access import Permission, Role
from openmappa.core.mappa.actions import ActionState, StepKind, may_follow, state_after
from openmappa.timeline.models import Fact

GONE = (
    "This action is no longer with you: it was handed to somebody else meanwhile. Nothing was saved. Your actions are "
    "on your home page."
)


def locked_action(action: Action) -> Action:
    """The action as it is now, locked until the transaction ends. Raises NotDone when it is no longer theirs."""
    row = Action.objects.select_for_update(of=("self",)).filter(pk=action.pk).first()
    if row is None:
        raise NotDone(GONE)
    return row


def sent_before(action: Action, submission: uuid.UUID | None) -> bool:
    """Whether this very form was taken before, so that nothing is left to do."""
    if submission is None:
        return False
    earlier = ActionStep.objects.filter(submission=submission).first()
    if earlier is not None and earlier.action_id != action.pk:
        raise NotDone("This form was sent for another action before. Open the action again.")
    return earlier is not None


def refuse_if_moved_on(action: Action, version: int | None) -> None:
    """Raise MovedOn when something was done with the action since the page that was seen."""
    if version is not None and version != action.version:
        raise MovedOn


def take(
    action: Action,
    kind: StepKind,
    *,
    by: User | None,
    words: str = "",
    on: date | None = None,
    due_on: date | None = None,
    person: User | None = None,
    agency: Agency | None = None,
    meeting: uuid.UUID | None = None,
    fact: Fact | None = None,
    submission: uuid.UUID | None = None,
    changes: dict[str, Any] | None = None,
) -> ActionStep:
    """Add a step to a locked action, bring the action in line with it, and log it.

    ``changes`` are columns of the action that follow. Raises NotDone when the step may not follow the state.
    """
    state = action.stands
    if action.mistaken or not may_follow(kind, state):
        raise NotDone(f"{_cannot(kind)} This action is already “{state.label.lower()}”. Open it again to read how.")
    after = state_after(kind, state)
    now = timezone.now()
    step = ActionStep.objects.create(
        action=action,
        case_id=action.case_id,
        kind=kind.value,
        state=after.value,
        on=on or timezone.localdate(now),
        at=now,
        by=by,
        words=words.strip(),
        due_on=due_on,
        person=person,
        agency=agency,
        meeting=meeting,
        fact=fact,
        submission=submission,
    )
    follow = {"state": after.value, "version": action.version + 1, **(changes or {})}
    if after in (ActionState.COMPLETED, ActionState.WITHDRAWN):
        follow |= {"offered_to": None, "offered_agency": None, "offer_declined": False, "stand_in": None}
    for name, value in follow.items():
        setattr(action, name, value)
    action.save(update_fields=list(follow))
    about: dict[str, object] = {"action": action.pk, "step": step.pk, "state": after.value}
    log(by=by, verb=f"action {kind.value}", case_id=action.case_id, about=about)
    return step


def say(words: str, ask: str) -> str:
    """The words without the space around them. Raises NotDone, asking for them, when there are none."""
    said = words.strip()
    if not said:
        raise NotDone(ask)
    return said


def who_decides(action: Action, but: User | None = None) -> list[User]:
    """Who hears of a question, and of what cannot be done: the area's coordinators, and who agreed it as a chair."""
    people = list(User.objects.filter(role=Role.MAPPA_COORDINATOR, area_id=action.area_id, is_active=True))
    people += [action.agreed_by] if action.agreed_by.may(Permission.CHAIR_MEETING) else []
    found = {person.pk: person for person in people if but is None or person.pk != but.pk}
    return list(found.values())


def _cannot(kind: StepKind) -> str:
    return "Nothing was saved: somebody was quicker." if kind is StepKind.COMPLETED else "Nothing was saved."
