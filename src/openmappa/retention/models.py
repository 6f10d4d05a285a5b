"""Reviews of whether a case is kept, holds that keep it, disposals that somebody decided, and what one leaves."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass


class Decision(models.TextChoices):
    """What a review decided."""

    KEEP = "keep", "Keep"
    DISPOSE = "dispose", "Dispose of it"


class Review(models.Model):
    """Somebody looked at whether a case is still needed, and decided. Never changed: another review follows it.

    ``next_on`` is the day of the next review as it stood then; ``again_on`` a day that was asked for sooner than the
    rules give. ``group`` is the retention group that the case had. ``submission`` is the form's own token.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="retention_reviews")
    on = models.DateField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    grounds = ArrayField(models.CharField(max_length=40))
    words = models.TextField()
    group = models.PositiveSmallIntegerField()
    was_due_on = models.DateField(null=True)
    next_on = models.DateField(null=True)
    again_on = models.DateField(null=True)
    pack = models.CharField(max_length=60)
    submission = models.UUIDField(null=True, unique=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "on", "by", "at", "decision", "group", "was_due_on"], FieldClass.OPEN),
        **dict.fromkeys(["next_on", "again_on", "pack", "submission"], FieldClass.OPEN),
        **dict.fromkeys(["grounds", "words"], FieldClass.SENSITIVE),
    }

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="review_decision_is_known"),
            models.CheckConstraint(
                condition=Q(grounds__len__gt=0) & ~Q(words=""), name="review_has_grounds_and_says_why"
            ),
            models.CheckConstraint(
                condition=Q(decision="keep", next_on__isnull=False)
                | Q(decision="dispose", next_on__isnull=True, again_on__isnull=True),
                name="review_that_keeps_says_when_next",
            ),
            models.CheckConstraint(
                condition=(Q(next_on__isnull=True) | Q(next_on__gt=F("on")))
                & (Q(again_on__isnull=True) | Q(again_on__gt=F("on"))),
                name="review_is_before_the_next",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} decided on {self.on}"

    @property
    def decision_label(self) -> str:
        """The decision in words."""
        return str(Decision(self.decision).label)


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds, narrowed in the field's words."""

    def standing(self) -> "HoldQuerySet":
        """The holds that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


class Hold(models.Model):
    """A case must not be disposed of, whatever its dates say: for a court, an inquiry, a complaint."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True, default="")
    submission = models.UUIDField(null=True, unique=True)

    objects = HoldQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "placed_by", "placed_at", "lifted_by", "lifted_at"], FieldClass.OPEN),
        "submission": FieldClass.OPEN,
        **dict.fromkeys(["reason", "lift_reason"], FieldClass.SENSITIVE),
    }

    class Meta:
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason=""),
                name="hold_lifted_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"hold of {self.placed_at:%Y-%m-%d}"

    @property
    def is_standing(self) -> bool:
        """Whether it still stands."""
        return self.lifted_at is None


class Outcome(models.TextChoices):
    """What became of a disposal that somebody decided."""

    WAITING = "waiting", "Waits for approval"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DisposalQuerySet(models.QuerySet["Disposal"]):
    """Disposals, narrowed in the field's words."""

    def waiting(self) -> "DisposalQuerySet":
        """Those that nobody has approved, refused or withdrawn."""
        return self.filter(outcome=Outcome.WAITING)


class Disposal(models.Model):
    """A review decided to dispose of a case; somebody else has to approve it. An approved one goes with its case."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="disposals")
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="disposal")
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    judged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    judged_at = models.DateTimeField(null=True)
    judged_words = models.TextField(blank=True, default="")

    objects = DisposalQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "review", "decided_by", "decided_at", "outcome"], FieldClass.OPEN),
        **dict.fromkeys(["judged_by", "judged_at"], FieldClass.OPEN),
        "judged_words": FieldClass.SENSITIVE,
    }

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="disposal_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(outcome="waiting", judged_by__isnull=True, judged_at__isnull=True, judged_words="")
                | ~Q(outcome="waiting") & Q(judged_by__isnull=False, judged_at__isnull=False) & ~Q(judged_words=""),
                name="disposal_judged_by_somebody_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="approved") | ~Q(judged_by=F("decided_by")),
                name="disposal_approved_by_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(outcome="waiting"), name="disposal_waits_once_for_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"disposal decided on {self.decided_at:%Y-%m-%d}"

    @property
    def outcome_label(self) -> str:
        """What became of it, in words."""
        return str(Outcome(self.outcome).label)


class Certificate(models.Model):
    """What is left of a case that was disposed of: that, when, on which grounds, by whom, and how much. No name.

    ``statement`` is the certificate itself, JSON as the database wrote it, and ``sha256`` the digest of exactly that
    text. The other columns repeat what lists are sorted and found by. Only the database's own function writes here.
    ``case_id`` is a number without a row: the log's events about the case bear it too.
    """

    number = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    case_id = models.BigIntegerField(unique=True)
    statement = models.TextField()
    sha256 = models.CharField(max_length=64)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "number", "made_at", "area", "case_id", "statement", "sha256"], FieldClass.OPEN
    )

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.number

    @property
    def says(self) -> Mapping[str, Any]:
        """What the statement says, by name."""
        found: Mapping[str, Any] = json.loads(self.statement)
        return found

    @property
    def decided_on(self) -> date:
        """The day of the decision that was approved."""
        return date.fromisoformat(self.says["decided_on"])

    @property
    def is_intact(self) -> bool:
        """Whether the statement still has the digest that was written beside it, and bears this number."""
        digest = hashlib.sha256(self.statement.encode()).hexdigest()
        return digest == self.sha256 and self.says["number"] == self.number
