"""Writing notes and attaching files, and saying that one was a mistake."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Agency, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment, opens_intelligence
from openmappa.core.grading import NEVER_OPEN, Basis, Concern, Grading
from openmappa.notes.errors import NotWritten, RecordMovedOn, VoidedBefore
from openmappa.notes.models import CLASS_OF, Attachment, AttachmentContent, Entry, Note, open_compartments
from openmappa.notes.queries import Kept, fewer_read, may_void, record_version, sent_before
from openmappa.notes.uploads.apart import checked_apart
from openmappa.notes.uploads.kinds import Checked
from openmappa.notes.uploads.refusal import Refused
from openmappa.notes.uploads.scanning import scan

SENT_BEFORE = (
    "This form was saved before, with other answers or since voided. That is on the timeline, and nothing was saved "
    "now. Open the form again from the case to write something else."
)
VOID_FIELDS = ("voided_at", "voided_by", "void_reason")
PLACE_FIELDS = ("compartment", "basis", "source_grade", "information_grade", "handling", "agency")


@dataclass(frozen=True)
class Placed:
    """Where on a case something is written: who reads it, what it rests on, whom it concerns, and the day it is about.

    Intelligence has a grading, and the agency it came from where that is not the writer's own.
    """

    compartment: Compartment
    basis: Basis
    concerns: Concern
    on: date
    grading: Grading | None = None
    agency: Agency | None = None

    def fields(self, by: User) -> dict[str, Any]:
        """The columns that say so."""
        return {
            "compartment": self.compartment.value,
            "basis": self.basis.value,
            "concerns": self.concerns.value,
            "on": self.on,
            "source_grade": self.grading.source if self.grading else "",
            "information_grade": self.grading.information if self.grading else None,
            "handling": self.grading.handling if self.grading else None,
            "agency": self.agency or by.agency,
        }


def write_note(
    *,
    by: User,
    case: Case,
    text: str,
    placed: Placed,
    version: int | None = None,
    submission: uuid.UUID | None = None,
    corrects: Note | None = None,
    because: str = "",
) -> Note:
    """Write a note on a case; or, with ``corrects``, a note instead of an earlier one, which is voided ``because``.

    ``version`` is what ``record_version`` was when the form was opened; None accepts whatever was recorded since.
    ``submission`` is the form's token: the same form sent again returns the first note and writes nothing. A corrected
    note goes where its correction stands if fewer people read there: what was said too openly does not stay open.

    Raises NotAllowed (the role), NotWritten (the place, the day, other answers), RecordMovedOn, VoidedBefore.
    """
    require(by, Permission.WRITE_NOTE)
    said = text.strip()
    if not said:
        raise NotWritten("Write the note first.")
    with transaction.atomic():
        locked = lock_case(case)
        earlier = sent_before(Note, submission)
        if earlier is not None:
            return _same(earlier, locked, placed.fields(by) | {"text": said})
        refuse_place(by, locked, placed)
        refuse_if_moved_on(by, locked, version)
        if corrects is not None:
            _void(by, corrects, because, like=placed)
        note = Note.objects.create(
            case=locked,
            text=said,
            written_by=by,
            version=locked.version,
            submission=submission,
            supersedes=corrects,
            **placed.fields(by),
        )
        about = {"note": note.pk, "compartment": note.compartment, "corrects": corrects.pk if corrects else None}
        _log(by, "correct note" if corrects else "write note", note, about, "alteration" if corrects else "collection")
        return note


def attach_file(
    *,
    by: User,
    case: Case,
    name: str,
    content: bytes,
    title: str,
    placed: Placed,
    description: str = "",
    submission: uuid.UUID | None = None,
) -> Attachment:
    """Attach a file to a case, after it was checked and, where a scanner is set up, scanned.

    It can conflict with nothing, so no version is asked for. Raises NotAllowed, Refused (the file), NotWritten.
    """
    require(by, Permission.ATTACH_FILE)
    refuse_place(by, case, placed)
    sent = hashlib.sha256(content).hexdigest()
    words = {"title": title.strip(), "description": description.strip(), "sent_sha256": sent}
    again = sent_before(Attachment, submission)
    if again is not None:
        return _same(again, case, placed.fields(by) | words)
    kept = take_in(name, content)
    with transaction.atomic():
        locked = lock_case(case)
        earlier = sent_before(Attachment, submission)
        if earlier is not None:
            return _same(earlier, locked, placed.fields(by) | words)
        file = Attachment.objects.create(
            case=locked,
            file_name=kept.name,
            media_type=kept.media_type,
            size=len(kept.content),
            sha256=hashlib.sha256(kept.content).hexdigest(),
            written_by=by,
            version=locked.version,
            submission=submission,
            **words,
            **placed.fields(by),
        )
        AttachmentContent.objects.create(attachment=file, content=kept.content)
        about = {"file": file.pk, "compartment": file.compartment, "sha256": file.sha256, "size": file.size}
        _log(by, "attach file", file, about, "collection")
        return file


def void_note(
    *, by: User, note: Note, reason: str, version: int | None = None, retreat_to: Compartment | None = None
) -> None:
    """Mark a note as a mistake, with the reason; it stays on the timeline, struck through.

    ``retreat_to`` is a compartment that fewer people read, for what should not have been written so openly.
    Raises NotAllowed, NotWritten (no reason, a wider compartment), RecordMovedOn, VoidedBefore.
    """
    with transaction.atomic():
        locked = lock_case(note.case)
        refuse_if_moved_on(by, locked, version)
        _void(by, note, reason, retreat_to=retreat_to)
        _log(by, "void note", note, {"note": note.pk, "compartment": note.compartment}, "alteration")


def void_attachment(
    *, by: User, file: Attachment, reason: str, version: int | None = None, retreat_to: Compartment | None = None
) -> None:
    """Mark a file as a mistake, with the reason. From then on nobody can open it. Raises what ``void_note`` raises."""
    with transaction.atomic():
        locked = lock_case(file.case)
        refuse_if_moved_on(by, locked, version)
        _void(by, file, reason, retreat_to=retreat_to)
        _log(by, "void file", file, {"file": file.pk, "compartment": file.compartment}, "alteration")


def open_file(*, by: User, file: Attachment) -> bytes:
    """The bytes of a file for somebody who takes it out of the record; logged as a disclosure to them.

    Raises VoidedBefore for a file that was found to be a mistake.
    """
    if file.is_voided:
        raise VoidedBefore("This file was voided, so it can no longer be opened.")
    with transaction.atomic():
        content = bytes(AttachmentContent.objects.get(attachment=file).content)
        about = {"file": file.pk, "compartment": file.compartment, "sha256": file.sha256}
        _log(by, "open file", file, about, "disclosure", recipient=f"{by.display_name}, {by.agency_name}")
        return content


def take_in(name: str, content: bytes) -> Checked:
    """The file as it is kept. Raises Refused: too large, not what it says, or not clean."""
    most = settings.OPENMAPPA_UPLOAD_MEGABYTES
    if len(content) > most * 2**20:
        raise Refused(f"The file is larger than {most} MB. Save it in a smaller size, or in parts.")
    scan(content, settings.OPENMAPPA_SCAN_COMMAND)
    kept = checked_apart(name, content)
    if len(kept.content) > most * 2**20:
        raise Refused(f"Written again without its hidden notes, the picture is larger than {most} MB. Save it smaller.")
    return kept


def refuse_place(by: User, case: Case, placed: Placed) -> None:
    """Raise NotWritten where this person may not write there, or where it must not stand."""
    if placed.compartment not in open_compartments(by, case):
        raise NotWritten("You cannot write there, because you cannot read what stands there. Choose another part.")
    if placed.compartment is Compartment.OPEN and placed.concerns in NEVER_OPEN:
        raise NotWritten("What concerns a victim or a witness is not left open to everybody. Choose another part.")
    graded = placed.grading is not None
    if graded != (placed.compartment is Compartment.INTELLIGENCE) or graded != (placed.basis is Basis.INTELLIGENCE):
        raise NotWritten("Intelligence is graded and stands in its own part; nothing else is graded.")
    if placed.on > timezone.localdate():
        raise NotWritten("The day must be today or in the past.")


def refuse_if_moved_on(by: User, case: Case, seen: int | None) -> None:
    """Raise RecordMovedOn when what this person reads of the case has moved on from the version they saw."""
    now = record_version(by, case)
    if seen is not None and seen != now:
        raise RecordMovedOn(now)


def _void(
    by: User, entry: Entry, reason: str, *, retreat_to: Compartment | None = None, like: Placed | None = None
) -> None:
    """Void a note or file, and move it where fewer people read it: to ``retreat_to``, or where its correction goes."""
    row = type(entry)._default_manager.select_for_update(of=("self",)).get(pk=entry.pk)
    if row.is_voided:
        raise VoidedBefore("This was voided or corrected before. The timeline shows by whom and why.")
    if not may_void(by, row):
        require(by, Permission.VOID_ANY_FACT)
    if not reason.strip():
        raise NotWritten("Say why this is a mistake. The reason stays on the timeline.")
    narrower = fewer_read(row.stands_in)
    if retreat_to is not None and (retreat_to not in narrower or retreat_to is Compartment.INTELLIGENCE):
        raise NotWritten("It can only be moved to where fewer people read it.")
    if retreat_to is not None:
        row.compartment = retreat_to.value
    elif like is not None and like.compartment in narrower:
        _move_along(by, row, like)
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason.strip()
    row.save(update_fields=[*VOID_FIELDS, *PLACE_FIELDS])
    for field in (*VOID_FIELDS, *PLACE_FIELDS):
        setattr(entry, field, getattr(row, field))


def _move_along(by: User, row: Entry, like: Placed) -> None:
    """Put a corrected note where its correction goes. Raises NotWritten where whoever corrects could not read it."""
    for field, value in like.fields(by).items():
        if field in PLACE_FIELDS:
            setattr(row, field, value)
    own = row.written_by_id == by.pk
    same_agency = row.agency_id == by.agency_id
    if row.handling and not opens_intelligence(row.handling, by.agency.kind, same_agency=same_agency, is_author=own):
        raise NotWritten(
            "With this handling code you could no longer read the note that you correct. Void that note, with where it "
            "should go, and write a new one."
        )


def _same(earlier: Kept, case: Case, wanted: Mapping[str, object]) -> Kept:
    """What the same form made before. Raises NotWritten when it said something else, or elsewhere."""
    if earlier.case_id != case.pk:
        raise NotWritten("This form was sent for another case before. Open the form again from this case.")
    if earlier.is_voided or any(getattr(earlier, name) != value for name, value in wanted.items()):
        raise NotWritten(SENT_BEFORE)
    return earlier


def _log(
    by: User, verb: str, entry: Entry, about: Mapping[str, object], operation: str, *, recipient: str = ""
) -> None:
    log(
        by=by,
        verb=verb,
        case_id=entry.case_id,
        about=about,
        operation=operation,
        classes=[CLASS_OF[entry.stands_in].value],
        recipient=recipient,
    )
