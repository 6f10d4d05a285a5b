"""The review of a serious further offence, and what each agency writes for it (7.18, PC 54/2003)."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass

OPEN, PERSONAL, SENSITIVE = FieldClass.OPEN, FieldClass.PERSONAL, FieldClass.SENSITIVE


class Judgement(models.TextChoices):
    """How the conclusion answers a question."""

    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NO = "no", "No"


class FurtherOffenceReview(models.Model):
    """Somebody is charged with a serious further offence while managed: what was known, what the agencies say, what
    it comes to.

    ``level``, ``highest_level``, ``category`` and ``overdue`` are how the case stood on ``offence_on`` from what was
    written down by then, kept as it was worked out when the review was opened.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="further_offence_reviews")
    offence = models.CharField(max_length=40)
    alleged = models.TextField()
    offence_on = models.DateField(help_text="The day, or the first day, on which it is said to have happened.")
    charged_on = models.DateField()
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    highest_level = models.PositiveSmallIntegerField(null=True, blank=True)
    category = models.PositiveSmallIntegerField(null=True, blank=True)
    overdue = models.JSONField(default=list, blank=True)
    notify_by = models.DateField()
    notified_on = models.DateField(null=True, blank=True)
    notified_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    notified_whom = models.CharField(max_length=200, blank=True, default="")
    conclude_by = models.DateField()
    concluded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    level_right = models.CharField(max_length=10, choices=Judgement.choices, blank=True, default="")
    level_words = models.TextField(blank=True, default="")
    plans_done = models.CharField(max_length=10, choices=Judgement.choices, blank=True, default="")
    plans_words = models.TextField(blank=True, default="")
    without_words = models.TextField(
        blank=True, default="", help_text="Why it was concluded without a contribution that was asked for."
    )
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(
            ["id", "key", "submission", "case", "opened_by", "opened_at", "notify_by", "notified_on"], OPEN
        ),
        **dict.fromkeys(["notified_by", "conclude_by", "concluded_by", "concluded_at", "version"], OPEN),
        **dict.fromkeys(["offence", "alleged", "offence_on", "charged_on", "level", "highest_level"], SENSITIVE),
        **dict.fromkeys(["category", "overdue", "notified_whom", "level_right", "level_words"], SENSITIVE),
        **dict.fromkeys(["plans_done", "plans_words", "without_words"], SENSITIVE),
    }

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "charged_on", "offence"], name="further_offence_reviewed_once"),
            models.CheckConstraint(condition=~Q(alleged="") & ~Q(offence=""), name="further_offence_says_what"),
            models.CheckConstraint(
                condition=Q(charged_on__gte=F("offence_on")), name="further_offence_charged_after_it_happened"
            ),
            models.CheckConstraint(
                condition=Q(notified_on__isnull=True, notified_by__isnull=True, notified_whom="")
                | Q(notified_on__isnull=False, notified_by__isnull=False) & ~Q(notified_whom=""),
                name="further_offence_notified_by_somebody_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True, concluded_by__isnull=True, level_right="", plans_done="")
                | Q(
                    concluded_at__isnull=False,
                    concluded_by__isnull=False,
                    level_right__in=Judgement.values,
                    plans_done__in=Judgement.values,
                )
                & ~Q(level_words="")
                & ~Q(plans_words=""),
                name="further_offence_concluded_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether it has not been concluded."""
        return self.concluded_at is None


class Contribution(models.Model):
    """What one agency writes for a review: its chronology, and what it would do differently.

    It holds whatever its writer needs to know, so that their page shows nothing else of the case. ``person`` is who was
    asked; where nobody was named, those of the agency who open the case write it. ``closed_at``: the review is over.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(FurtherOffenceReview, on_delete=models.PROTECT, related_name="contributions")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    about_name = models.CharField(max_length=310)
    about_born_on = models.DateField()
    question = models.TextField(blank=True, default="", help_text="What is asked of this agency in particular.")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    chronology = models.TextField(blank=True, default="")
    differently = models.TextField(blank=True, default="")
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "review", "case", "agency", "person", "asked_by", "asked_at", "due_on"], OPEN),
        **dict.fromkeys(["saved_by", "saved_at", "sent_by", "sent_at", "closed_at", "version"], OPEN),
        **dict.fromkeys(["about_name", "about_born_on"], PERSONAL),
        **dict.fromkeys(["question", "chronology", "differently"], SENSITIVE),
    }

    class Meta:
        ordering = ["agency__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "agency"], name="contribution_once_of_an_agency"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False) & ~Q(chronology="") & ~Q(differently=""),
                name="contribution_sent_whole",
            ),
            models.CheckConstraint(
                condition=Q(saved_at__isnull=True, saved_by__isnull=True, chronology="", differently="")
                | Q(saved_at__isnull=False, saved_by__isnull=False),
                name="contribution_saved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be written."""
        return self.sent_at is None and self.closed_at is None

    def is_overdue(self, today: date) -> bool:
        """Whether it should have come by now."""
        return self.is_open and self.due_on < today
