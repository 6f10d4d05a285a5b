"""What a chair, a coordinator or a meeting decides about an action."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.actions.errors import NotDone
from openmappa.actions.models import Action
from openmappa.actions.services.agreeing import TOO_LONG, tell_owner
from openmappa.actions.services.taking import locked_action, refuse_if_moved_on, say, sent_before, take
from openmappa.actions.whose import require_decides
from openmappa.core.access import Permission
from openmappa.core.mappa.actions import ActionState, StepKind
from openmappa.timeline.services import withdraw_agreed_action

AGAIN = {"reminded_at": None, "manager_told_at": None, "smb_told_at": None}
"""With another day, everybody is told anew as it comes and goes."""


def answer_question(
    *, by: User, action: Action, words: str, version: int | None = None, submission: uuid.UUID | None = None
) -> Action:
    """Answer what the owner asked. Raises NotAllowed, NotDone."""
    said = say(words, "Write the answer. The owner reads it on the page of the action.")
    return _decided(by, action, StepKind.ANSWERED, said, "Your question is answered:", version, submission)


def change_action(
    *,
    by: User,
    action: Action,
    text: str,
    due_on: date,
    words: str,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Action:
    """Ask for something else, or for the same by another day, and say why; what it was is kept.

    Raises NotAllowed, NotDone.
    """
    said = say(words, "Say why it is changed. The owner and the next meeting read this.")
    wanted = say(text, "Say what has to be done.")
    if len(wanted) > TOO_LONG:
        raise NotDone(f"An action may have {TOO_LONG} characters. Say what has to be done, and leave the rest out.")
    _refuse_past(action, due_on)
    if action.text and wanted != action.text:
        said = f"{said}\nIt was: {action.text}"
    changes = {"text": wanted, "due_on": due_on, **(AGAIN if due_on != action.due_on else {})}
    return _decided(by, action, StepKind.CHANGED, said, "The chair has changed", version, submission, changes, due_on)


def move_due_date(
    *,
    by: User,
    action: Action,
    due_on: date,
    words: str,
    meeting: uuid.UUID | None = None,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Action:
    """Set another day by which it is due. The duty goes on by the first day, so that a late action stays late.

    Raises NotAllowed, NotDone.
    """
    said = say(words, "Say why the date is changed. It stays with the action.")
    _refuse_past(action, due_on)
    if due_on == action.due_on:
        raise NotDone("It is due on that day already. Give another day.")
    changes = {"due_on": due_on, **AGAIN}
    told = "There is another date for"
    return _decided(by, action, StepKind.MOVED, said, told, version, submission, changes, due_on, meeting)


def agree_it_cannot_be_done(
    *, by: User, action: Action, words: str, version: int | None = None, submission: uuid.UUID | None = None
) -> Action:
    """Agree with the owner that it cannot be done: nobody does it any more, and its duty goes.

    Raises NotAllowed, NotDone.
    """
    said = say(words, "Say why you agree, and what is done instead if anything is.")
    if action.stands is not ActionState.CANNOT:
        raise NotDone("Nobody has said that this action cannot be done. A meeting can withdraw it.")
    return _given_up(by, action, said, None, Permission.CHAIR_MEETING, version, submission)


def withdraw_action(
    *,
    by: User,
    action: Action,
    meeting: uuid.UUID,
    words: str,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Action:
    """A meeting decided that it is not to be done any more. Raises NotAllowed, NotDone."""
    said = say(words, "Write what the meeting decided, and why.")
    return _given_up(by, action, said, meeting, Permission.TAKE_MINUTES, version, submission)


def carry_action_over(
    *,
    by: User,
    action: Action,
    meeting: uuid.UUID,
    words: str,
    due_on: date | None = None,
    submission: uuid.UUID | None = None,
) -> Action:
    """A meeting looked at an open action and lets it stand, by the same day or another: it is accounted for.

    Raises NotAllowed, NotDone.
    """
    said = say(words, "Write where the action stands, as the meeting heard it.")
    if due_on is not None:
        _refuse_past(action, due_on)
    moved = due_on is not None and due_on != action.due_on
    changes = {"due_on": due_on, **AGAIN} if moved else {}
    told = "There is another date for" if moved else ""
    kind, may = StepKind.CARRIED_OVER, Permission.TAKE_MINUTES
    return _decided(by, action, kind, said, told, None, submission, changes, due_on if moved else None, meeting, may)


def _decided(
    by: User,
    action: Action,
    kind: StepKind,
    words: str,
    told: str,
    version: int | None,
    submission: uuid.UUID | None,
    changes: dict[str, Any] | None = None,
    due_on: date | None = None,
    meeting: uuid.UUID | None = None,
    permission: Permission = Permission.CHAIR_MEETING,
) -> Action:
    with transaction.atomic():
        row = locked_action(action)
        if sent_before(row, submission):
            return row
        require_decides(by, row, permission)
        refuse_if_moved_on(row, version)
        take(
            row,
            kind,
            by=by,
            words=words,
            due_on=due_on,
            meeting=meeting,
            submission=submission,
            changes=changes,
        )
        if told:
            tell_owner(row, f"{told} action {row.number} on case {row.reference}", by)
    return row


def _given_up(
    by: User,
    action: Action,
    words: str,
    meeting: uuid.UUID | None,
    permission: Permission,
    version: int | None,
    submission: uuid.UUID | None,
) -> Action:
    """Withdraw a locked action, and its fact with it, so that no duty asks for it any more."""
    with transaction.atomic():
        row = locked_action(action)
        if sent_before(row, submission):
            return row
        require_decides(by, row, permission)
        refuse_if_moved_on(row, version)
        take(row, StepKind.WITHDRAWN, by=by, words=words, meeting=meeting, submission=submission)
        who = "a meeting" if meeting else "the chair, since it cannot be done"
        withdraw_agreed_action(by=by, fact=row.fact, reason=f"Withdrawn by {who}: {words}")
        told = f"Action {row.number} on case {row.reference} is withdrawn: nobody has to do it any more"
        tell_owner(row, told, by, ends=True)
    return row


def _refuse_past(action: Action, due_on: date) -> None:
    if due_on < timezone.localdate():
        raise NotDone("The date must be today or later: nobody can do it by a day that has passed.")
