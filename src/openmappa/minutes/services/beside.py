"""What comes onto the page of a meeting from others, or is kept by them: who was there, what agencies wrote, actions.

Each is done under the meeting's own lock, taken first, so that no two people wait for one another, and is counted, so
that the pages of others show it.
"""

import uuid
from datetime import date

from django.db import transaction

from openmappa.accounts.models import Agency, User
from openmappa.accounts.services import require
from openmappa.actions.models import Action
from openmappa.actions.services.agreeing import action_of_fact, agree_action
from openmappa.actions.services.chairing import carry_action_over, withdraw_action
from openmappa.actions.services.doing import complete_action
from openmappa.cases.models import Case
from openmappa.core.access import Permission, Rank, Service
from openmappa.core.mappa.agenda import INFORMATION
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.services.attending import note_attendance
from openmappa.meetings.words import Attendance, Reply
from openmappa.minutes.errors import NotMinuted
from openmappa.minutes.queries.beforehand import line_key, to_take_over
from openmappa.minutes.services.locking import counted, lock_running
from openmappa.minutes.services.running import Words, write_entry
from openmappa.ui.formats import day

CAME = {
    Reply.COMES: Attendance.ATTENDED,
    Reply.DEPUTY: Attendance.DEPUTY,
    Reply.APOLOGIES: Attendance.APOLOGIES,
}
"""What each answer to an invitation becomes when people come as they answered."""
WHO = 150
"""Characters that a line keeps of who said it."""


def note_who_came(
    *,
    by: User,
    meeting: Meeting,
    invitee: Invitee,
    attendance: Attendance,
    name: str,
    rank: Rank | None,
    grade: str,
    sent_in_writing: str,
) -> None:
    """Write down who was there for an invitation. Raises NotAllowed, NotRunning, NotCalled."""
    with transaction.atomic():
        running = lock_running(meeting)
        note_attendance(
            by=by,
            invitee=invitee,
            attendance=attendance,
            name=name,
            rank=rank,
            grade=grade,
            sent_in_writing=sent_in_writing,
        )
        counted(running)


def note_as_answered(*, by: User, meeting: Meeting) -> int:
    """Write down everybody who answered the invitation and is not written down yet, as they answered; how many.

    Whoever did not answer is left, and each can be changed. Raises NotAllowed, NotRunning, NotCalled.
    """
    require(by, Permission.TAKE_MINUTES)
    with transaction.atomic():
        running = lock_running(meeting)
        rows = Invitee.objects.filter(meeting=meeting, withdrawn_at__isnull=True, attendance=Attendance.UNKNOWN)
        answered = [row for row in rows.select_related("meeting") if row.reply]
        for row in answered:
            note_attendance(by=by, invitee=row, attendance=CAME[Reply(row.reply)], sent_in_writing=row.sent_in_writing)
        if answered:
            counted(running)
        return len(answered)


def take_over_information(*, by: User, meeting: Meeting) -> int:
    """Make lines of what agencies wrote beforehand, each in the part it was written for; returns how many.

    What was taken over before is not taken again, also where its line was taken out. Raises NotAllowed, NotRunning.
    """
    require(by, Permission.TAKE_MINUTES)
    with transaction.atomic():
        lock_running(meeting)
        rows = to_take_over(meeting, by)
        for row in rows:
            words = Words(INFORMATION, row.text, f"{row.agency.name}, in writing"[:WHO], compartment=row.compartment)
            write_entry(by=by, meeting=meeting, key=line_key(row), words=words)
        return len(rows)


def agree_in_meeting(
    *,
    by: User,
    meeting: Meeting,
    text: str,
    agency: Agency,
    owner: User | None,
    owner_words: str,
    service: Service,
    due_on: date,
    agreed_on: date,
    submission: uuid.UUID,
) -> Action:
    """Agree an action in the meeting: it is with its owner at once. Raises NotAllowed, NotRunning, NotAgreed."""
    with transaction.atomic():
        running = lock_running(meeting)
        made = agree_action(
            by=by,
            case=Case.objects.get(pk=running.case_id),
            text=text,
            agency=agency,
            owner=owner,
            owner_words=owner_words,
            service=service,
            due_on=due_on,
            agreed_on=agreed_on,
            meeting=meeting.key,
            submission=submission,
        )
        counted(running)
        return made


def account_for(
    *, by: User, meeting: Meeting, number: str, what: str, words: str, on: date | None, submission: uuid.UUID
) -> None:
    """Say what became of an action of an earlier meeting: ``done``, ``carried`` over with a new day, or ``withdrawn``.

    Raises NotAllowed, NotRunning, NotMinuted (no day), NotAgreed (no such action), NotDone.
    """
    with transaction.atomic():
        running = lock_running(meeting)
        action = action_of_fact(by=by, case=Case.objects.get(pk=running.case_id), number=number)
        if what == "withdrawn":
            withdraw_action(by=by, action=action, meeting=meeting.key, words=words, submission=submission)
        elif on is None:
            raise NotMinuted("Enter the day: when it was done, or by when it is due now.")
        elif what == "done":
            complete_action(by=by, action=action, on=on, evidence=words, submission=submission)
        else:
            carried = f"{words.strip()} Carried over to {day(on)}."
            carry_action_over(
                by=by, action=action, meeting=meeting.key, words=carried, due_on=on, submission=submission
            )
        counted(running)
