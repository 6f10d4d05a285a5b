"""What stands around an OASys: the offender's views, a tablet handed over, what is confidential, what others are asked.

``apps.OasysConfig`` loads it besides ``models``.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from openmappa.core.compartments import Compartment, FieldClass

CONFIDENTIAL = Compartment.CONFIDENTIAL.value
WAYS = {"letter": "By letter", "email": "By e-mail", "phone": "By phone"}
"""How somebody is asked, or chased."""


class Filled(models.TextChoices):
    """How the offender gave their views."""

    TABLET = "tablet", "On a tablet"
    PAPER = "paper", "On paper, typed in by staff"


class SelfAssessment(models.Model):
    """What the offender says of themselves, for one OASys (component 5). ``done_at``: they said that they were done."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    oasys = models.OneToOneField("oasys.Oasys", on_delete=models.PROTECT, related_name="self_assessment")
    filled = models.CharField(max_length=10, choices=Filled.choices)
    answers = models.JSONField(default=dict)
    started_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "oasys", "filled"], FieldClass.OPEN),
        **dict.fromkeys(["started_by", "started_at", "saved_at", "done_at"], FieldClass.OPEN),
        "answers": FieldClass.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(filled__in=Filled.values), name="self_assessment_is_filled_in_a_known_way"
            )
        ]

    def __str__(self) -> str:
        return f"self-assessment {self.key}"


class HandOver(models.Model):
    """A tablet handed over to the offender, with nothing reachable on it but their own questions, until given back."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="hand_overs")
    given_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    given_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "self_assessment"], FieldClass.OPEN),
        **dict.fromkeys(["given_by", "given_at", "used_at", "ended_at"], FieldClass.OPEN),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["self_assessment"], condition=Q(ended_at__isnull=True), name="hand_over_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("given_at")),
                name="hand_over_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.key}"


class ConfidentialSection(models.Model):
    """What of an OASys must not be disclosed to the offender (glossary). It changes with its OASys, while a draft."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    oasys = models.OneToOneField("oasys.Oasys", on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=20, default=CONFIDENTIAL)
    text = models.TextField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "oasys", "compartment"], FieldClass.OPEN),
        **dict.fromkeys(["written_by", "written_at", "revision"], FieldClass.OPEN),
        "text": FieldClass.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(compartment=CONFIDENTIAL), name="oasys_confidential_stays_confidential"),
            models.CheckConstraint(condition=~Q(text=""), name="oasys_confidential_says_something"),
        ]

    def __str__(self) -> str:
        return f"confidential section of OASys {self.oasys_id}"


class InformationRequest(models.Model):
    """Somebody outside was asked for information. What comes from others is confidential (it names its source)."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=20, default=CONFIDENTIAL)
    submission = models.UUIDField(null=True, unique=True)
    agency = models.CharField(max_length=150)
    post = models.CharField(max_length=150)
    question = models.TextField()
    way = models.CharField(max_length=10)
    asked_on = models.DateField()
    due_on = models.DateField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "compartment", "submission", "way"], FieldClass.OPEN),
        **dict.fromkeys(["asked_on", "due_on", "asked_by", "asked_at"], FieldClass.OPEN),
        **dict.fromkeys(["answered_on", "answered_by"], FieldClass.OPEN),
        **dict.fromkeys(["agency", "post", "question", "answer"], FieldClass.SENSITIVE),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(compartment=CONFIDENTIAL), name="information_stays_confidential"),
            models.CheckConstraint(condition=Q(way__in=list(WAYS)), name="information_is_asked_in_a_known_way"),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="information_is_due_after_it_is_asked"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="information_answered_by_somebody_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"information request {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether nothing has come yet."""
        return self.answered_on is None

    def is_overdue(self, today: date) -> bool:
        """Whether nothing has come although it was due."""
        return self.is_open and self.due_on < today


class InformationChaser(models.Model):
    """Somebody outside was asked once more."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="chasers")
    compartment = models.CharField(max_length=20, default=CONFIDENTIAL)
    chased_on = models.DateField()
    way = models.CharField(max_length=10)
    words = models.TextField(blank=True, default="")
    chased_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "request", "compartment", "chased_on", "way", "chased_by"], FieldClass.OPEN),
        "words": FieldClass.SENSITIVE,
    }

    class Meta:
        ordering = ["chased_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(compartment=CONFIDENTIAL), name="chaser_stays_confidential"),
            models.CheckConstraint(condition=Q(way__in=list(WAYS)), name="chaser_is_sent_in_a_known_way"),
        ]

    def __str__(self) -> str:
        return f"chaser of {self.request_id} on {self.chased_on}"
