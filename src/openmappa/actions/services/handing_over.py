"""Handing an action to another person or agency, who take it on or do not; until then it stays where it is."""

import uuid

from django.db import transaction

from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Agency, User
from openmappa.actions.errors import NotDone
from openmappa.actions.models import Action
from openmappa.actions.services.agreeing import KIND, members_of, page_of
from openmappa.actions.services.taking import locked_action, refuse_if_moved_on, say, sent_before, take, who_decides
from openmappa.actions.whose import decides, is_offered_to, is_theirs
from openmappa.core.access import Permission
from openmappa.core.mappa.actions import StepKind
from openmappa.core.standards.words import in_full
from openmappa.notices.services import tell


def hand_over_action(
    *,
    by: User,
    action: Action,
    agency: Agency,
    person: User | None,
    words: str,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Action:
    """Offer it to another person, or to an agency where no person is known there; it stays until they take it on.

    By its owner, or by a chair who gives it to another. Another offer takes the place of the first. Raises NotAllowed,
    NotDone.
    """
    said = say(words, "Say why it goes to them. They read this before they take it on.")
    if person is not None and (person.agency_id != agency.pk or not person.may(Permission.DO_ACTION)):
        raise NotDone(f"{person.full_name} cannot take it on: they left, do no actions, or are of another agency.")
    with transaction.atomic():
        row = locked_action(action)
        if sent_before(row, submission):
            return row
        if not is_theirs(by, row) and not decides(by, row):
            raise NotAllowed(by, Permission.DO_ACTION)
        refuse_if_moved_on(row, version)
        if (person is not None and person.pk == row.owner_id) or (
            person is None and row.owner_id is None and agency.pk == row.agency_id
        ):
            raise NotDone("It is theirs already. Choose somebody else.")
        changes = {"offered_to": person, "offered_agency": agency, "offer_declined": False}
        take(
            row,
            StepKind.OFFERED,
            by=by,
            words=said,
            person=person,
            agency=agency,
            submission=submission,
            changes=changes,
        )
        tell(
            people=[person] if person else members_of(agency),
            kind=KIND,
            words=f"You are asked to take on action {row.number} on case {row.reference}, due on {row.due_on:%A} "
            f"{in_full(row.due_on)}. Take it on, or say that you do not.",
            case_id=row.case_id,
            link=page_of(row),
            due_on=row.due_on,
        )
    return row


def take_on_action(
    *, by: User, action: Action, version: int | None = None, submission: uuid.UUID | None = None
) -> Action:
    """Take on an action that was offered: from now on it is one's own. Raises NotAllowed, NotDone."""
    with transaction.atomic():
        row = locked_action(action)
        if sent_before(row, submission):
            return row
        if not is_offered_to(by, row):
            raise NotAllowed(by, Permission.DO_ACTION)
        refuse_if_moved_on(row, version)
        before = row.owner
        changes = {
            "owner": by,
            "owner_words": "",
            "agency_id": by.agency_id,
            "offered_to": None,
            "offered_agency": None,
            "stand_in": None,
            "owner_left": False,
            "reminded_at": None,
            "manager_told_at": None,
        }
        take(row, StepKind.TAKEN_ON, by=by, submission=submission, changes=changes)
        _tell_of_it(row, before, by, f"{by.full_name} has taken on")
    return row


def decline_action(
    *, by: User, action: Action, words: str, version: int | None = None, submission: uuid.UUID | None = None
) -> Action:
    """Say that one does not take it on, and why: it stays with whose it is. Raises NotAllowed, NotDone."""
    said = say(words, "Say why you do not take it on. Whoever offered it reads this.")
    with transaction.atomic():
        row = locked_action(action)
        if sent_before(row, submission):
            return row
        if not is_offered_to(by, row):
            raise NotAllowed(by, Permission.DO_ACTION)
        refuse_if_moved_on(row, version)
        take(row, StepKind.DECLINED, by=by, words=said, submission=submission, changes={"offer_declined": True})
        _tell_of_it(row, row.owner, by, f"{by.full_name} does not take on")
    return row


def _tell_of_it(action: Action, owner: User | None, by: User, what: str) -> None:
    """Whose it was, who stands in for them and who decides hear whether somebody took it on."""
    people = [owner, action.stand_in] if action.is_offered or owner else [action.stand_in]
    found = {person.pk: person for person in [*people, *who_decides(action)] if person is not None}
    tell(
        people=[person for person in found.values() if person.pk != by.pk],
        kind=KIND,
        words=f"{what} action {action.number} on case {action.reference}.",
        case_id=action.case_id,
        link=page_of(action),
    )
