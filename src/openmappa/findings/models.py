"""What an inspection found: findings, what the area says of them, recommendations and what came of them, the report.

A ``Finding`` cites figures by their questions and cases by their keys, never a name. A draft is read by those who work
on the exercise. Agreed, and with ``Feedback`` sent, it is read by the area it is about, which may put one ``Remark`` on
each: the check of factual accuracy. A ``ReportVersion`` is frozen: it holds what was published, word by word.
``Recommendation`` and ``FollowUp`` are public to whoever may read published reports, once there is one.
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class Sort(models.TextChoices):
    """What a finding is."""

    STRENGTH = "strength", "Strength"
    IMPROVE = "improve", "Area for improvement"
    GOOD_PRACTICE = "good_practice", "Good practice"


class Finding(models.Model):
    """One finding on a criterion, of the whole or of one area; ``questions`` and ``cases`` are what it cites.

    ``cases`` are keys of the sample, which say nothing to whoever cannot open the case; ``themes`` keys of themes of
    its interviews.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    exercise = models.ForeignKey("samples.Exercise", on_delete=models.PROTECT, related_name="findings")
    criterion = models.CharField(max_length=60)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sort = models.CharField(max_length=20, choices=Sort.choices)
    text = models.TextField()
    questions = models.JSONField(default=list, blank=True)
    cases = models.JSONField(default=list, blank=True)
    themes = models.JSONField(default=list, blank=True)
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    agreed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(
            ["id", "key", "submission", "exercise", "criterion", "area", "sort", "questions", "themes"], OPEN
        ),
        **dict.fromkeys(["written_by", "written_at", "agreed_by", "agreed_at", "version"], OPEN),
        **dict.fromkeys(["text", "cases"], SENSITIVE),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sort__in=Sort.values) & ~Q(text="") & ~Q(criterion=""), name="finding_says_what_and_on_what"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="finding_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sort} on {self.criterion}"

    @property
    def is_agreed(self) -> bool:
        """Whether whoever leads has agreed it."""
        return self.agreed_at is not None


class Feedback(models.Model):
    """What was found in an area, sent to it: it reads the agreed findings on it, and may remark until ``due_on``."""

    exercise = models.ForeignKey("samples.Exercise", on_delete=models.PROTECT, related_name="feedback")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True, default="")
    due_on = models.DateField()
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "exercise", "area", "due_on", "sent_by", "sent_at"], OPEN),
        "words": SENSITIVE,
    }

    class Meta:
        ordering = ["area__name"]
        constraints = [models.UniqueConstraint(fields=["exercise", "area"], name="feedback_once_an_area")]

    def __str__(self) -> str:
        return f"feedback of exercise {self.exercise_id} to area {self.area_id}"


class Remark(models.Model):
    """What an area says is wrong in a finding on it, and what those who inspect answered: changed, or not and why."""

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="remark")
    words = models.TextField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    accepted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "finding", "made_by", "made_at", "accepted", "answered_by", "answered_at"], OPEN),
        **dict.fromkeys(["words", "answer"], SENSITIVE),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(accepted__isnull=False, answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="remark_answered_by_somebody_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"remark on finding {self.finding_id}"


class Owner(models.TextChoices):
    """Who is to do what is recommended."""

    AREA = "area", "An area"
    BOARD = "board", "The strategic management board of an area"
    AGENCY = "agency", "An agency"


class Recommendation(models.Model):
    """What is to be done, by whom and by when. ``standard`` names the one that measures it, if one does."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    exercise = models.ForeignKey("samples.Exercise", on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveIntegerField()
    text = models.TextField()
    owner = models.CharField(max_length=10, choices=Owner.choices)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    due_on = models.DateField()
    standard = models.CharField(max_length=60, blank=True, default="")
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "submission", "exercise", "number", "text", "owner", "area", "agency", "due_on"),
            *("standard", "written_by", "written_at"),
        ],
        OPEN,
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="recommendation_number_once"),
            models.CheckConstraint(
                condition=~Q(text="")
                & (
                    Q(owner=Owner.AGENCY, agency__isnull=False, area__isnull=True)
                    | Q(owner__in=[Owner.AREA, Owner.BOARD], agency__isnull=True, area__isnull=False)
                ),
                name="recommendation_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.number} of exercise {self.exercise_id}"

    @property
    def owner_words(self) -> str:
        """Who is to do it, by name."""
        if self.owner == Owner.AGENCY:
            return str(self.agency)
        return f"{self.area} board" if self.owner == Owner.BOARD else str(self.area)


class Outcome(models.TextChoices):
    """How far a recommendation has come, as somebody says."""

    NOT_BEGUN = "not_begun", "Not begun"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    OVERTAKEN = "overtaken", "Overtaken by events"


class FollowUp(models.Model):
    """What had become of a recommendation on a day, and who says so (as in 2.5 and 2.6)."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="follow_ups")
    on = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "recommendation", "on", "outcome", "words", "written_by", "written_at"], OPEN
    )

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values) & ~Q(words=""), name="follow_up_says_what")
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.on}"


class ReportVersion(models.Model):
    """A published report, word by word and figure by figure, as it was then. A correction is the next number.

    ``content`` is what ``queries.report`` makes; ``figures`` are its estimates, to hold later inspections against.
    """

    exercise = models.ForeignKey("samples.Exercise", on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    content = models.JSONField()
    figures = models.JSONField(default=dict, blank=True)
    corrects = models.TextField(blank=True, default="", help_text="What was corrected, and why.")
    published_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "exercise", "number", "title", "content", "figures", "corrects", "published_by", "published_at"], OPEN
    )

    class Meta:
        ordering = ["-published_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="report_version_once"),
            models.CheckConstraint(
                condition=Q(number=1, corrects="") | Q(number__gt=1) & ~Q(corrects=""),
                name="report_correction_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"
