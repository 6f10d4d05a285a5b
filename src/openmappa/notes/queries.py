"""Reading notes and files: one of them, how many there are, and how far the record has come."""

import uuid
from typing import TypeVar

from django.db.models import Count

from openmappa.accounts.models import Agency, User
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.compartments import WALLED, Compartment
from openmappa.notes.models import Attachment, Entry, Note, open_compartments

Kept = TypeVar("Kept", Note, Attachment)
WIDENING: tuple[frozenset[Compartment], ...] = (
    frozenset({Compartment.VICTIM, Compartment.INTELLIGENCE}),
    frozenset({Compartment.CONFIDENTIAL}),
    frozenset({Compartment.OPEN}),
)
"""The compartments, from those that the fewest read to the one that the most do."""


def note_of(user: User, case: Case, key: uuid.UUID) -> Note | None:
    """A note of this case, voided or not, if this person may read it. One query."""
    people = ("written_by__agency", "voided_by", "agency", "corrected_by")
    return Note.objects.open_to(user, case).select_related(*people).filter(key=key).first()


def file_of(user: User, case: Case, key: uuid.UUID) -> Attachment | None:
    """A file of this case, voided or not, if this person may read it. One query; its bytes are not read."""
    people = ("written_by__agency", "voided_by", "agency")
    return Attachment.objects.open_to(user, case).select_related(*people).filter(key=key).first()


def record_version(user: User, case: Case) -> int:
    """How far the record of a case has come, as far as this person reads it: what optimistic locking compares.

    It is the case's version (facts) and one for each note and file written and each one voided. What is behind a wall
    that they may not look behind is not counted: neither the number nor a conflict tells that it is there. Two queries.
    """
    counted = 0
    for model in (Note, Attachment):
        found = model.objects.open_to(user, case).aggregate(written=Count("pk"), voided=Count("voided_at"))
        counted += found["written"] + found["voided"]
    return case.version + counted


def sent_before(model: type[Kept], submission: uuid.UUID | None) -> Kept | None:
    """The note or file that this very form made when it was sent before. One query."""
    return model.objects.filter(submission=submission).first() if submission else None


def may_void(user: User, entry: Entry) -> bool:
    """Whether this person may say that a note or file is a mistake: their own, or a line manager anybody's."""
    own = entry.written_by_id == user.pk
    wanted = Permission.WRITE_NOTE if isinstance(entry, Note) else Permission.ATTACH_FILE
    return not entry.is_voided and user.may(wanted if own else Permission.VOID_ANY_FACT)


def fewer_read(compartment: Compartment) -> frozenset[Compartment]:
    """The compartments that fewer people read than this one."""
    place = next(place for place, level in enumerate(WIDENING) if compartment in level)
    return frozenset().union(*WIDENING[:place])


def may_retreat_to(user: User, case: Case, entry: Entry) -> list[Compartment]:
    """Where a voided entry may be moved so that fewer people read it. Never to intelligence, which has to be graded."""
    narrower = fewer_read(entry.stands_in) & open_compartments(user, case)
    return [each for each in Compartment if each in narrower and each is not Compartment.INTELLIGENCE]


def opens_walled(user: User, case: Case) -> frozenset[Compartment]:
    """The compartments open to this person for which they have to prove once more who they are."""
    return open_compartments(user, case) & WALLED


def originating_agencies(user: User) -> list[Agency]:
    """The agencies that intelligence may come from, the person's own first. One query."""
    return sorted(Agency.objects.all(), key=lambda agency: (agency.pk != user.agency_id, agency.name))
