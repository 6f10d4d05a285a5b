"""What line managers leave behind: why a start was late, their reviews of cases, and their marks of quality."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.core.packs.quality_rules import Mark


class LatenessReason(models.Model):
    """Why a duty was met late or not at all. One for each duty; what it said before stands in the history.

    Duties are worked out afresh after each fact, so the row is tied to what makes a duty the same one.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="lateness_reasons", db_index=False)
    standard = models.CharField(max_length=60)
    opened_on = models.DateField()
    because_fact = models.ForeignKey("timeline.Fact", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=40)
    words = models.TextField(blank=True, default="")
    given_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    given_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "given_by", "given_at"], FieldClass.OPEN),
        **dict.fromkeys(["standard", "opened_on", "because_fact", "reason", "words"], FieldClass.SENSITIVE),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "standard", "opened_on", "because_fact"],
                name="lateness_is_explained_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="lateness_has_a_reason"),
            models.CheckConstraint(condition=~Q(reason="other") | ~Q(words=""), name="lateness_other_is_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.standard} of {self.opened_on}: {self.reason}"


class ManagementReview(models.Model):
    """A line manager looked at a case and came to something. Never changed: another review follows it.

    Its words are a note on the case, third-party and confidential: what is said here must not reach the offender.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="management_reviews", db_index=False)
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    looked_at = ArrayField(models.CharField(max_length=40))
    outcomes = ArrayField(models.CharField(max_length=40))
    next_on = models.DateField()
    note = models.OneToOneField("notes.Note", on_delete=models.PROTECT, related_name="management_review")
    pack = models.CharField(max_length=60)
    submission = models.UUIDField(null=True, unique=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "reviewed_on", "reviewed_by", "recorded_at"], FieldClass.OPEN),
        **dict.fromkeys(["next_on", "note", "pack", "submission"], FieldClass.OPEN),
        **dict.fromkeys(["looked_at", "outcomes"], FieldClass.SENSITIVE),
    }

    class Meta:
        indexes = [models.Index(fields=["case", "-reviewed_on", "-id"], name="management_review_last_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_at__len__gt=0, outcomes__len__gt=0), name="management_review_came_to_something"
            ),
            models.CheckConstraint(
                condition=Q(next_on__gt=F("reviewed_on")), name="management_review_is_before_the_next"
            ),
        ]

    def __str__(self) -> str:
        return f"management review of {self.reviewed_on}"


class ActionQuerySet(models.QuerySet["ManagementAction"]):
    """Actions, narrowed in the field's words."""

    def open(self) -> "ActionQuerySet":
        """Those that nobody has said are done."""
        return self.filter(done_on__isnull=True)


class ManagementAction(models.Model):
    """Something that a management review asked of somebody, by a day, and how it was done."""

    review = models.ForeignKey(ManagementReview, on_delete=models.PROTECT, related_name="actions")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    evidence = models.TextField(blank=True, default="")

    objects = ActionQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "review", "case", "owner", "due_on", "done_on", "done_by"], FieldClass.OPEN),
        **dict.fromkeys(["what", "evidence"], FieldClass.SENSITIVE),
    }

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="management_action_says_what"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True, evidence="")
                | (Q(done_on__isnull=False, done_by__isnull=False) & ~Q(evidence="")),
                name="management_action_done_by_somebody_with_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"action due {self.due_on}"


class QualityMarking(models.Model):
    """One manager's marking of one piece of work, which is known by the fact that recorded it.

    ``author`` is whoever recorded it; None for work that came from another system. ``unit`` is the author's, or the
    probation unit of the case: its line managers read the marking, and the author does. Colleagues do not.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    fact = models.ForeignKey("timeline.Fact", on_delete=models.PROTECT, related_name="quality_markings")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    marked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    marked_on = models.DateField()
    feedback = models.TextField(blank=True, default="")
    pack = models.CharField(max_length=60)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "author", "unit", "marked_by", "marked_on", "pack"], FieldClass.OPEN),
        **dict.fromkeys(["fact", "feedback"], FieldClass.SENSITIVE),
    }

    class Meta:
        ordering = ["-marked_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["fact", "marked_by"], name="quality_is_marked_once_by_each"),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | ~Q(author=F("marked_by")), name="quality_is_not_marked_by_the_author"
            ),
        ]

    def __str__(self) -> str:
        return f"marking of fact {self.fact_id}"


class QualityMark(models.Model):
    """The mark for one criterion."""

    marking = models.ForeignKey(QualityMarking, on_delete=models.PROTECT, related_name="marks", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=40)
    mark = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Mark])
    comment = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "marking", "case"], FieldClass.OPEN),
        **dict.fromkeys(["criterion", "mark", "comment"], FieldClass.SENSITIVE),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["marking", "criterion"], name="quality_criterion_is_marked_once"),
            models.CheckConstraint(
                condition=Q(mark__in=[each.value for each in Mark]), name="quality_mark_is_on_the_scale"
            ),
            models.CheckConstraint(
                condition=~Q(mark__in=[Mark.POOR.value, Mark.NOT_SUFFICIENT.value]) | ~Q(comment=""),
                name="quality_below_the_line_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.mark}"

    @property
    def mark_label(self) -> str:
        """The mark in words."""
        return Mark(self.mark).label
