"""Recording a meeting outside MAPPA, asking why it was held outside, and answering that (7.3)."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.queries import coordinators_of
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.notes.services import Placed, write_note
from openmappa.notices.services import tell
from openmappa.referrals.errors import NotReferred
from openmappa.referrals.models.other_meetings import MeetingQuestion, OtherMeeting
from openmappa.referrals.queries.rules import referral_rules
from openmappa.ui.formats import day as day_words

KIND = "other_meeting"


@dataclass(frozen=True)
class Held:
    """What there is to say of a meeting outside MAPPA. ``kind`` is one of the pack's."""

    kind: str
    held_on: date
    who: str
    purpose: str
    why_not_mappa: str
    agreed: str = ""

    def in_words(self, label: str) -> str:
        """The note that stands on the timeline."""
        lines = [
            f"{label} outside MAPPA, held on {day_words(self.held_on)}.",
            f"Who was there: {self.who.strip()}",
            f"Purpose: {self.purpose.strip()}",
            f"Why not MAPPA: {self.why_not_mappa.strip()}",
            f"Agreed: {self.agreed.strip() or 'Nothing was agreed.'}",
        ]
        return "\n".join(lines)


def record_other_meeting(*, by: User, case: Case, held: Held, submission: uuid.UUID | None = None) -> OtherMeeting:
    """Record a meeting about a case that was held outside MAPPA. It stands on the timeline as a confidential note.

    The coordinators of the area are told. The same form sent again returns the first.
    Raises NotAllowed, NotReferred (the kind, a day to come, something missing).
    """
    require(by, Permission.RECORD_OTHER_MEETING)
    kinds = {kind.id: kind.label for kind in referral_rules().other_meetings}
    if held.kind not in kinds:
        raise NotReferred("Choose what kind of meeting it was.")
    if held.held_on > timezone.localdate():
        raise NotReferred(
            "This meeting is still to come. Refer the case to MAPPA instead, or record it once it was held."
        )
    if not (held.who.strip() and held.purpose.strip() and held.why_not_mappa.strip()):
        raise NotReferred("Say who was there, what it was for, and why it was not a MAPPA meeting.")
    with transaction.atomic():
        locked = lock_case(case)
        earlier = OtherMeeting.objects.filter(case=locked, submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        placed = Placed(Compartment.CONFIDENTIAL, Basis.FACT, Concern.OFFENDER, held.held_on)
        note = write_note(by=by, case=locked, text=held.in_words(kinds[held.kind]), placed=placed)
        row = OtherMeeting.objects.create(
            case=locked,
            kind=held.kind,
            held_on=held.held_on,
            who=held.who.strip(),
            purpose=held.purpose.strip(),
            why_not_mappa=held.why_not_mappa.strip(),
            agreed=held.agreed.strip(),
            note=note,
            recorded_by=by,
            recorded_at=timezone.now(),
            submission=submission,
        )
        log(by=by, verb="record other meeting", case_id=locked.pk, about={"meeting": row.pk, "kind": row.kind})
        people = [each for each in coordinators_of(locked) if each.pk != by.pk]
        _tell(
            people, locked, f"A meeting outside MAPPA was recorded on case {locked.reference}. Ask why, where need be."
        )
        return row


def ask_about_meeting(*, by: User, meeting: OtherMeeting, words: str) -> MeetingQuestion:
    """Ask whoever recorded a meeting outside MAPPA about it, such as why it was no referral. They are told.

    Raises NotAllowed, NotReferred (no words; asked already and not answered).
    """
    require(by, Permission.COORDINATE)
    said = words.strip()
    if not said:
        raise NotReferred("Write your question first.")
    with transaction.atomic():
        locked = lock_case(meeting.case)
        waits = MeetingQuestion.objects.filter(meeting=meeting, answered_at__isnull=True).first()
        if waits is not None:
            if (waits.words, waits.asked_by_id) == (said, by.pk):
                return waits
            raise NotReferred("Something was asked about this meeting already and is not answered yet.")
        row = MeetingQuestion.objects.create(
            meeting=meeting, case=locked, words=said, asked_by=by, asked_at=timezone.now()
        )
        log(by=by, verb="ask about other meeting", case_id=locked.pk, about={"meeting": meeting.pk})
        words_told = f"The coordinator asks about a meeting that you recorded on case {locked.reference}. Answer it."
        _tell([meeting.recorded_by], locked, words_told)
        return row


def answer_about_meeting(*, by: User, question: MeetingQuestion, words: str) -> None:
    """Answer what the coordinator asked about a meeting that one recorded. Doing it again changes nothing.

    Raises NotAllowed, NotReferred (somebody else recorded it; answered already; no words).
    """
    require(by, Permission.RECORD_OTHER_MEETING)
    said = words.strip()
    if question.meeting.recorded_by_id != by.pk:
        raise NotReferred("Whoever recorded the meeting answers what is asked about it.")
    if not said:
        raise NotReferred("Write your answer first.")
    with transaction.atomic():
        row = (
            MeetingQuestion.objects.select_for_update(of=("self",))
            .select_related("case", "asked_by")
            .get(pk=question.pk)
        )
        if row.answered_at is not None:
            if row.answer == said:
                return
            raise NotReferred("This was answered already. What you typed now was not saved.")
        row.answer, row.answered_by, row.answered_at = said, by, timezone.now()
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        log(by=by, verb="answer about other meeting", case_id=row.case_id, about={"meeting": row.meeting_id})
        _tell([row.asked_by], row.case, f"What you asked about a meeting on case {row.case.reference} was answered.")


def _tell(people: list[User], case: Case, words: str) -> None:
    link = reverse("referrals:other_meetings", kwargs={"key": case.key})
    tell(people=people, kind=KIND, words=words, case_id=case.pk, link=link)
