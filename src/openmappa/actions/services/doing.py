"""What the owner of an action says of it: accepted, a question, completed, or that it cannot be done."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.actions.models import Action
from openmappa.actions.reach import case_within_reach
from openmappa.actions.services.agreeing import KIND, page_of
from openmappa.actions.services.taking import locked_action, refuse_if_moved_on, say, sent_before, take, who_decides
from openmappa.actions.whose import is_theirs, require_theirs, sees_case
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.mappa.actions import StepKind
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.notices.services import settle, tell
from openmappa.timeline.models import Fact
from openmappa.timeline.services import record_fact


def accept_action(
    *, by: User, action: Action, version: int | None = None, submission: uuid.UUID | None = None
) -> Action:
    """Say that one does it. Raises NotAllowed, NotDone."""
    with transaction.atomic():
        row = locked_action(action)
        if sent_before(row, submission):
            return row
        require_theirs(by, row)
        refuse_if_moved_on(row, version)
        take(row, StepKind.ACCEPTED, by=by, submission=submission)
    return row


def question_action(
    *, by: User, action: Action, words: str, version: int | None = None, submission: uuid.UUID | None = None
) -> Action:
    """Ask about it; the area's coordinator hears of the question. Raises NotAllowed, NotDone."""
    said = say(words, "Write what you ask. The MAPPA coordinator reads it and answers.")
    return _to_the_chair(by, action, StepKind.QUESTIONED, said, "asks about", version, submission)


def say_it_cannot_be_done(
    *, by: User, action: Action, words: str, version: int | None = None, submission: uuid.UUID | None = None
) -> Action:
    """Say that it cannot be done, and why; the chair decides. Raises NotAllowed, NotDone."""
    said = say(words, "Say why it cannot be done. The chair decides by what you write here.")
    return _to_the_chair(by, action, StepKind.CANNOT, said, "says that they cannot do", version, submission)


def complete_action(
    *,
    by: User,
    action: Action,
    on: date,
    evidence: str,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Action:
    """Say that it is done, on which day, and by what that can be told; the fact meets the duty.

    By its owner, who may not see the case any more; or by whoever works on the case, in their place. Where the fact is
    there already, recorded by hand, it is that one. Raises NotAllowed, NotDone, Impossible (the day).
    """
    said = say(evidence, "Say what was done and how that can be told, such as a date, a letter or who confirmed it.")
    with transaction.atomic():
        row = locked_action(action)
        if sent_before(row, submission):
            return row
        if not is_theirs(by, row) and not (by.may(Permission.RECORD_ACTION) and sees_case(by, row)):
            raise NotAllowed(by, Permission.DO_ACTION)
        refuse_if_moved_on(row, version)
        with case_within_reach(by, row) as case:
            fact = _fact_of_it(by, case, row, on)
            changes = {"completed_on": fact.on, "done_fact": fact}
            take(
                row,
                StepKind.COMPLETED,
                by=by,
                words=said,
                on=fact.on,
                fact=fact,
                submission=submission,
                changes=changes,
            )
        if not Action.objects.open().filter(owner=by, case=row.case_id).exists():
            settle(by=by, case_id=row.case_id, kind=KIND)
    return row


def _fact_of_it(by: User, case: Case, action: Action, on: date) -> Fact:
    facts = Fact.objects.filter(case=case, kind="action_completed", details__action=action.number).standing()
    found = facts.first()
    if found is not None:
        return found
    done = CoreFact("action_completed", on, {"action": action.number}, timezone.localdate())
    return record_fact(by=by, case=case, fact=done).fact


def _to_the_chair(
    by: User,
    action: Action,
    kind: StepKind,
    words: str,
    what: str,
    version: int | None,
    submission: uuid.UUID | None,
) -> Action:
    with transaction.atomic():
        row = locked_action(action)
        if sent_before(row, submission):
            return row
        require_theirs(by, row)
        refuse_if_moved_on(row, version)
        take(row, kind, by=by, words=words, submission=submission)
        tell(
            people=who_decides(row, but=by),
            kind=KIND,
            words=f"{by.full_name} {what} action {row.number} on case {row.reference}. Answer on its page.",
            case_id=row.case_id,
            link=page_of(row),
        )
    return row
