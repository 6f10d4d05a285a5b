"""Decisions on the MAPPA level of a case, and the category as a person confirmed it."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass
from openmappa.referrals.words import Basis

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class LevelDecision(models.Model):
    """Who decided on a level, on what basis and why. ``fact`` recorded it; none where level and category were kept.

    ``meeting`` is the key of the meeting that decided, ``referral`` the one whose screening did.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="level_decisions")
    fact = models.OneToOneField(
        "timeline.Fact", on_delete=models.PROTECT, related_name="level_decision", null=True, blank=True
    )
    level = models.PositiveSmallIntegerField()
    category = models.PositiveSmallIntegerField()
    level_before = models.PositiveSmallIntegerField(null=True, blank=True)
    category_before = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_on = models.DateField()
    basis = models.CharField(max_length=12, choices=Basis.choices)
    meeting = models.UUIDField(null=True, blank=True)
    referral = models.OneToOneField(
        "referrals.Referral", on_delete=models.PROTECT, related_name="level_decision", null=True, blank=True
    )
    reasons = models.TextField()
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    submission = models.UUIDField(null=True, blank=True, unique=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "fact", "level", "category", "level_before", "category_before"], OPEN),
        **dict.fromkeys(["decided_on", "basis", "meeting", "referral", "decided_by", "recorded_at"], OPEN),
        "submission": OPEN,
        "reasons": SENSITIVE,
    }

    class Meta:
        ordering = ["-decided_on", "-id"]
        indexes = [models.Index(fields=["case", "-decided_on"], name="level_decision_of_case")]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3]), name="level_decision_level_is_1_to_3"),
            models.CheckConstraint(condition=Q(category__in=[1, 2, 3]), name="level_decision_category_is_1_to_3"),
            models.CheckConstraint(condition=~Q(level=1, category=3), name="level_decision_category_3_is_not_level_1"),
            models.CheckConstraint(condition=~Q(reasons=""), name="level_decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(basis=Basis.MEETING, meeting__isnull=False, referral__isnull=True)
                | Q(basis=Basis.SCREENING, meeting__isnull=True, referral__isnull=False)
                | Q(basis=Basis.COORDINATOR, meeting__isnull=True, referral__isnull=True),
                name="level_decision_rests_on_its_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"level {self.level}, case {self.case_id}"

    @property
    def keeps(self) -> bool:
        """Whether it left level and category as they were."""
        return self.fact_id is None


class CategoryConfirmation(models.Model):
    """The category as it was worked out from the record and what was answered, and as a person confirmed it.

    ``confirmed`` is None where the person found that the case is in none. Added to, never changed; the newest holds.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="category_confirmations")
    worked_out = models.PositiveSmallIntegerField(null=True, blank=True)
    confirmed = models.PositiveSmallIntegerField(null=True, blank=True)
    because = models.TextField(help_text="How it was worked out, as the page said then.")
    reason = models.TextField(blank=True, default="")
    offence = models.CharField(max_length=20, blank=True, default="")
    sentence_months = models.PositiveSmallIntegerField(null=True, blank=True)
    hospital_order = models.BooleanField(null=True)
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    submission = models.UUIDField(null=True, blank=True, unique=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "worked_out", "confirmed", "confirmed_by", "confirmed_at"], OPEN),
        "submission": OPEN,
        **dict.fromkeys(["because", "reason", "offence", "sentence_months", "hospital_order"], SENSITIVE),
    }

    class Meta:
        ordering = ["-confirmed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(worked_out__isnull=True) | Q(worked_out__in=[1, 2, 3]))
                & (Q(confirmed__isnull=True) | Q(confirmed__in=[1, 2, 3])),
                name="category_is_1_to_3_or_none",
            ),
            models.CheckConstraint(
                condition=Q(worked_out__isnull=True, confirmed__isnull=True)
                | Q(worked_out__isnull=False, confirmed__isnull=False, confirmed=models.F("worked_out"))
                | ~Q(reason=""),
                name="category_other_than_worked_out_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"category {self.confirmed}, case {self.case_id}"
