"""Who is invited to the meeting on a case, what they answered, and who was there."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.words import Attendance, InviteeKind, Reply

OPEN, PERSONAL, SENSITIVE = FieldClass.OPEN, FieldClass.PERSONAL, FieldClass.SENSITIVE


class Invitee(models.Model):
    """One person or post invited to the meeting on one case. ``involvement`` is what lets a person see the case.

    ``attended_rank`` is a ``core.access.Rank`` of whoever really was there; ``attended_grade`` says it in words where
    their agency has no ranks of that list.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitees")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(
        "meetings.DirectoryEntry", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    post = models.CharField(max_length=150, blank=True, default="")
    email = models.EmailField(max_length=254, blank=True, default="")
    kind = models.CharField(max_length=20, choices=InviteeKind.choices)
    involvement = models.ForeignKey(
        "cases.Involvement", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    invited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.TextField(blank=True, default="")
    reply = models.CharField(max_length=12, choices=Reply.choices, blank=True, default="")
    replied_at = models.DateTimeField(null=True, blank=True)
    deputy_name = models.CharField(max_length=150, blank=True, default="")
    attendance = models.CharField(max_length=12, choices=Attendance.choices, blank=True, default="")
    attended_name = models.CharField(max_length=150, blank=True, default="")
    attended_rank = models.CharField(max_length=40, blank=True, default="")
    attended_grade = models.CharField(max_length=100, blank=True, default="")
    sent_in_writing = models.TextField(blank=True, default="")
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "meeting", "case", "entry", "person", "agency", "name", "post", "kind"], OPEN),
        **dict.fromkeys(["involvement", "invited_by", "invited_at", "withdrawn_by", "withdrawn_at"], OPEN),
        **dict.fromkeys(["reply", "replied_at", "deputy_name", "attendance", "attended_name", "attended_rank"], OPEN),
        **dict.fromkeys(["attended_grade", "noted_by", "noted_at", "submission"], OPEN),
        "email": PERSONAL,
        **dict.fromkeys(["withdraw_reason", "sent_in_writing"], SENSITIVE),
    }

    class Meta:
        ordering = ["meeting", "agency__name", "name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=InviteeKind.values), name="invitee_kind_is_known"),
            models.CheckConstraint(condition=Q(reply__in=Reply.values), name="invitee_reply_is_known"),
            models.CheckConstraint(condition=Q(attendance__in=Attendance.values), name="invitee_attendance_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="invitee_has_a_name"),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(withdrawn_at__isnull=True, person__isnull=False),
                name="invitee_once_to_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdraw_reason=""),
                name="invitee_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True) | ~Q(reply="") & Q(replied_at__isnull=False),
                name="invitee_replied_at_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(attendance="", noted_at__isnull=True, noted_by__isnull=True)
                | ~Q(attendance="") & Q(noted_at__isnull=False, noted_by__isnull=False),
                name="invitee_attendance_noted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"invitee {self.key}"
