"""Holding the meeting on a case: it begins, and it ends with its fact and the day of its review."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.meetings.models.sitting import Meeting
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.services import record_fact


class NotHeld(NotRecorded):
    """The meeting neither began nor ended; the message says why and what to do."""


def begin(*, by: User, meeting: Meeting) -> Meeting:
    """Say that the meeting on a case begins now; said again, nothing changes.

    Raises NotAllowed, NotHeld (taken off its list, cancelled, closed, or not its day yet).
    """
    require(by, Permission.TAKE_MINUTES)
    with transaction.atomic():
        row = _locked(meeting)
        if row.closed_at is not None:
            raise NotHeld("This meeting was closed. Its minutes are on the case’s minutes page.")
        if row.taken_off_at is not None:
            raise NotHeld("This case was taken off the list, so there is no meeting to open.")
        if row.sitting.is_cancelled:
            raise NotHeld("This sitting was cancelled. Call another one, then open the meeting there.")
        if timezone.localdate(row.starts_at) > timezone.localdate():
            raise NotHeld("This meeting is on a later day. Move the sitting to today first, if it is held now.")
        if row.opened_at is not None:
            return row
        row.opened_at, row.opened_by = timezone.now(), by
        row.save(update_fields=["opened_at", "opened_by"])
        log(by=by, verb="open meeting", case_id=row.case_id, about={"meeting": str(row.key)})
        return row


def end(
    *,
    by: User,
    meeting: Meeting,
    review_on: date | None,
    review_reason: str,
    submission: uuid.UUID | None = None,
) -> Meeting:
    """Say that the meeting on a case has ended: records ``mappa_meeting_held`` on the day that it began.

    Said again, nothing changes. Raises NotAllowed, NotHeld (it has not begun), Impossible (the fact).
    """
    require(by, Permission.RECORD_MEETING)
    with transaction.atomic():
        row = _locked(meeting)
        if row.closed_at is not None:
            return row
        if row.opened_at is None:
            raise NotHeld("This meeting has not begun. Open it first.")
        held_on, today = timezone.localdate(row.opened_at), timezone.localdate()
        fact = CoreFact("mappa_meeting_held", held_on, {"level": row.sitting.level}, today)
        row.fact = record_fact(by=by, case=row.case, fact=fact, submission=submission).fact
        row.closed_at, row.closed_by = timezone.now(), by
        row.review_on, row.review_reason = review_on, review_reason.strip()
        row.save(update_fields=["fact", "closed_at", "closed_by", "review_on", "review_reason"])
        log(by=by, verb="close meeting", case_id=row.case_id, about={"meeting": str(row.key), "review": review_on})
        return row


def _locked(meeting: Meeting) -> Meeting:
    row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    row.sitting = meeting.sitting
    return row
