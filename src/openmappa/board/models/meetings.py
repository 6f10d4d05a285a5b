"""Meetings of the board: who came, what was said and decided."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.board.models.seats import Member
from openmappa.core.board.seats import Came
from openmappa.core.compartments import FieldClass

OPEN = FieldClass.OPEN


class BoardMeeting(models.Model):
    """A meeting of the board of an area. Once it is closed nothing of it changes.

    ``notes`` is what was said in substance; it names nobody whom a case is about, as those who read it may open none.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    place = models.CharField(max_length=200, blank=True, default="")
    notes = models.TextField(blank=True, default="")
    also_present = models.CharField(max_length=500, blank=True, default="")
    called_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "submission", "area", "on", "place", "notes", "also_present", "called_by"], OPEN),
        **dict.fromkeys(["called_at", "closed_by", "closed_at", "cancelled_by", "cancelled_at", "cancel_reason"], OPEN),
        "version": OPEN,
    }

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "on"], condition=Q(cancelled_at__isnull=True), name="board_meeting_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="board_meeting_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancel_reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason=""),
                name="board_meeting_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(closed_at__isnull=True),
                name="board_meeting_is_held_or_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"board meeting of {self.on}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be written on."""
        return self.closed_at is None and self.cancelled_at is None

    def has_begun(self, today: date) -> bool:
        """Whether its day has come."""
        return self.on <= today


class Attendance(models.Model):
    """How it went with one seat at one meeting; ``deputy`` is who came in the member's place."""

    meeting = models.ForeignKey(BoardMeeting, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendance")
    came = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Came])
    deputy = models.CharField(max_length=200, blank=True, default="")
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "meeting", "member", "came", "deputy", "noted_by", "noted_at"], OPEN
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="board_attendance_once_for_a_seat"),
            models.CheckConstraint(
                condition=Q(came__in=[each.value for each in Came]), name="board_attendance_is_known"
            ),
            models.CheckConstraint(
                condition=Q(came=Came.DEPUTY.value) & ~Q(deputy="") | ~Q(came=Came.DEPUTY.value) & Q(deputy=""),
                name="board_attendance_names_the_deputy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.came}: seat {self.member_id} at meeting {self.meeting_id}"

    @property
    def came_label(self) -> str:
        """How it went, as pages say it."""
        return Came(self.came).label


class Decision(models.Model):
    """Something that the board decided, why, and which agency is to see to it. Added, never changed."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    meeting = models.ForeignKey(BoardMeeting, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    reasons = models.TextField()
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "key", "submission", "meeting", "number", "text", "reasons", "agency", "noted_by", "noted_at"], OPEN
    )

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="board_decision_number_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(reasons=""), name="board_decision_says_what_and_why"),
        ]

    def __str__(self) -> str:
        return self.text
