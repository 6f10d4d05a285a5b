"""The minutes of a meeting: numbered versions, and the lines of each. Once issued they never change."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import Compartment, FieldClass
from openmappa.minutes.words import PLACES, LineKind

OPEN, SENSITIVE, PERSONAL = FieldClass.OPEN, FieldClass.SENSITIVE, FieldClass.PERSONAL


class Minutes(models.Model):
    """One version of the minutes of a meeting. A later version corrects the one before it, for a reason.

    ``reference``, ``level`` and ``held_on`` stand here for whoever has a copy and does not see the case.
    ``revision`` counts its changes while it is a draft: a stale page is noticed.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    correction_reason = models.TextField(blank=True, default="")
    reference = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    marking = models.CharField(max_length=60)
    drafted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    drafted_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    checked_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    issued_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "meeting", "number", "corrects", "reference", "level", "held_on"], OPEN),
        **dict.fromkeys(["marking", "drafted_by", "drafted_at", "checked_by", "checked_at"], OPEN),
        **dict.fromkeys(["issued_by", "issued_at", "revision"], OPEN),
        "correction_reason": SENSITIVE,
    }

    class Meta:
        verbose_name_plural = "minutes"
        ordering = ["meeting", "number"]
        indexes = [models.Index(fields=["case", "issued_at"], name="minutes_of_case")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_number_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(issued_at__isnull=True), name="minutes_one_draft_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(number=1, corrects__isnull=True, correction_reason="")
                | Q(number__gte=2, corrects__isnull=False) & ~Q(correction_reason=""),
                name="minutes_later_version_corrects_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="minutes_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, issued_by__isnull=True)
                | Q(issued_at__isnull=False, issued_by__isnull=False, checked_at__isnull=False),
                name="minutes_issued_by_somebody_once_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"minutes {self.key}, version {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it has not been issued yet."""
        return self.issued_at is None


class Line(models.Model):
    """One line of the minutes, in one part of them. ``plain_words`` is what the offender may be told of a decision."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=LineKind.choices)
    compartment = models.CharField(max_length=20, choices=PLACES)
    heading = models.CharField(max_length=150)
    label = models.CharField(max_length=400, blank=True, default="")
    text = models.TextField()
    plain_words = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "minutes", "number", "kind", "compartment", "heading"], OPEN),
        **dict.fromkeys(["label", "text", "plain_words"], SENSITIVE),
    }

    class Meta:
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="line_number_once"),
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="line_kind_is_known"),
            models.CheckConstraint(
                condition=Q(compartment__in=[value for value, _ in PLACES]), name="line_compartment_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="line_says_something"),
            models.CheckConstraint(
                condition=Q(plain_words="") | Q(kind="decision", compartment=Compartment.OPEN.value),
                name="line_told_to_the_offender_is_an_open_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.number} of minutes {self.minutes_id}"
