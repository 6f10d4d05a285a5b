"""What an agency writes for a meeting beforehand."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import Compartment, FieldClass
from openmappa.meetings.models.sitting import Meeting

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE

PLACES = (Compartment.OPEN, Compartment.CONFIDENTIAL, Compartment.VICTIM)
"""Where written information can stand. Intelligence is graded, and is recorded as such on the case."""


class Contribution(models.Model):
    """One agency's information for one meeting. A draft is its writer's; once sent it does not change.

    More is added by another; a mistake is withdrawn with a reason. ``key`` is the token of the form that began it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="contributions")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=20, choices=[(each.value, each.label) for each in PLACES])
    text = models.TextField()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "meeting", "case", "agency", "written_by", "compartment"], OPEN),
        **dict.fromkeys(["started_at", "saved_at", "sent_at", "withdrawn_at", "version"], OPEN),
        **dict.fromkeys(["text", "withdraw_reason"], SENSITIVE),
    }

    class Meta:
        ordering = ["meeting", "agency__name", "sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(compartment__in=[each.value for each in PLACES]), name="contribution_place_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="contribution_says_something"),
            models.UniqueConstraint(
                fields=["meeting", "written_by"],
                condition=Q(sent_at__isnull=True, withdrawn_at__isnull=True),
                name="contribution_one_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                name="contribution_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.key}"

    @property
    def is_draft(self) -> bool:
        """Whether only its writer reads it so far."""
        return self.sent_at is None

    @property
    def is_walled(self) -> bool:
        """Whether it stands in the part on victims, which its readers open with a fresh proof of who they are."""
        return self.compartment == Compartment.VICTIM.value

    @property
    def is_late(self) -> bool:
        """Whether it was sent after the meeting had begun. Asks for the meeting."""
        return self.sent_at is not None and self.sent_at > self.meeting.starts_at
