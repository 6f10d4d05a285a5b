"""A lesson, or good practice: one sentence that stands by itself, without a name, and outlives the case."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass

OPEN = FieldClass.OPEN


class LessonKind(models.TextChoices):
    """What is to be learnt."""

    LESSON = "lesson", "A lesson"
    GOOD_PRACTICE = "good_practice", "Good practice"


class Lesson(models.Model):
    """One sentence for practice. ``review`` is the key of the review it came from, and no foreign key: it stays when
    the case is disposed of. ``shared_at``: the board and other areas may read it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    review = models.UUIDField(db_index=True)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=LessonKind.choices)
    sentence = models.CharField(max_length=500)
    audience = models.CharField(max_length=40)
    practice_area = models.CharField(max_length=40)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    shared_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "submission", "review", "area", "kind", "sentence", "audience", "practice_area"),
            *("recorded_by", "recorded_at", "shared_by", "shared_at"),
        ],
        OPEN,
    )

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [models.Index(fields=["area", "-recorded_at"], name="lesson_of_area")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LessonKind.values), name="lesson_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(sentence="") & ~Q(audience="") & ~Q(practice_area=""), name="lesson_says_what_and_for_whom"
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True, shared_by__isnull=True)
                | Q(shared_at__isnull=False, shared_by__isnull=False),
                name="lesson_shared_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence
