"""Meetings about a case outside MAPPA: recorded, counted, and questioned by the coordinator (7.3)."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class OtherMeeting(models.Model):
    """One meeting outside MAPPA. ``kind`` is one of the pack's; ``note`` puts it on the timeline."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="other_meetings")
    kind = models.CharField(max_length=40)
    held_on = models.DateField()
    who = models.TextField()
    purpose = models.TextField()
    why_not_mappa = models.TextField()
    agreed = models.TextField(blank=True, default="")
    note = models.OneToOneField("notes.Note", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    submission = models.UUIDField(null=True, blank=True, unique=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "kind", "held_on", "note", "recorded_by", "recorded_at"], OPEN),
        "submission": OPEN,
        **dict.fromkeys(["who", "purpose", "why_not_mappa", "agreed"], SENSITIVE),
    }

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["case", "-held_on"], name="other_meeting_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(who="") & ~Q(purpose="") & ~Q(why_not_mappa=""),
                name="other_meeting_says_what_who_and_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}, case {self.case_id}"


class MeetingQuestion(models.Model):
    """What the coordinator asked about such a meeting, and what whoever recorded it answered."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(OtherMeeting, on_delete=models.CASCADE, related_name="questions")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "meeting", "case", "asked_by", "asked_at", "answered_by", "answered_at"], OPEN),
        **dict.fromkeys(["words", "answer"], SENSITIVE),
    }

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="meeting_question_says_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(answer="")
                & Q(answered_at__isnull=False, answered_at__gte=F("asked_at"), answered_by__isnull=False),
                name="meeting_question_answered_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(answered_at__isnull=True), name="meeting_question_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"question on meeting {self.meeting_id}"
