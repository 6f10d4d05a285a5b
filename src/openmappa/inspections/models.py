"""Inspections, and the frameworks by which they ask. What is drawn for an inspection stands in ``samples``."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.accounts.models import User
from openmappa.core.access import Permission, Role
from openmappa.core.compartments import FieldClass
from openmappa.samples.models import ExerciseArea, ExerciseMember

OPEN = FieldClass.OPEN
OF_AN_AREA = frozenset({Role.LINE_MANAGER.value, Role.MAPPA_COORDINATOR.value, Role.SMB_MEMBER.value})
"""The roles that see that their area is inspected, and that inspect it themselves."""


class FrameworkVersion(models.Model):
    """One version of what an inspection asks, as the text of a TOML file; ``core`` reads it. Never changed once saved.

    ``code`` and ``number`` name it. A line of versions belongs to the inspectorates, or to the ``area`` whose people
    saved its first. ``saved_by`` is None where it came with the software.
    """

    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    note = models.TextField(blank=True, default="", help_text="What is different, and why.")
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    saved_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "code", "number", "title", "text", "digest", "area", "based_on", "note", "saved_by", "saved_at"], OPEN
    )

    class Meta:
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="framework_version_once"),
            models.CheckConstraint(
                condition=Q(saved_by__isnull=False) & ~Q(note="")
                | Q(saved_by__isnull=True, number=1, area__isnull=True, based_on__isnull=True),
                name="framework_saved_by_somebody_with_a_note_or_shipped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the software."""
        return self.saved_by_id is None


class FrameworkDraft(models.Model):
    """A framework that somebody is changing, until it is saved as a version. Nobody else sees it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    based_on = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    text = models.TextField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "key", "person", "based_on", "text", "changed_at", "version"], OPEN
    )

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"draft {self.key}"


class Kind(models.TextChoices):
    """Who inspects."""

    JOINT = "joint", "Joint inspection"
    OWN = "own", "Self-inspection"


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Inspections, narrowed in the field's words."""

    def visible_to(self, user: User) -> "InspectionQuerySet":
        """Those that this person may know of: what they work on, and, for people of an area, what is of that area.

        Who only knows of one sees no answer and no case by it: ``works_on`` decides that.
        """
        if not user.may(Permission.SEE_INSPECTIONS):
            return self.none()
        theirs = Q(exercise__in=ExerciseMember.objects.in_force().filter(person=user).values("exercise"))
        if user.role in OF_AN_AREA and user.area_id is not None:
            theirs |= Q(exercise__in=ExerciseArea.objects.filter(area_id=user.area_id).values("exercise"))
        return self.filter(theirs)

    def running(self) -> "InspectionQuerySet":
        """Those that have not been closed."""
        return self.filter(exercise__ended_at__isnull=True)


class Inspection(models.Model):
    """One inspection of one area or more, or of an area by itself.

    Its day, areas, members, list and sample are those of its ``exercise``, whose end is its closing: the cases close to
    everybody, answers are not changed any more. Its key is that of its exercise, so that every page of it has one
    address whichever app it belongs to. ``published_at`` is when its report went out.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    exercise = models.OneToOneField("samples.Exercise", on_delete=models.PROTECT, related_name="inspection")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=150)
    purpose = models.TextField()
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "submission", "exercise", "kind", "title", "purpose", "framework"),
            *("published_by", "published_at"),
        ],
        OPEN,
    )

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-exercise__opened_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="inspection_kind_is_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(purpose=""), name="inspection_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="inspection_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed."""
        return self.exercise.is_open
