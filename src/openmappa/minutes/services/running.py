"""A meeting while it runs: opening it, its chair, its lines, and what it decides about level and review."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.services.holding import begin
from openmappa.minutes.errors import NotMinuted, SavedMeanwhile
from openmappa.minutes.models.running import Chairing, Entry, Running
from openmappa.minutes.services.locking import Seen, counted, goes_on, lock_running, saved
from openmappa.minutes.words import EntryKind
from openmappa.notes.models import open_compartments

NEW = Seen()
MOVED_AWAY = (
    "Somebody moved this line to a part that you cannot read, so nothing was saved. Write what is new as a line of its "
    "own."
)


@dataclass(frozen=True)
class Words:
    """What a line says. Which of these a line has follows from what it is (``EntryKind``)."""

    item: str
    text: str = ""
    who: str = ""
    reasons: str = ""
    dissent: str = ""
    plain_words: str = ""
    disclosed: str = ""
    to_whom: str = ""
    by_on: date | None = None
    compartment: str = Compartment.OPEN.value


@dataclass(frozen=True)
class Concluded:
    """What a meeting decides about level and review; None and empty where it has not yet."""

    level: int | None = None
    category: int | None = None
    level_reasons: str = ""
    review_on: date | None = None
    review_reason: str = ""


def open_meeting(*, by: User, meeting: Meeting) -> Running:
    """Open the meeting on a case: from now on it is minuted. Opening it again changes nothing.

    Whoever was named to chair the sitting chairs it from now on. Raises NotAllowed, NotMinuted (taken off, cancelled,
    closed, or before its day).
    """
    require(by, Permission.TAKE_MINUTES)
    with transaction.atomic():
        opened = begin(by=by, meeting=meeting)
        earlier = Running.objects.filter(meeting=opened).first()
        if earlier is not None:
            return earlier
        now = timezone.now()
        Chairing.objects.create(
            meeting=opened, case_id=opened.case_id, person=opened.sitting.chair, from_at=now, noted_by=by, noted_at=now
        )
        return Running.objects.create(meeting=opened, case_id=opened.case_id, changed_by=by, changed_at=now)


def change_chair(*, by: User, meeting: Meeting, chair: User) -> Chairing:
    """Somebody else chairs from now on; who chairs already changes nothing.

    Raises NotAllowed, NotRunning, NotMinuted (somebody who cannot chair).
    """
    require(by, Permission.TAKE_MINUTES)
    if not chair.may(Permission.CHAIR_MEETING):
        raise NotMinuted(
            f"{chair.full_name} cannot chair: their role does not, or they have left. Choose somebody else."
        )
    with transaction.atomic():
        running = lock_running(meeting)
        last = Chairing.objects.filter(meeting=meeting).order_by("from_at").last()
        if last is not None and last.person_id == chair.pk:
            return last
        now = timezone.now()
        row = Chairing.objects.create(
            meeting=meeting, case_id=running.case_id, person=chair, from_at=now, noted_by=by, noted_at=now
        )
        counted(running)
        log(by=by, verb="change chair of meeting", case_id=running.case_id, about=_about(meeting, chair=chair.pk))
        return row


def write_entry(*, by: User, meeting: Meeting, key: uuid.UUID, words: Words, seen: Seen = NEW) -> Entry:
    """Save what somebody said, complete or not, under the key that the page gave it; the same again changes nothing.

    Raises NotAllowed, NotRunning, SavedMeanwhile (somebody else saved it), NotMinuted (a part not open to the writer).
    """
    return _save(by, meeting, key, EntryKind.SAID, words, seen)


def decide(*, by: User, meeting: Meeting, key: uuid.UUID, words: Words, seen: Seen = NEW) -> Entry:
    """Save a decision with reasons and dissent, and what the offender may be told of it. Raises as ``write_entry``."""
    return _save(by, meeting, key, EntryKind.DECISION, words, seen)


def consider_disclosure(*, by: User, meeting: Meeting, key: uuid.UUID, words: Words, seen: Seen = NEW) -> Entry:
    """Save that a disclosure was considered, and what was decided about it. Raises as ``write_entry``."""
    return _save(by, meeting, key, EntryKind.DISCLOSURE, words, seen)


SAVES = {
    EntryKind.SAID: write_entry,
    EntryKind.DECISION: decide,
    EntryKind.DISCLOSURE: consider_disclosure,
}
"""The service that saves a line of each kind."""


def remove_entry(*, by: User, meeting: Meeting, key: uuid.UUID, seen: Seen) -> None:
    """Take a line out of the meeting; what it said stays in the history. Removing it again changes nothing.

    Raises NotAllowed, NotRunning, SavedMeanwhile.
    """
    require(by, Permission.TAKE_MINUTES)
    with transaction.atomic():
        running = lock_running(meeting)
        row = Entry.objects.select_related("changed_by").filter(meeting=meeting, key=key).first()
        if row is None or row.removed_at is not None:
            return
        if not goes_on(row, seen):
            raise SavedMeanwhile(row)
        saved(row, by, seen)
        row.removed_at, row.removed_by, row.sequence = row.changed_at, by, counted(running)
        row.save()
        log(by=by, verb="remove line of meeting", case_id=row.case_id, about=_about(meeting, entry=row.pk))


def conclude(*, by: User, meeting: Meeting, concluded: Concluded, seen: Seen = NEW) -> Running:
    """Save what the meeting decides about level and review, complete or not; closing it puts both into force.

    Raises NotAllowed, NotRunning, SavedMeanwhile.
    """
    require(by, Permission.TAKE_MINUTES)
    with transaction.atomic():
        row = lock_running(meeting)
        wanted = {
            "level": concluded.level,
            "category": concluded.category,
            "level_reasons": concluded.level_reasons.strip(),
            "review_on": concluded.review_on,
            "review_reason": concluded.review_reason.strip(),
        }
        if all(getattr(row, name) == value for name, value in wanted.items()):
            return row
        if not goes_on(row, seen):
            raise SavedMeanwhile(row)
        for name, value in wanted.items():
            setattr(row, name, value)
        saved(row, by, seen)
        row.version += 1
        row.save()
        log(by=by, verb="save conclusion of meeting", case_id=row.case_id, about=_about(meeting))
        return row


def _save(by: User, meeting: Meeting, key: uuid.UUID, kind: EntryKind, words: Words, seen: Seen) -> Entry:
    require(by, Permission.TAKE_MINUTES)
    wanted = _fitting(kind, words)
    with transaction.atomic():
        running = lock_running(meeting)
        row = Entry.objects.select_related("changed_by").filter(key=key).first()
        _refuse(by, meeting, row, kind, words.compartment)
        if row is not None and row.removed_at is None and _says(row, wanted):
            return row
        if row is not None and not goes_on(row, seen):
            raise SavedMeanwhile(row)
        now = timezone.now()
        into = row or Entry(key=key, meeting=meeting, case_id=running.case_id, kind=kind, written_by=by, written_at=now)
        for name, value in wanted.items():
            setattr(into, name, value)
        saved(into, by, seen)
        into.removed_at, into.removed_by, into.sequence = None, None, counted(running)
        _stored(into)
        about = _about(meeting, entry=into.pk, kind=kind.value, compartment=into.compartment)
        log(by=by, verb="save line of meeting", case_id=into.case_id, about=about)
        return into


def _stored(row: Entry) -> None:
    """Keep the line. Raises NotMinuted where a line with its key stands where its writer no longer reads."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NotMinuted(MOVED_AWAY) from None


def _refuse(by: User, meeting: Meeting, row: Entry | None, kind: EntryKind, compartment: str) -> None:
    case = Case.objects.get(pk=meeting.case_id)
    if compartment not in {each.value for each in open_compartments(by, case)}:
        raise NotMinuted("You cannot write there, because you cannot read what stands there. Choose another part.")
    if row is not None and (row.meeting_id != meeting.pk or row.kind != kind):
        raise NotMinuted("This line belongs to another meeting, or is of another kind. Open the page again.")


def _fitting(kind: EntryKind, words: Words) -> dict[str, object]:
    """What a line of this kind keeps of these words. Raises NotMinuted where the offender would be told too much."""
    kept: dict[str, object] = {
        "item": words.item,
        "compartment": words.compartment,
        "text": words.text.strip(),
        "who": words.who.strip(),
        "reasons": words.reasons.strip(),
    }
    if kind is EntryKind.DECISION:
        if words.plain_words.strip() and words.compartment != Compartment.OPEN:
            raise NotMinuted(
                "The offender cannot be told of a decision in a restricted part. Leave their words empty, or move it."
            )
        kept |= {"dissent": words.dissent.strip(), "plain_words": words.plain_words.strip()}
    if kind is EntryKind.DISCLOSURE:
        kept |= {"disclosed": words.disclosed, "to_whom": words.to_whom.strip(), "by_on": words.by_on}
    return kept


def _says(row: Entry, wanted: dict[str, object]) -> bool:
    return all(getattr(row, name) == value for name, value in wanted.items())


def _about(meeting: Meeting, **more: object) -> dict[str, object]:
    return {"meeting": str(meeting.key), **more}
