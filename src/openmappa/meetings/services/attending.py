"""What somebody answers to an invitation, and who really was there, with rank or grade."""

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission, Rank
from openmappa.meetings.errors import NotCalled
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.services.inviting import OVER, refuse_if_over
from openmappa.meetings.services.locking import locked_meeting
from openmappa.meetings.services.telling import tell_people, what
from openmappa.meetings.words import Attendance, Reply

WAS_THERE = (Attendance.ATTENDED, Attendance.DEPUTY)


def reply_to_invitation(*, by: User, invitee: Invitee, reply: Reply, deputy_name: str = "") -> Invitee:
    """Answer an invitation: one's own, or, for somebody who answered by telephone, as whoever may call meetings.

    Whoever called the sitting hears of apologies and deputies. Answering again replaces the answer.
    Raises NotAllowed; NotCalled (no such invitation any more, over, a deputy without a name).
    """
    require(by, Permission.CONTRIBUTE_TO_MEETING if invitee.person_id == by.pk else Permission.CALL_MEETING)
    if reply is Reply.NONE:
        raise NotCalled("Choose whether you come, send a deputy, or send apologies.")
    if reply is Reply.DEPUTY and not deputy_name.strip():
        raise NotCalled("Write the name of the deputy.")
    with transaction.atomic():
        held, row = _locked(invitee)
        refuse_if_over(held)
        row.reply, row.replied_at = reply, timezone.now()
        row.deputy_name = deputy_name.strip() if reply is Reply.DEPUTY else ""
        row.save(update_fields=["reply", "replied_at", "deputy_name"])
        if reply is not Reply.COMES:
            _tell_who_called(by, row)
        log(by=by, verb="reply to invitation", case_id=held.case_id, about=_about(row) | {"reply": str(reply)})
        return row


def note_attendance(
    *,
    by: User,
    invitee: Invitee,
    attendance: Attendance,
    name: str = "",
    rank: Rank | None = None,
    grade: str = "",
    sent_in_writing: str = "",
) -> Invitee:
    """Write down who was there for an invitation, with rank or grade, and what they sent in writing.

    ``rank`` None takes the rank of the person invited, where they came themselves. Doing it again corrects it, until
    the meeting is closed. Raises NotAllowed; NotCalled (a deputy without a name, closed, withdrawn).
    """
    require(by, Permission.TAKE_MINUTES)
    if attendance is Attendance.UNKNOWN:
        raise NotCalled("Choose whether they attended, sent a deputy or apologies, or were absent.")
    with transaction.atomic():
        held, row = _locked(invitee)
        if held.closed_at is not None:
            raise NotCalled("This meeting is closed. Attendance is corrected in its minutes.")
        was_there = attendance in WAS_THERE
        said = name.strip() or (row.deputy_name if attendance is Attendance.DEPUTY else row.name)
        if attendance is Attendance.DEPUTY and not said:
            raise NotCalled("Write the name of the deputy who attended.")
        if rank is None and attendance is Attendance.ATTENDED and row.person is not None:
            rank = Rank(row.person.rank)
        row.attendance, row.noted_by, row.noted_at = attendance, by, timezone.now()
        row.attended_name = said if was_there else ""
        row.attended_rank = str(rank) if was_there and rank not in (None, Rank.NONE) else ""
        row.attended_grade = grade.strip() if was_there else ""
        row.sent_in_writing = sent_in_writing.strip()
        row.save()
        about = _about(row) | {"attendance": str(attendance), "rank": row.attended_rank}
        log(by=by, verb="note attendance", case_id=held.case_id, about=about)
        return row


def _locked(invitee: Invitee) -> tuple[Meeting, Invitee]:
    held = locked_meeting(invitee.meeting)
    row = Invitee.objects.select_for_update(of=("self",)).select_related("person", "agency").get(pk=invitee.pk)
    row.meeting = held
    if row.withdrawn_at is not None:
        raise NotCalled("This invitation was withdrawn." if held.closed_at is None else OVER)
    return held, row


def _tell_who_called(by: User, row: Invitee) -> None:
    sitting = row.meeting.sitting
    done = "sends a deputy" if row.reply == Reply.DEPUTY else "sends apologies"
    words = f"{row.agency.name} {done} to {what(sitting)} about case {row.meeting.case.reference}."
    if row.reply == Reply.DEPUTY:
        words += " Invite the deputy, so that they can open it."
    people = {one.pk: one for one in (sitting.called_by, sitting.chair)}
    tell_people(people.values(), words, by=by, case=row.meeting.case)


def _about(row: Invitee) -> dict[str, object]:
    return {"meeting": str(row.meeting.key), "invitee": row.pk}
