"""What an agency writes for a meeting beforehand: kept as a draft, sent, added to, withdrawn."""

import uuid

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import held as held_of
from openmappa.cases.models import reach_of
from openmappa.core.access import Permission, Role
from openmappa.core.compartments import COMPARTMENTS_OF, Compartment
from openmappa.meetings.errors import NotCalled, SavedMeanwhile
from openmappa.meetings.models.contribution import PLACES, Contribution
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.services.inviting import refuse_if_over
from openmappa.meetings.services.locking import locked_meeting

LONGEST = 10_000
PARTNER_PLACES = (Compartment.OPEN, Compartment.CONFIDENTIAL)
NOT_ASKED = "You are not invited to this meeting, so you cannot write information for it. Ask whoever called it."


def contribute(
    *,
    by: User,
    meeting: Meeting,
    text: str,
    compartment: Compartment,
    send: bool,
    key: uuid.UUID,
    version: int | None = None,
) -> Contribution:
    """Save what one's agency knows, as a draft or sent to the meeting. Late is possible until the meeting is closed.

    ``key`` is that of the draft, or the token of the form that begins one; the same form sent again changes nothing.
    Nobody else reads a draft. What was sent does not change: more is added by another, a mistake is withdrawn.

    Raises NotAllowed; NotCalled (not invited, closed, no words, a place one cannot write to); SavedMeanwhile (a draft
    that was saved from another page; ``version`` is the one that was seen).
    """
    require(by, Permission.CONTRIBUTE_TO_MEETING)
    said = text.strip()
    if not said:
        raise NotCalled("Write what your agency knows. Where it knows nothing, write that.")
    with transaction.atomic():
        held = locked_meeting(meeting)
        refuse_if_over(held)
        if not may_contribute(by, held):
            raise NotCalled(NOT_ASKED)
        if compartment not in places_for(by, held):
            raise NotCalled(f"You cannot write to “{compartment.label}” on this case. Choose another.")
        row = Contribution.objects.select_for_update(of=("self",)).filter(key=key, meeting=held, written_by=by).first()
        if row is not None and not row.is_draft:
            if (row.text, row.compartment) != (said, compartment):
                raise NotCalled("This was sent before, with other words. Write what is new as a further piece.")
            return row
        row = _drafted(row, by, held, key, version, said)
        now = timezone.now()
        row.text, row.compartment, row.saved_at, row.version = said, compartment, now, row.version + 1
        row.sent_at = now if send else None
        row.save()
        verb = "send information" if send else "save information"
        log(by=by, verb=verb, case_id=held.case_id, about={"meeting": str(held.key), "contribution": row.pk})
        return row


def withdraw_contribution(*, by: User, contribution: Contribution, reason: str) -> Contribution:
    """Take back what one wrote, with the reason: it is shown to nobody any more. Raises NotAllowed, NotCalled."""
    require(by, Permission.CONTRIBUTE_TO_MEETING)
    if not reason.strip():
        raise NotCalled("Say why it is withdrawn.")
    with transaction.atomic():
        held = locked_meeting(contribution.meeting)
        refuse_if_over(held)
        row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        if row.written_by_id != by.pk:
            raise NotCalled("Only whoever wrote this can withdraw it.")
        if row.withdrawn_at is not None:
            raise NotCalled("This was withdrawn before.")
        row.withdrawn_at, row.withdraw_reason = timezone.now(), reason.strip()
        row.save(update_fields=["withdrawn_at", "withdraw_reason"])
        log(by=by, verb="withdraw information", case_id=held.case_id, about={"contribution": row.pk})
        return row


def may_contribute(user: User, meeting: Meeting) -> bool:
    """Whether somebody may write for a meeting: they are invited to it, or they answer for its case."""
    if not user.may(Permission.CONTRIBUTE_TO_MEETING):
        return False
    if Invitee.objects.filter(meeting=meeting, person=user, withdrawn_at__isnull=True).exists():
        return True
    return user.role != Role.PARTNER_MEMBER and reach_of(user).is_responsible_for(held_of(meeting.case))


def places_for(user: User, meeting: Meeting) -> tuple[Compartment, ...]:
    """Where somebody can write for a meeting. A partner agency reads no record, and still says who may read theirs."""
    if user.role == Role.PARTNER_MEMBER:
        return PARTNER_PLACES
    reach, case = reach_of(user), held_of(meeting.case)
    return tuple(each for each in PLACES if each in COMPARTMENTS_OF[Role(user.role)] and reach.opens(case, each))


def _drafted(
    row: Contribution | None, by: User, meeting: Meeting, key: uuid.UUID, version: int | None, said: str
) -> Contribution:
    if row is not None:
        if version is not None and row.version != version and row.text != said:
            raise SavedMeanwhile(row.text)
        return row
    drafts = Contribution.objects.filter(
        meeting=meeting, written_by=by, sent_at__isnull=True, withdrawn_at__isnull=True
    )
    other = drafts.first()
    if other is not None:
        raise SavedMeanwhile(other.text)
    now = timezone.now()
    return Contribution(
        key=key, meeting=meeting, case=meeting.case, agency=by.agency, written_by=by, started_at=now, saved_at=now
    )
