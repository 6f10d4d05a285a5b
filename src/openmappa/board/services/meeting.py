"""Meetings of the board: called, who came, what was said and decided, closed or called off."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.audit.services import log
from openmappa.board.errors import NotKept
from openmappa.board.models.meetings import Attendance, BoardMeeting, Decision
from openmappa.board.models.seats import Member
from openmappa.board.services.keeping import Submission, open_meeting, refuse_what_has_changed, require_to_keep
from openmappa.core.board.seats import Came

NotedCame = Mapping[int, tuple[Came, str]]
"""By the key of the seat: how it went, and who came in the member's place."""


def call_board(*, by: User, area: Area, on: date, place: str = "", submission: Submission = None) -> BoardMeeting:
    """Call a meeting of the board, or write down one that was. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, area.pk)
    with transaction.atomic():
        earlier = BoardMeeting.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        if BoardMeeting.objects.filter(area=area, on=on, cancelled_at__isnull=True).exists():
            raise NotKept({"on": "The board meets on this day already"})
        row = BoardMeeting.objects.create(
            submission=submission, area=area, on=on, place=place.strip(), called_by=by, called_at=timezone.now()
        )
        log(by=by, verb="call the board", about={"meeting": str(row.key), "on": on})
        return row


def call_off_board(*, by: User, meeting: BoardMeeting, reason: str) -> BoardMeeting:
    """Call a meeting off. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, meeting.area_id)
    with transaction.atomic():
        row = open_meeting(meeting)
        if not reason.strip():
            raise NotKept({"reason": "Say why the meeting is called off"})
        row.cancelled_by, row.cancelled_at, row.cancel_reason = by, timezone.now(), reason.strip()
        row.save(update_fields=["cancelled_by", "cancelled_at", "cancel_reason"])
        log(by=by, verb="call off the board", about={"meeting": str(row.key)})
        return row


def note_attendance(*, by: User, meeting: BoardMeeting, came: NotedCame) -> BoardMeeting:
    """Write down for seats how it went with each; a later word replaces an earlier one. Raises NotAllowed, NotKept."""
    require_to_keep(by, meeting.area_id)
    with transaction.atomic():
        row = open_meeting(meeting)
        _refuse_before_its_day(row)
        seats = {seat.pk: seat for seat in Member.objects.filter(area=row.area).seated_on(row.on)}
        problems = {
            f"deputy_{pk}": f"Write who came for {seats[pk].who}"
            for pk, (how, deputy) in came.items()
            if pk in seats and how is Came.DEPUTY and not deputy.strip()
        }
        if problems:
            raise NotKept(problems)
        now = timezone.now()
        for pk, (how, deputy) in sorted(came.items()):
            if pk in seats:
                whom = deputy.strip() if how is Came.DEPUTY else ""
                said = {"came": how.value, "deputy": whom, "noted_by": by, "noted_at": now}
                Attendance.objects.update_or_create(meeting=row, member=seats[pk], defaults=said)
        log(by=by, verb="note attendance at the board", about={"meeting": str(row.key), "seats": len(came)})
        return row


def write_notes(
    *, by: User, meeting: BoardMeeting, notes: str, also_present: str = "", version: int | None = None
) -> BoardMeeting:
    """Write down what was said in substance, and who else was there. Raises NotAllowed, NotKept, ChangedSince."""
    require_to_keep(by, meeting.area_id)
    with transaction.atomic():
        row = open_meeting(meeting)
        refuse_what_has_changed(version, row.version)
        row.notes, row.also_present, row.version = notes.strip(), also_present.strip(), F("version") + 1
        row.save(update_fields=["notes", "also_present", "version"])
        row.refresh_from_db(fields=["version"])
        log(by=by, verb="write notes of the board", about={"meeting": str(row.key)})
        return row


def note_decision(
    *,
    by: User,
    meeting: BoardMeeting,
    text: str,
    reasons: str,
    agency: Agency | None = None,
    submission: Submission = None,
) -> Decision:
    """Write down a decision with its reasons. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, meeting.area_id)
    with transaction.atomic():
        row = open_meeting(meeting)
        earlier = Decision.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        _refuse_before_its_day(row)
        problems = {} if text.strip() else {"text": "Write what was decided"}
        problems |= {} if reasons.strip() else {"reasons": "Write why"}
        if problems:
            raise NotKept(problems)
        last = Decision.objects.filter(meeting=row).aggregate(last=Max("number"))["last"] or 0
        made = Decision.objects.create(
            submission=submission,
            meeting=row,
            number=last + 1,
            text=text.strip(),
            reasons=reasons.strip(),
            agency=agency,
            noted_by=by,
            noted_at=timezone.now(),
        )
        log(by=by, verb="note decision of the board", about={"meeting": str(row.key), "decision": made.number})
        return made


def close_board(*, by: User, meeting: BoardMeeting) -> BoardMeeting:
    """Close a meeting for good. Raises NotAllowed, AnotherArea; NotKept while nobody said whether a member came."""
    require_to_keep(by, meeting.area_id)
    with transaction.atomic():
        row = open_meeting(meeting)
        _refuse_before_its_day(row)
        noted = set(Attendance.objects.filter(meeting=row).values_list("member_id", flat=True))
        missing = [seat.who for seat in Member.objects.filter(area=row.area).seated_on(row.on) if seat.pk not in noted]
        if missing:
            raise NotKept({"": f"Say first whether these came: {', '.join(missing)}."})
        row.closed_by, row.closed_at = by, timezone.now()
        row.save(update_fields=["closed_by", "closed_at"])
        log(by=by, verb="close the board", about={"meeting": str(row.key)})
        return row


def _refuse_before_its_day(row: BoardMeeting) -> None:
    if not row.has_begun(timezone.localdate()):
        raise NotKept({"": "This meeting is still to come. Write on it on its day, or afterwards."})
