"""The draft of minutes: changing its lines, checking it as the chair, correcting what was issued."""

import uuid

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.minutes.errors import DraftChanged, NotMinuted
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.minutes.models.running import Chairing
from openmappa.minutes.services.closing import refuse_unless_all_is_read
from openmappa.notes.models import open_compartments

COPIED = ("number", "kind", "compartment", "heading", "label", "text", "plain_words")


def change_line(
    *, by: User, minutes: Minutes, key: uuid.UUID, text: str, plain_words: str, compartment: str, revision: int
) -> Line:
    """Change a line of a draft: its words, what the offender is told of it, and its part. It has to be checked again.

    Raises NotAllowed, DraftChanged, NotMinuted (issued, no words, a part that is not open to the writer).
    """
    require(by, Permission.TAKE_MINUTES)
    if not text.strip():
        raise NotMinuted("Write what the line says, or take it out.")
    if plain_words.strip() and compartment != Compartment.OPEN:
        raise NotMinuted("The offender is told only of decisions that stand in the open part. Leave their words empty.")
    with transaction.atomic():
        row = lock_minutes(minutes, revision)
        if compartment not in {each.value for each in open_compartments(by, row.case)}:
            raise NotMinuted("You cannot write there, because you cannot read what stands there. Choose another part.")
        line = Line.objects.get(minutes=row, key=key)
        line.text, line.plain_words, line.compartment = text.strip(), plain_words.strip(), compartment
        line.save(update_fields=["text", "plain_words", "compartment"])
        _changed(row)
        log(by=by, verb="change line of minutes", case_id=row.case_id, about={"minutes": row.pk, "line": line.pk})
        return line


def take_out_line(*, by: User, minutes: Minutes, key: uuid.UUID, revision: int) -> None:
    """Take a line out of a draft; what it said stays in the history. Raises NotAllowed, DraftChanged, NotMinuted."""
    require(by, Permission.TAKE_MINUTES)
    with transaction.atomic():
        row = lock_minutes(minutes, revision)
        Line.objects.filter(minutes=row, key=key).delete()
        _changed(row)
        log(by=by, verb="take line out of minutes", case_id=row.case_id, about={"minutes": row.pk})


def check_minutes(*, by: User, minutes: Minutes, revision: int) -> Minutes:
    """Say, as the chair, that the draft is right. Said again, nothing changes.

    It is whoever chaired last; another chair where they have left. They read every part of it. Raises NotAllowed,
    DraftChanged, NotMinuted (not the chair, issued).
    """
    require(by, Permission.CHAIR_MEETING)
    with transaction.atomic():
        row = lock_minutes(minutes, revision)
        chair = chair_of(row)
        if chair is not None and chair.pk != by.pk and chair.may(Permission.CHAIR_MEETING):
            raise NotMinuted(f"The minutes are checked by whoever chaired: {chair.full_name}. Ask them to check.")
        refuse_unless_all_is_read(by, row.case)
        if row.checked_at is None:
            row.checked_by, row.checked_at = by, timezone.now()
            row.save(update_fields=["checked_by", "checked_at"])
            log(by=by, verb="check minutes", case_id=row.case_id, about={"minutes": row.pk})
        return row


def correct_minutes(*, by: User, minutes: Minutes, reason: str) -> Minutes:
    """Begin a correction of issued minutes: a draft with the next number and the same lines. The old ones stay.

    Where a correction was begun already, it is that one. Raises NotAllowed, NotMinuted (not issued, no reason).
    """
    require(by, Permission.ISSUE_MINUTES)
    if not reason.strip():
        raise NotMinuted("Say what is corrected. Every recipient reads it.")
    with transaction.atomic():
        row = Minutes.objects.select_for_update(of=("self",)).select_related("case").get(pk=minutes.pk)
        if row.issued_at is None:
            raise NotMinuted("These minutes were not issued yet: change the draft itself.")
        later = Minutes.objects.filter(corrects=row).first()
        if later is not None:
            if later.issued_at is None:
                return later
            raise NotMinuted(f"Version {later.number} has corrected these minutes. Correct that one.")
        refuse_unless_all_is_read(by, row.case)
        same = ("meeting_id", "case_id", "reference", "level", "held_on", "marking")
        draft = Minutes.objects.create(
            **{name: getattr(row, name) for name in same},
            number=row.number + 1,
            corrects=row,
            correction_reason=reason.strip(),
            drafted_by=by,
            drafted_at=timezone.now(),
        )
        Line.objects.bulk_create(
            Line(minutes=draft, case_id=row.case_id, **{name: getattr(line, name) for name in COPIED})
            for line in Line.objects.filter(minutes=row)
        )
        log(by=by, verb="correct minutes", case_id=row.case_id, about={"minutes": draft.pk, "corrects": row.pk})
        return draft


def add_line(*, by: User, minutes: Minutes, heading: str, text: str, compartment: str, revision: int) -> Line:
    """Add a line at the end of a draft. Raises NotAllowed, DraftChanged, NotMinuted."""
    require(by, Permission.TAKE_MINUTES)
    if not text.strip():
        raise NotMinuted("Write what the line says.")
    with transaction.atomic():
        row = lock_minutes(minutes, revision)
        if compartment not in {each.value for each in open_compartments(by, row.case)}:
            raise NotMinuted("You cannot write there, because you cannot read what stands there. Choose another part.")
        refuse_unless_all_is_read(by, row.case)
        last = Line.objects.filter(minutes=row).aggregate(last=Max("number"))["last"] or 0
        line = Line.objects.create(
            minutes=row,
            case_id=row.case_id,
            number=last + 1,
            kind="said",
            compartment=compartment,
            heading=heading.strip() or "Added when the draft was checked",
            text=text.strip(),
        )
        _changed(row)
        log(by=by, verb="add line to minutes", case_id=row.case_id, about={"minutes": row.pk, "line": line.pk})
        return line


def lock_minutes(minutes: Minutes, revision: int) -> Minutes:
    """The draft, locked until the transaction ends. Raises NotMinuted (issued), DraftChanged."""
    row = Minutes.objects.select_for_update(of=("self",)).select_related("case", "meeting").get(pk=minutes.pk)
    if row.issued_at is not None:
        raise NotMinuted("These minutes were issued, so they do not change. Correct them instead.")
    if row.revision != revision:
        raise DraftChanged
    return row


def chair_of(minutes: Minutes) -> User | None:
    """Whoever chaired the meeting last. One query."""
    row = Chairing.objects.filter(meeting_id=minutes.meeting_id).select_related("person__agency").order_by("from_at")
    last = row.last()
    return last.person if last else None


def _changed(row: Minutes) -> None:
    row.revision += 1
    row.checked_by = row.checked_at = None
    row.save(update_fields=["revision", "checked_by", "checked_at"])
