"""What people write and attach to a case beside its facts: notes and files, each in one compartment."""

import uuid
from collections.abc import Mapping
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from openmappa.accounts.models import User
from openmappa.cases.models import Case, reach_of
from openmappa.core.compartments import HANDLING, WALLED, Compartment, FieldClass
from openmappa.core.grading import INFORMATION, NEVER_OPEN, SOURCES, Basis, Concern, Grading
from openmappa.core.involvement import CaseHeld
from openmappa.notes.uploads.kinds import LABELS, MEDIA_TYPES
from openmappa.ui.formats import lower_first

KINDS_OF_FIELD: Mapping[str, FieldClass] = {
    **dict.fromkeys(["id", "key", "case", "compartment", "on", "basis", "version", "submission"], FieldClass.OPEN),
    **dict.fromkeys(["agency", "written_by", "written_at", "voided_at", "voided_by"], FieldClass.OPEN),
    **dict.fromkeys(["concerns", "void_reason"], FieldClass.SENSITIVE),
    **dict.fromkeys(["source_grade", "information_grade", "handling"], FieldClass.INTELLIGENCE),
}
CLASS_OF: Mapping[Compartment, FieldClass] = {
    Compartment.OPEN: FieldClass.SENSITIVE,
    Compartment.CONFIDENTIAL: FieldClass.SENSITIVE,
    Compartment.VICTIM: FieldClass.VICTIM,
    Compartment.INTELLIGENCE: FieldClass.INTELLIGENCE,
}
"""The class of what is written in a compartment."""

Row = TypeVar("Row", bound="Entry", covariant=True)


def open_compartments(user: User, case: Case) -> frozenset[Compartment]:
    """The compartments of this case that are open to this person. No query beyond what ``reach_of`` remembers."""
    reach = reach_of(user)
    held = CaseHeld(
        case=case.pk,
        area=case.area_id,
        police_unit=case.police_unit_id,
        probation_unit=case.probation_unit_id,
        police_officer=case.police_officer_id,
        case_manager=case.case_manager_id,
        restricted=case.restricted,
    )
    return frozenset(each for each in Compartment if reach.opens(held, each))


def open_by_handling(user: User) -> Q:
    """Intelligence that this person's agency may read by its handling code (``core.compartments.HANDLING``)."""
    by_kind = [code for code, handling in HANDLING.items() if user.agency.kind in handling.kinds]
    by_origin = [code for code, handling in HANDLING.items() if handling.whose != "the author"]
    return Q(handling__in=by_kind) | Q(handling__in=by_origin, agency_id=user.agency_id)


class EntryQuerySet(models.QuerySet[Row]):
    """Notes or files, narrowed in the field's words."""

    def open_to(self, user: User, case: Case) -> Self:
        """Those of a case that this person may read; the database's own rules say the same."""
        graded = ~Q(compartment=Compartment.INTELLIGENCE) | Q(written_by=user) | open_by_handling(user)
        return self.filter(graded, case=case, compartment__in=open_compartments(user, case))


class NoteQuerySet(EntryQuerySet["Note"]):
    """Notes, narrowed in the field's words."""


class AttachmentQuerySet(EntryQuerySet["Attachment"]):
    """Files, narrowed in the field's words."""


class Entry(models.Model):
    """What notes and files have in common. Never edited: a mistake is voided, a note corrected by a later one.

    ``on`` is the day it is about. ``agency`` is where it comes from. ``handling`` and the grades are those of
    intelligence alone. ``version`` is the case's when it was written: what its writer knew.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    compartment = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Compartment])
    basis = models.CharField(max_length=30, choices=[(each.value, each.label) for each in Basis])
    concerns = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Concern])
    on = models.DateField()
    source_grade = models.CharField(max_length=1, blank=True, default="")
    information_grade = models.PositiveSmallIntegerField(null=True)
    handling = models.PositiveSmallIntegerField(null=True)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=0)
    submission = models.UUIDField(null=True, unique=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    void_reason = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["case", "on", "id"], name="%(class)s_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(compartment__in=[each.value for each in Compartment]),
                name="%(class)s_compartment_is_known",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=[each.value for each in Basis]), name="%(class)s_basis_is_known"
            ),
            models.CheckConstraint(
                condition=Q(concerns__in=[each.value for each in Concern]), name="%(class)s_concern_is_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        compartment=Compartment.INTELLIGENCE.value,
                        basis=Basis.INTELLIGENCE.value,
                        source_grade__in=sorted(SOURCES),
                        information_grade__in=sorted(INFORMATION),
                        handling__in=sorted(HANDLING),
                        information_grade__isnull=False,
                        handling__isnull=False,
                    )
                    | (
                        ~Q(compartment=Compartment.INTELLIGENCE.value)
                        & ~Q(basis=Basis.INTELLIGENCE.value)
                        & Q(source_grade="", information_grade__isnull=True, handling__isnull=True)
                    )
                ),
                name="%(class)s_is_graded_as_intelligence_only",
            ),
            models.CheckConstraint(
                condition=~Q(compartment=Compartment.OPEN.value)
                | ~Q(concerns__in=sorted(each.value for each in NEVER_OPEN)),
                name="%(class)s_on_a_victim_is_not_open",
            ),
            models.CheckConstraint(
                condition=(
                    Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                    | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""))
                ),
                name="%(class)s_voided_by_somebody_with_a_reason",
            ),
        ]

    @property
    def is_voided(self) -> bool:
        """Whether it was found to be a mistake, or was corrected since."""
        return self.voided_at is not None

    @property
    def stands_in(self) -> Compartment:
        """The compartment it stands in."""
        return Compartment(self.compartment)

    @property
    def is_walled(self) -> bool:
        """Whether the reader has to prove once more who they are before it is shown."""
        return self.stands_in in WALLED

    @property
    def may_go_to_the_offender(self) -> bool:
        """Whether it may be disclosed to the offender at all; all but what is open may not."""
        return self.stands_in is Compartment.OPEN

    @property
    def basis_label(self) -> str:
        """What it rests on, in words."""
        return Basis(self.basis).label

    @property
    def concerns_label(self) -> str:
        """Whom it concerns, in words."""
        return Concern(self.concerns).label

    @property
    def grading(self) -> Grading | None:
        """How it is graded, where it is intelligence."""
        if self.information_grade is None or self.handling is None:
            return None
        return Grading(self.source_grade, self.information_grade, self.handling)

    @property
    def grading_words(self) -> str:
        """What the grading means, code by code; nothing where there is none."""
        if self.grading is None:
            return ""
        source, information, handling = self.grading
        return (
            f"Source {source}: {lower_first(SOURCES[source])}. Information {information}: "
            f"{lower_first(INFORMATION[information])}. Handling {handling}: {lower_first(HANDLING[handling].label)}."
        )


class Note(Entry):
    """Something that was written down on a case. ``supersedes`` is the note that it corrects."""

    text = models.TextField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **KINDS_OF_FIELD,
        "text": FieldClass.SENSITIVE,
        "supersedes": FieldClass.OPEN,
    }

    objects = NoteQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=models.F("id")), name="note_corrects_another"
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk} of case {self.case_id}"


class Attachment(Entry):
    """A file on a case: what it is. Its bytes stand in ``AttachmentContent``.

    ``sha256`` is that of what is kept, ``sent_sha256`` that of what was sent: a picture is written again without what
    the camera noted, so the two differ.
    """

    title = models.CharField(max_length=150)
    description = models.TextField(blank=True, default="")
    file_name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sent_sha256 = models.CharField(max_length=64)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **KINDS_OF_FIELD,
        **dict.fromkeys(["title", "description", "file_name"], FieldClass.SENSITIVE),
        **dict.fromkeys(["media_type", "size", "sha256", "sent_sha256"], FieldClass.OPEN),
    }

    objects = AttachmentQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(media_type__in=list(MEDIA_TYPES)), name="attachment_media_type_is_taken_in"
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, sha256__regex="^[0-9a-f]{64}$", sent_sha256__regex="^[0-9a-f]{64}$"),
                name="attachment_bytes_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.pk} of case {self.case_id}"

    @property
    def kind_label(self) -> str:
        """What kind of file it is, in words."""
        return LABELS[self.media_type]


class AttachmentContent(models.Model):
    """The bytes of a file, in a table of their own, so that no list of files ever reads them."""

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, primary_key=True, related_name="stored")
    content = models.BinaryField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        "attachment": FieldClass.OPEN,
        "content": FieldClass.SENSITIVE,
    }

    def __str__(self) -> str:
        return f"bytes of file {self.attachment_id}"
